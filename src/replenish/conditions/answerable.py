"""The rounds that leaders answer, with the days that follow from their close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from replenish.conditions.covering import Given
from replenish.conditions.models import Round, State
from replenish.conditions.opens import MEMBERS_READ_AFTER, opens_to_members
from replenish.leadership.queries import scopes_answered

ANSWER_WITHIN = timedelta(days=14)
"""Counted from the day on which members read the release."""


@dataclass(frozen=True)
class ClosedRound:
    """A round that leaders may answer: its day of closing has come, and it was not cancelled.

    Attributes:
        round: its id.
        number: counted from the organisation's first.
        closed_on: the day of its close.
        season: the id of its season.
        season_from: the first day of that season.
        visible_from: as its release says; None where there is no release yet.
    """

    round: str
    number: int
    closed_on: date
    season: str
    season_from: date
    visible_from: date | None

    @property
    def opens_on(self) -> date:
        """The day from which its members read the release, whatever leaders do."""
        if self.visible_from is None:
            return self.closed_on + MEMBERS_READ_AFTER
        return opens_to_members(self.visible_from)

    @property
    def unanswered_from(self) -> date:
        """The day from which its members read that leaders have not answered."""
        return self.opens_on + ANSWER_WITHIN


def closed_rounds(organisation: str, on: date) -> tuple[ClosedRound, ...]:
    """The rounds whose close has come by a day, oldest first; those that were given up are not among them."""
    rows = Round.objects.filter(season__organisation=organisation, closes_on__lte=on)
    rows = rows.filter(state__in=[State.OPEN, State.CLOSING, State.CLOSED]).order_by("number")
    named = ("id", "number", "closes_on", "season_id", "season__starts_on", "release__visible_from")
    return tuple(ClosedRound(*row) for row in rows.values_list(*named))


def given_in(organisation: str, rounds: tuple[ClosedRound, ...], on: date) -> dict[str, list[Given]]:
    """By id of round, the answers that were given by a day."""
    starts = {one.round: one.season_from for one in rounds}
    found: dict[str, list[Given]] = {one.round: [] for one in rounds}
    for known, unit, said_on in scopes_answered(organisation):
        if known in starts and said_on <= on:
            found[known].append(Given(unit, (starts[known], said_on)))
    return found
