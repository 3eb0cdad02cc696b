"""Days and weeks as a form sends them: read into values, or into problems beside their fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from replenish.basis import clock
from replenish.conditions.calendar import DAY, LEAST_WEEKS, MOST_PAUSE_DAYS, MOST_WEEKS, Pause
from replenish.web.shared.problems import FormProblem

FURTHEST = timedelta(days=731)
"""A year that was mistyped is found here, before it is shown as a plan."""


@dataclass(frozen=True)
class HolidayFields:
    """The two fields of one holiday, as they were sent.

    Attributes:
        place: which of them, from 1; part of the names of its fields.
        first: what stands in the one.
        last: what stands in the other.
    """

    place: int
    first: str
    last: str

    @property
    def number(self) -> str:
        """Its place, as text."""
        return str(self.place)


def read_day(sent: str, field: str, problems: list[FormProblem]) -> date | None:
    """The day of a field; None, and a problem, where it is none or too far away."""
    try:
        day = date.fromisoformat(sent.strip())
    except ValueError:
        problems.append(FormProblem(field, _("Choose a day, such as 2027-09-06.")))
        return None
    if not clock.today() <= day <= clock.today() + FURTHEST:
        problems.append(FormProblem(field, _("Choose today or a later day, in the next two years.")))
        return None
    return day


def read_weeks(sent: str, problems: list[FormProblem]) -> int | None:
    """How many weeks a round is open."""
    if sent.isascii() and sent.isdigit() and LEAST_WEEKS <= int(sent[:3]) <= MOST_WEEKS:
        return int(sent)
    sentence = _("Choose from %(least)s to %(most)s weeks.") % {"least": LEAST_WEEKS, "most": MOST_WEEKS}
    problems.append(FormProblem("weeks", sentence))
    return None


def holiday_fields(sent: QueryDict, places: int) -> list[HolidayFields]:
    """The holidays of a form, empty ones among them."""
    return [
        HolidayFields(place, str(sent.get(f"first-{place}", "")), str(sent.get(f"last-{place}", "")))
        for place in range(1, places + 1)
    ]


def read_pause(fields: HolidayFields, problems: list[FormProblem]) -> Pause | None:
    """One holiday; None where both fields are empty, or with a problem."""
    if not fields.first.strip() and not fields.last.strip():
        return None
    first = read_day(fields.first, f"first-{fields.place}", problems)
    last = read_day(fields.last, f"last-{fields.place}", problems)
    if first is None or last is None:
        return None
    if not first <= last or (last - first).days >= MOST_PAUSE_DAYS:
        problems.append(
            FormProblem(
                f"last-{fields.place}",
                _("Holidays end after they begin, and last %(most)s days at most.")
                % {"most": MOST_PAUSE_DAYS},
            )
        )
        return None
    return Pause(first, last + DAY)
