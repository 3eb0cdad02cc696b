"""A point of the list that a team agreed on, in the words of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from replenish.conditions.shared_list import Point
from replenish.web.conversation_kit.kit import cards
from replenish.web.shared.days import day_in_words

TAKEN_ON_BY: Mapping[str, Promise] = {
    "team": gettext_lazy("The team"),
    "leaders": gettext_lazy("Those who lead"),
}
STATES: Mapping[str, Promise] = {
    "agreed": gettext_lazy("Agreed"),
    "done": gettext_lazy("Done"),
    "let_go": gettext_lazy("Let go"),
}


@dataclass(frozen=True)
class PointTold:
    """One point, ready for a page or for paper.

    Attributes:
        point: its id.
        words: what was agreed.
        condition: what it is about.
        taken_on_by: who takes it on.
        by_when: the day by which; empty where none was agreed.
        state: agreed, done or let go.
        since: the day on which it came to stand like that.
        open: whether it is still to be done.
    """

    point: str
    words: str
    condition: str
    taken_on_by: str
    by_when: str
    state: str
    since: str
    open: bool

    @property
    def stands(self) -> str:
        """Its state with the day."""
        return _("%(state)s on %(day)s") % {"state": self.state, "day": self.since}


def told(point: Point) -> PointTold:
    """A point in the reader's language."""
    language = get_language() or ""
    said = point.said
    return PointTold(
        point=point.point,
        words=said.words,
        condition=condition_titles()[said.condition],
        taken_on_by=str(TAKEN_ON_BY[said.taken_on_by]),
        by_when=day_in_words(said.by_when, "DATE_FORMAT", language) if said.by_when is not None else "",
        state=str(STATES[point.state]),
        since=day_in_words(point.ended_on or point.agreed_on, "DATE_FORMAT", language),
        open=point.ended_on is None,
    )


def condition_titles() -> dict[str, str]:
    """By name of a condition, what the cards call it."""
    return {one.name: one.title for one in cards().conditions}
