"""The form at the end of a debrief: what stands in it, and what it says once the group has agreed."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.basis.faults.debriefing import DebriefingFault
from replenish.debrief.conversations.facts import GuideFacts, facts
from replenish.debrief.conversations.holding import CONDITIONS, About, Held, Learnt
from replenish.web.shared.problems import FormProblem, problems_of

FIELDS = {
    DebriefingFault.MINUTES: "minutes",
    DebriefingFault.HEADS: "came",
    DebriefingFault.DAY: "day",
    DebriefingFault.POINT_WORDS: "point-1",
    DebriefingFault.NOT_AGREED: "point-1",
    DebriefingFault.POINT_TWICE: "point-1",
    DebriefingFault.MANY_POINTS: "point-1",
    DebriefingFault.POINT_DAY: "by-1",
    DebriefingFault.LEADS_HERE: "unit",
    DebriefingFault.NOT_APART: "apart",
}
"""Beside which field a refusal is said; all others are about the page."""


@dataclass(frozen=True)
class PointField:
    """One learning point as it stands on the page.

    Attributes:
        place: from 1.
        words: as typed.
        condition: one of `CONDITIONS`.
        by: a day, as typed.
        agreed: whether the group heard these words and agreed.
    """

    place: int
    words: str = ""
    condition: str = "process"
    by: str = ""
    agreed: bool = False

    @property
    def name(self) -> str:
        """The id of its first field."""
        return f"point-{self.place}"

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it; an emptied point does not leave the room."""
        return not self.words.strip()


@dataclass(frozen=True)
class LeadForm:
    """What stands in the fields, as typed.

    Attributes:
        once: of this form, so that sending it twice writes once.
        kind: of the guide.
        incident: the incident; empty where a team asked without one.
        unit: the team, where there is no incident.
        day: a day.
        minutes: a number.
        came: a number.
        points: the learning points, empty ones too.
        apart: "yes" where whoever leads says that they were not involved.
    """

    once: str
    kind: str
    incident: str
    unit: str
    day: str
    minutes: str
    came: str
    points: tuple[PointField, ...]
    apart: str = ""

    @property
    def filled(self) -> tuple[PointField, ...]:
        """The points that say something."""
        return tuple(one for one in self.points if not one.is_empty)

    def read(self) -> tuple[tuple[About, Held] | None, list[FormProblem]]:
        """What it says, or what to look at again."""
        problems: list[FormProblem] = []
        day = _day(self.day, "day", problems)
        minutes = _number(self.minutes, "minutes", _("Write the minutes in digits."), problems)
        came = _number(self.came, "came", _("Write how many came in digits."), problems)
        points = [
            Learnt(one.words, one.condition, _day(one.by, f"by-{one.place}", problems), one.agreed)
            for one in self.filled
        ]
        if not self.incident and not self.unit:
            problems.append(FormProblem("unit", _("Choose the team.")))
        if facts().guide(self.kind).apart and self.apart != "yes":
            problems.append(
                FormProblem("apart", _("Say that you were not involved, or ask somebody else to lead."))
            )
        if problems or day is None or minutes is None or came is None:
            return None, problems
        about = About(self.kind, day, self.incident, self.unit)
        return (about, Held(minutes, came, tuple(points), self.apart == "yes")), problems

    def unagreed(self) -> list[FormProblem]:
        """The points that nobody has agreed on yet."""
        sentence = _("Read this point aloud. Mark it when everybody agrees, or empty it.")
        return [FormProblem(one.name, sentence) for one in self.filled if not one.agreed]


def new_form(guide: GuideFacts, *, incident: str, unit: str) -> LeadForm:
    """An empty form with a key of its own."""
    points = tuple(PointField(place) for place in range(1, guide.most_points + 1))
    today = clock.today().isoformat()
    return LeadForm(secrets.token_hex(16), guide.code, incident, unit, today, "", "", points)


def form_sent(sent: QueryDict, guide: GuideFacts) -> LeadForm:
    """The form as it was sent."""
    return LeadForm(
        once=sent.get("once", ""),
        kind=guide.code,
        incident=sent.get("incident", ""),
        unit=sent.get("unit", ""),
        day=sent.get("day", "").strip(),
        minutes=sent.get("minutes", "").strip(),
        came=sent.get("came", "").strip(),
        points=tuple(_point_sent(sent, place) for place in range(1, guide.most_points + 1)),
        apart=sent.get("apart", ""),
    )


def problems_said(refused: Refused) -> list[FormProblem]:
    """A refusal beside its field.

    Raises:
        Refused: it is about no field.
    """
    fault = refused.problems[0].fault
    field = next((name for known, name in FIELDS.items() if known is fault), None)
    if field is None:
        raise refused
    return problems_of(refused, field)


def _point_sent(sent: QueryDict, place: int) -> PointField:
    condition = sent.get(f"condition-{place}", "")
    return PointField(
        place=place,
        words=sent.get(f"point-{place}", ""),
        condition=condition if condition in CONDITIONS else CONDITIONS[1],
        by=sent.get(f"by-{place}", "").strip(),
        agreed=f"agreed-{place}" in sent,
    )


def _day(typed: str, field: str, problems: list[FormProblem]) -> date | None:
    if not typed and field != "day":
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        problems.append(FormProblem(field, _("This is no day. Write it as 2027-01-31.")))
        return None


def _number(typed: str, field: str, sentence: str, problems: list[FormProblem]) -> int | None:
    # Digits of other scripts are none that a form here is filled in with.
    if re.fullmatch(r"[0-9]{1,4}", typed):
        return int(typed)
    problems.append(FormProblem(field, sentence))
    return None
