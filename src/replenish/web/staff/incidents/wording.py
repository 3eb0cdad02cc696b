"""Clocks and moments in words: by when, and how late; never whose."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from replenish.basis import clock
from replenish.debrief.incidents.clocks import Clock, Moment, Stand
from replenish.debrief.incidents.codes import BAND_HOURS, BANDS
from replenish.debrief.incidents.told import StepTold

EXACT_WITHIN = timedelta(days=2)
"""Of a clock that ends sooner after the incident the hour is told; of others the day."""

HOUR = timedelta(hours=1)


def day_said(day: date) -> str:
    """A day, as "today" where it is."""
    return _("today") if day == clock.today() else date_format(day, "DATE_FORMAT")


def band_said(band: int) -> str:
    """Three hours of a day."""
    last = (band + BAND_HOURS) % 24
    return _("%(first)s to %(last)s") % {"first": f"{band:02}:00", "last": f"{last:02}:00"}


def moment_said(when: Moment) -> str:
    """A day and three hours of it."""
    return f"{day_said(when.day)}, {band_said(when.band)}"


def bands_said() -> list[tuple[int, str]]:
    """All bands, for a list to choose from."""
    return [(band, band_said(band)) for band in BANDS]


def clock_said(one: StepTold, happened: Moment) -> str:
    """How a step stands, in one or two sentences."""
    stand, ticking = one.clock.stand, one.clock
    if stand is Stand.NOT_YET:
        return _("From %(day)s on, until %(until)s.") % {
            "day": day_said(ticking.opens.date()),
            "until": _until(ticking, happened),
        }
    if stand is Stand.DUE:
        return _("Due by %(until)s.") % {"until": _until(ticking, happened)}
    if stand is Stand.OVERDUE:
        return _("Was due by %(until)s. It is late by %(long)s. It still helps.") % {
            "until": _until(ticking, happened),
            "long": long_said(ticking.over),
        }
    return _said_already(one)


def long_said(over: timedelta) -> str:
    """A stretch of time in whole hours, or in days from two on."""
    if over >= EXACT_WITHIN:
        return ngettext("%(number)s day", "%(number)s days", over.days) % {"number": over.days}
    hours = max(1, over // HOUR)
    return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}


def _said_already(one: StepTold) -> str:
    became = one.became
    if became is None or one.clock.stand is Stand.NOT_DONE:
        return ""
    day = {"day": day_said(became.when.day)}
    words = _("Offered: %(day)s.") % day if became.outcome == "offered" else _("Done: %(day)s.") % day
    if one.clock.stand is not Stand.LATER:
        return words
    after = _("That was %(long)s after its time.") % {"long": long_said(one.clock.over)}
    return f"{words} {after}"


def _until(ticking: Clock, happened: Moment) -> str:
    due = ticking.due
    if due - happened.ends > EXACT_WITHIN:
        return day_said(_last_whole_day(due))
    return f"{day_said(due.date())}, {due:%H:%M}"


def _last_whole_day(due: datetime) -> date:
    """A clock that ends at midnight ends with the day before."""
    return due.date() - timedelta(days=1) if due.time() == time() else due.date()
