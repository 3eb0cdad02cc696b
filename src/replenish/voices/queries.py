"""What a person may read with their own card: their box, their seat, and the slips made for their group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from replenish.basis import clock
from replenish.sealing.secret import Secret
from replenish.voices.box_content import BoxContent
from replenish.voices.seats import FoundSeat, KnownRound, Seasons, renewable
from replenish.voices.sight import see
from replenish.voices.statements import rows
from replenish.voices.stored_boxes import read_box


@dataclass(frozen=True, slots=True)
class RoundNow:
    """The round that is open for a seat: its days, its number, and whether the seat counts in it.

    `paused` says that its group contributes nothing for now, because leaders have not answered.
    """

    id: str
    number: int
    starts_on: date
    closes_on: date
    accepting: bool
    counts: bool
    paused: bool = False


@dataclass(frozen=True, slots=True)
class MySeat:
    """A person's seat: where, from which round it counts, where it moves to, and the round that is open."""

    season: str
    unit: str
    group: str | None
    counts_from: int
    moves_to: str
    moves_from: int | None
    renewable: bool
    round: RoundNow | None


@dataclass(frozen=True, slots=True)
class SlipCount:
    """How many slips were made for a unit at one time, and how many of them were used by the last night.

    The kind is that of `SlipKind`: seats that were renewed stand beside slips, so that together they say how
    many people there can be.
    """

    unit: str
    made: int
    used: int
    expires_on: date
    kind: str = "drawn"


def my_box(secret: Secret) -> BoxContent | None:
    """What is in a person's box; None where there is none.

    Raises:
        Refused: the box is damaged, or its outer key is not there.
    """
    box = read_box(secret)
    return None if box is None else BoxContent.of_rows(box)


def my_seat(secret: Secret) -> MySeat | None:
    """A person's seat of the newest season; None for a card without a seat, which works for all the rest."""
    seen = see(secret)
    return seat_seen(seen.seats, seen.seasons)


def is_in_use(secret: Secret) -> bool:
    """Whether anything is kept under a card: a seat of a season that is not over, or a box."""
    seen = see(secret)
    return bool(seen.seats) or seen.box.table is not None


def seat_seen(seats: list[FoundSeat], seasons: Seasons) -> MySeat | None:
    """The newest of a person's seats, with the round that is open for it."""
    seat = _newest(seats, seasons)
    if seat is None:
        return None
    opened = max(seasons[seat.season].rounds, key=lambda known: (known.accepting, known.number), default=None)
    return MySeat(
        season=seat.season,
        unit=seat.unit,
        group=seat.group_in(opened.number) if opened else seat.group,
        counts_from=seat.counts_from,
        moves_to=seat.moves_to,
        moves_from=seat.moves_from,
        renewable=renewable(seats, seasons, clock.today()) is not None,
        round=_round_now(opened, seat) if opened else None,
    )


def _newest(seats: list[FoundSeat], seasons: Seasons) -> FoundSeat | None:
    followed = {seasons[seat.season].follows for seat in seats}
    return next((seat for seat in seats if seat.season not in followed), None)


def _round_now(known: KnownRound, seat: FoundSeat) -> RoundNow:
    counts = seat.counts_from <= known.number
    paused = known.pauses(seat.group_in(known.number))
    return RoundNow(known.id, known.number, known.starts_on, known.closes_on, known.accepting, counts, paused)


# A subquery and no join: SQLite would go through every draw of the season for the sake of the order.
_COUNTS_OF_GROUP = """
SELECT unit, made, used, expires_on, kind FROM voices_slipdraw WHERE season = %s
AND unit IN (SELECT unit FROM voices_groupofunit WHERE season = %s AND "group" = %s)
ORDER BY unit, expires_on, id"""


def slip_counts_of_my_group(secret: Secret) -> tuple[SlipCount, ...]:
    """The slips made for each unit of a person's reporting group: is that about how many of you there are?"""
    return slip_counts_beside(my_seat(secret))


def slip_counts_beside(seat: MySeat | None) -> tuple[SlipCount, ...]:
    """The slips made for each unit of the reporting group of a seat."""
    if seat is None or seat.group is None:
        return ()
    found = rows(_COUNTS_OF_GROUP, [seat.season, seat.season, seat.group])
    return tuple(
        SlipCount(
            cast("str", unit),
            cast("int", made),
            cast("int", used),
            cast("date", expires_on),
            cast("str", kind),
        )
        for unit, made, used, expires_on, kind in found
    )
