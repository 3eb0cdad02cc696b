"""Meetings of supervision as entries of a calendar; no name of anybody unless its owner chose so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from replenish.conditions.telling.calendar_file import AtTimes, WholeDays, calendar_file
from replenish.supervision.comes_next import MeetingTold, MySupervision
from replenish.web.shared.names import names_listed

DAY = timedelta(days=1)
MINUTES_IN_HOUR = 60
LAST_MINUTE = 24 * MINUTES_IN_HOUR - 1
CONTENT_TYPE = "text/calendar; charset=utf-8"


def meeting_file(mine: MySupervision, one: MeetingTold, *, with_names: bool) -> bytes:
    """One meeting."""
    return calendar_file(_("Supervision"), [*_meeting(mine, one, with_names=with_names)])


def supervision_calendar(every: Iterable[MySupervision], *, with_names: bool) -> bytes:
    """What is planned, and the next day by which something is due and not planned.

    Args:
        every: the agreements of its owner.
        with_names: whether the names of those they meet stand in it.
    """
    entries: list[AtTimes | WholeDays] = []
    for mine in every:
        entries += (entry for one in mine.to_come for entry in _meeting(mine, one, with_names=with_names))
        entries += _due(mine, with_names=with_names)
    return calendar_file(_("Supervision"), entries)


def _meeting(mine: MySupervision, one: MeetingTold, *, with_names: bool) -> Iterator[AtTimes]:
    if one.day is None or not one.begins:
        return
    begins = time.fromisoformat(one.begins)
    ends = min(begins.hour * MINUTES_IN_HOUR + begins.minute + mine.minutes, LAST_MINUTE)
    yield AtTimes(
        uid=f"supervision-{one.meeting}",
        day=one.day,
        begins=begins,
        ends=time(ends // MINUTES_IN_HOUR, ends % MINUTES_IN_HOUR),
        stamp=one.day,
        summary=_summary(mine, with_names=with_names),
        description=_about(),
        place=one.place,
    )


def _due(mine: MySupervision, *, with_names: bool) -> Iterator[WholeDays]:
    for day in mine.open_due[:1]:
        yield WholeDays(
            uid=f"due-{mine.agreement}-{day.isoformat()}",
            first=day,
            until=day + DAY,
            stamp=day,
            summary=_("%(what)s: due by today, not planned yet")
            % {"what": _summary(mine, with_names=with_names)},
            description=_about(),
        )


def _summary(mine: MySupervision, *, with_names: bool) -> str:
    if not with_names:
        return _("Supervision")
    return _("Supervision with %(names)s") % {"names": names_listed(mine.others)}


def _about() -> str:
    address = f"{settings.REPLENISH_ADDRESS}{reverse('staff-supervision')}"
    return _("To prepare, move or call it off: %(address)s") % {"address": address}
