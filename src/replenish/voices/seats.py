"""Seasons with their open rounds, and what a seat in them means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import cast

from replenish.voices.statements import Row, locking, rows

JOINED_TABLE = "voices_arrivingseat"
FIRST_ROUND = 1
RENEW_DAYS = 14
"""So many days of a season, from its first on, a visit renews the seat of the season before."""


@dataclass(frozen=True, slots=True)
class KnownRound:
    """A round that is open or closing."""

    id: str
    number: int
    recipient: str
    scales: str
    packs: str
    accepting: bool
    starts_on: date
    closes_on: date
    paused: str = ""

    def pauses(self, group: str | None) -> bool:
        """Whether a reporting group contributes nothing to it for now."""
        return bool(self.paused) and group in split_codes(self.paused)


@dataclass(frozen=True, slots=True)
class KnownSeason:
    """A season with its rounds that are open or closing."""

    id: str
    follows: str
    renew_until: date
    rounds: tuple[KnownRound, ...] = ()

    @property
    def starts_on(self) -> date:
        """Its first day."""
        return self.renew_until - timedelta(days=RENEW_DAYS - 1)

    @property
    def next_number(self) -> int:
        """The number of the next round to begin; the first of the season where none is open."""
        return max((known.number + 1 for known in self.rounds), default=FIRST_ROUND)


Seasons = dict[str, KnownSeason]


def split_codes(written: str) -> frozenset[str]:
    """Codes of groups from the text in which a round keeps them."""
    return frozenset(written.split())


def joined_codes(codes: Iterable[str]) -> str:
    """Codes of groups as the text in which a round keeps them."""
    return " ".join(sorted(codes))


@dataclass(frozen=True, slots=True)
class FoundSeat:
    """A person's seat, with the reporting groups of its unit and of the unit it moves to."""

    table: str
    name: str
    season: str
    unit: str
    counts_from: int
    moves_to: str
    moves_from: int | None
    group: str | None
    group_moved_to: str | None

    def moved_by(self, number: int) -> bool:
        """Whether a move has come into force by the round of that number."""
        return bool(self.moves_to) and self.moves_from is not None and self.moves_from <= number

    def group_in(self, number: int) -> str | None:
        """The reporting group in the round of that number."""
        return self.group_moved_to if self.moved_by(number) else self.group


_SEASONS = """
SELECT s.id, s.follows, s.renew_until, r.id, r.number, r.recipient, r.scales, r.packs, r.accepting,
       r.starts_on, r.closes_on, r.paused
FROM voices_seatseason s LEFT JOIN voices_openround r ON r.season = s.id"""


def known_seasons() -> Seasons:
    """Every season that is not over, by its id."""
    return seasons_of(rows(_SEASONS))


def seasons_of(found: Iterable[Row]) -> Seasons:
    """Seasons from rows of a season and one of its rounds, or Nones where it has none."""
    seasons: Seasons = {}
    for season, follows, renew_until, *of_round in found:
        known = seasons.get(cast("str", season)) or KnownSeason(
            cast("str", season), cast("str", follows), cast("date", renew_until)
        )
        if of_round[0] is not None:
            known = replace(known, rounds=(*known.rounds, KnownRound(*of_round)))  # type: ignore[arg-type]
        seasons[known.id] = known
    return seasons


_HOLD = "SELECT recipient, accepting, paused FROM voices_openround WHERE id = %s"


def with_rounds_held(seasons: Seasons, seats: list[FoundSeat]) -> Seasons:
    """The seasons with the open rounds of these seats held until the end of the transaction.

    A round that stops accepting waits for what is being written, or what is being written sees that it has
    stopped. They are read again, because the round may have been stopped a moment ago, or given another key.
    """
    strength = locking("SHARE")
    if not strength:
        return seasons
    held = dict(seasons)
    for season in {seat.season for seat in seats}:
        rounds = []
        for known in held[season].rounds:
            found = rows(_HOLD + strength, [known.id]) if known.accepting else []
            recipient, accepting, paused = found[0] if found else ("", False, "")
            rounds.append(
                replace(
                    known,
                    recipient=cast("str", recipient),
                    accepting=bool(accepting),
                    paused=cast("str", paused),
                )
            )
        held[season] = replace(held[season], rounds=tuple(rounds))
    return held


def renewable(seats: list[FoundSeat], seasons: Seasons, today: date) -> tuple[FoundSeat, KnownSeason] | None:
    """A seat of last season and the season a visit may renew it for today; None where there is none."""
    by_season = {seat.season: seat for seat in seats}
    for season in seasons.values():
        last = by_season.get(season.follows)
        if last is not None and season.id not in by_season and today <= season.renew_until:
            return last, season
    return None
