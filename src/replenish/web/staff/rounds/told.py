"""Seasons, rounds and groups in words, as their pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from replenish.conditions.calendar import DAY, Pause, Span
from replenish.conditions.composition import GroupTold, Why
from replenish.conditions.queries import (
    MEMBERS_READ_AFTER,
    RoundSummary,
    opens_to_members,
)

NOT_OVER = ("planned", "open", "closing")
STATES = {
    "planned": gettext_lazy("Not begun yet"),
    "open": gettext_lazy("Open"),
    "closing": gettext_lazy("Being closed"),
    "closed": gettext_lazy("Closed"),
    "cancelled": gettext_lazy("Given up: nothing is published"),
}


@dataclass(frozen=True)
class RoundTold:
    """A round as a row of a table.

    Attributes:
        round: its id.
        number: its number.
        starts_on: its first day.
        last_day: the last day on which answers count.
        closes_on: the day of its close.
        read_from: the day on which its members read it; None where nothing is published.
        state: where it stands, in words.
        is_open: whether answers count now.
    """

    round: str
    number: int
    starts_on: date
    last_day: date
    closes_on: date
    read_from: date | None
    state: str
    is_open: bool


@dataclass(frozen=True)
class GroupShown:
    """A reporting group, and in a sentence why it is as it is."""

    label: str
    people: int
    why: str


@dataclass(frozen=True)
class Holiday:
    """Holidays by their first and their last day."""

    first: date
    last: date


def round_told(row: RoundSummary) -> RoundTold:
    """A round that is planned, runs or is over."""
    read_from = row.closes_on + MEMBERS_READ_AFTER
    if row.visible_from is not None:
        read_from = opens_to_members(row.visible_from)
    return RoundTold(
        row.round,
        row.number,
        row.starts_on,
        row.closes_on - DAY,
        row.closes_on,
        None if row.state == "cancelled" else read_from,
        str(STATES[row.state]),
        row.state == "open",
    )


def spans_told(spans: Sequence[Span], *, held: int) -> list[RoundTold]:
    """Rounds that are not fixed yet; they get the next numbers after those that were held."""
    return [
        RoundTold(
            "", number, one.starts_on, one.closes_on - DAY, one.closes_on,
            one.closes_on + MEMBERS_READ_AFTER, str(STATES["planned"]), is_open=False,
        )
        for number, one in enumerate(spans, held + 1)
    ]  # fmt: skip


def groups_shown(groups: Sequence[GroupTold]) -> list[GroupShown]:
    """Each group with its reason."""
    return [GroupShown(group.label, group.people, _why(group)) for group in groups]


def holidays_shown(pauses: Sequence[Pause]) -> list[Holiday]:
    """Holidays, each with its last day instead of the day after."""
    return [Holiday(pause.first, pause.until - DAY) for pause in pauses]


def _why(group: GroupTold) -> str:
    if group.why is Why.LARGE:
        return _("It is large enough to stand alone.")
    if group.why is Why.STOOD_ALONE:
        return _("It stood alone before. It stays so while it expects seven voices.")
    if group.why is Why.STAYED_TOGETHER:
        return _("These were read together before. A group stays as it is where it can.")
    names = get_text_list([unit.name for unit in group.small], _("and"))
    if len(group.small) == 1:
        return _("%(unit)s is too small to stand alone, so these are read together.") % {"unit": names}
    return _("%(units)s are each too small to stand alone, so these are read together.") % {"units": names}
