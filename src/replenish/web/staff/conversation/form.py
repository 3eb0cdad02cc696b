"""The form in which a point of the list is written down, or changed on its first day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from replenish.basis.errors import Refused
from replenish.basis.faults import ConversationFault
from replenish.conditions.shared_list import CONDITIONS, Agreed, Point
from replenish.web.shared.problems import FormProblem, problems_of

FIELDS = {
    ConversationFault.POINT_WORDS: "words",
    ConversationFault.POINT_CHOICE: "condition",
    ConversationFault.POINT_DAY: "by_when",
    ConversationFault.LIST_FULL: "words",
}
"""Beside which field a refusal is said; all others are about the page."""


@dataclass(frozen=True)
class PointForm:
    """What stands in the fields.

    Attributes:
        words: what was agreed.
        condition: the name of a condition.
        taken_on_by: "team" or "leaders".
        by_when: a day, as it was typed.
        point: the point that is changed; empty for a new one.
    """

    words: str = ""
    condition: str = CONDITIONS[0]
    taken_on_by: str = "team"
    by_when: str = ""
    point: str = ""

    def read(self) -> tuple[Agreed | None, list[FormProblem]]:
        """What it says, or what to look at again."""
        try:
            day = date.fromisoformat(self.by_when) if self.by_when else None
        except ValueError:
            return None, [FormProblem("by_when", _("This is no day. Write it as 2027-01-31."))]
        return Agreed(self.words, self.condition, self.taken_on_by, day), []


def form_sent(sent: QueryDict) -> PointForm:
    """The form as it was sent."""
    return PointForm(
        words=sent.get("words", ""),
        condition=sent.get("condition", ""),
        taken_on_by=sent.get("taken_on_by", ""),
        by_when=sent.get("by_when", "").strip(),
        point=sent.get("point", ""),
    )


def form_of(point: Point) -> PointForm:
    """The form with what a point says."""
    said = point.said
    day = said.by_when.isoformat() if said.by_when is not None else ""
    return PointForm(said.words, said.condition, said.taken_on_by, day, point.point)


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
