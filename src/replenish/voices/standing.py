"""Everything that a check-in depends on, and how it is written so that others hardly wait.

Opening, scoring and sealing take longer than writing, so they are done ahead, from what is seen without
holding anybody up; what was worked out is written only if nothing has changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django.db import connection

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.sealing.names import seat_name
from replenish.sealing.secret import Secret
from replenish.voices import guarded
from replenish.voices.box_rows import BoxRows
from replenish.voices.contributing import Contributed, contributions
from replenish.voices.night_key import NightKey, key_for_writing
from replenish.voices.one_card import hold_card
from replenish.voices.queries import MySeat, seat_seen
from replenish.voices.seats import FIRST_ROUND, JOINED_TABLE, FoundSeat, Seasons, renewable, with_rounds_held
from replenish.voices.sight import Sight, see
from replenish.voices.statements import Write, change
from replenish.voices.stored_boxes import StoredBox, box_write, hold_box, open_stored, refuse_erased

Edit = Callable[[BoxRows, MySeat | None], None]
"""What changes a box in place, for a person who has this seat."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The key of the night, a person's box as it lies there, the seasons with their rounds, and the seats."""

    key: NightKey
    box: StoredBox
    seasons: Seasons
    seats: list[FoundSeat]


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be written, and the standing it was worked out from."""

    standing: Standing
    writes: list[Write]
    contributed: Contributed


def held_standing(secret: Secret) -> Standing:
    """The standing, held until the end of the transaction; a seat of last season is renewed on the way."""
    locks = connection.features.has_select_for_update
    if locks:
        hold_card(secret)
        key_for_writing()
    # The usual check-in holds no card and may write the box until it is held: the held one counts.
    held = hold_box(secret) if locks else None
    seen = present(secret)
    return Standing(seen.key, held or seen.box, with_rounds_held(seen.seasons, seen.seats), seen.seats)


def seen_standing(secret: Secret) -> Standing:
    """The standing as it is at this moment."""
    seen = see(secret)
    return Standing(seen.key, seen.box, seen.seasons, seen.seats)


def present(secret: Secret) -> Sight:
    """What there is for a person, with their seat renewed where a visit renews it.

    The caller's transaction holds the night off.
    """
    seen = see(secret)
    found = renewable(seen.seats, seen.seasons, clock.today())
    if found is None:
        return seen
    last, season = found
    take_seat(seat_name(secret, season.id), season.id, last.moves_to or last.unit, FIRST_ROUND)
    return see(secret)


def take_seat(name: str, season: str, unit: str, counts_from: int) -> None:
    """Write a new seat among those of today."""
    change(
        f"INSERT INTO {JOINED_TABLE} (name, season, unit, counts_from, moves_to, moves_from) "  # noqa: S608
        "VALUES (%s, %s, %s, %s, '', NULL)",
        [name, season, unit, counts_from],
    )


def plan(secret: Secret, standing: Standing, edit: Edit) -> Planned:
    """What an edit of the check-ins writes: the box, and the contributions that follow from it.

    Raises:
        Refused: the box cannot be opened, or holds no more.
    """
    box = open_stored(secret, standing.box)
    edit(box, seat_seen(standing.seats, standing.seasons))
    found = contributions(secret, box, standing.seats, standing.seasons, standing.key)
    writes = [box_write(secret, standing.box, box, standing.key), *found.writes]
    return Planned(standing, writes, found.reached)


def plan_ahead(secret: Secret, edit: Edit) -> Planned | None:
    """The plan from what is seen now, while nobody is held up; None where a transaction is under way."""
    if connection.in_atomic_block:
        return None
    try:
        return plan(secret, seen_standing(secret), edit)
    except Refused:
        # Seen between two states, as while the night changes its key; if it stays so, it is said later.
        return None


def written_if_unchanged(planned: Planned) -> bool:
    """Write a plan of the usual kind if nothing has changed since; says whether it was written.

    Usual is: the box is there, one seat, which needs no renewal, counts in the one round that accepts.
    """
    standing, writes = planned.standing, planned.writes
    if len(standing.seats) != 1 or standing.box.table is None:
        return False
    (seat,) = standing.seats
    accepting = [known for known in standing.seasons[seat.season].rounds if known.accepting]
    if len(accepting) != 1 or planned.contributed is not Contributed.YES:
        return False
    if renewable(standing.seats, standing.seasons, clock.today()) is not None:
        return False
    (_, (wrapped, _name)), (_, put) = writes
    return guarded.keep(standing.key[0], standing.box, cast("bytes", wrapped), seat, accepting[0], tuple(put))


def write_planned(secret: Secret, ahead: Planned | None, edit: Edit) -> Contributed:
    """Write what was planned ahead if nothing has changed since, and otherwise what follows from now.

    Raises:
        Refused: as `plan`, or the card was erased.
    """
    standing = held_standing(secret)
    planned = ahead if ahead is not None and ahead.standing == standing else plan(secret, standing, edit)
    write(standing, planned.writes)
    return planned.contributed


def write(standing: Standing, writes: list[Write]) -> None:
    """Send the statements that were planned for a standing that is held.

    Raises:
        Refused: a box would begin under a card that was erased.
    """
    if standing.box.table is None:
        refuse_erased(standing.box.name)
    for statement, parameters in writes:
        change(statement, parameters)
