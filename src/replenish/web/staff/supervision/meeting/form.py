"""The form in which a meeting is planned, moved or booked again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from replenish.basis.errors import Refused
from replenish.basis.faults.rhythm import RhythmFault
from replenish.supervision.comes_next import MeetingTold
from replenish.supervision.meetings import FellThrough, When
from replenish.web.shared.problems import FormProblem, problems_of

NOT_DUE = "none"
FIELDS = {
    RhythmFault.DAY: "day",
    RhythmFault.TIME: "begins",
    RhythmFault.PLACE: "place",
    RhythmFault.MEDIUM: "medium",
    RhythmFault.SIDE: "side",
    RhythmFault.NOT_DUE: "due",
    RhythmFault.PLANNED_ALREADY: "due",
}
"""Beside which field a refusal is said; all others are about the page."""


@dataclass(frozen=True)
class MeetingForm:
    """What stands in the fields.

    Attributes:
        due: the day it is due by, as 2027-01-31, or "none".
        day: when.
        begins: as 14:30.
        place: where.
        medium: how they meet, as a code.
        side: from which side it fell through, as a code.
        reason: why, as a code.
    """

    due: str = ""
    day: str = ""
    begins: str = ""
    place: str = ""
    medium: str = "in-person"
    side: str = ""
    reason: str = ""

    def when(self) -> tuple[When | None, list[FormProblem]]:
        """When and where it says, or what to look at again."""
        day = read_day(self.day)
        if day is None:
            return None, [FormProblem("day", _("This is no day. Write it as 2027-01-31."))]
        return When(day, self.begins, self.place, self.medium), []

    @property
    def due_on(self) -> date | None:
        """The due day; None for a meeting that is not due."""
        return read_day(self.due)

    @property
    def why(self) -> FellThrough:
        """From which side it fell through, and why."""
        return FellThrough(self.side, self.reason)


def form_sent(sent: QueryDict) -> MeetingForm:
    """The form as it was sent."""
    return MeetingForm(**{name: sent.get(name, "").strip() for name in MeetingForm.__dataclass_fields__})


def form_like(one: MeetingTold) -> MeetingForm:
    """A form with the time and place of a meeting; its day is left to choose."""
    return MeetingForm(begins=one.begins, place=one.place, medium=one.medium or "in-person")


def read_day(written: str) -> date | None:
    """A day as it was typed; None for what is none."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def problems_said(refused: Refused) -> list[FormProblem]:
    """What a refusal says about a field; one about the page is raised again."""
    fault = refused.problems[0].fault
    field = next((name for known, name in FIELDS.items() if known is fault), None)
    if field is None:
        raise refused
    return problems_of(refused, field)
