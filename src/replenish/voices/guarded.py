"""Writes that happen only if all they were worked out from still stands: the usual check-in and joining.

They are prepared from what was seen while nobody was held up. Each row they depend on is then a condition of
the statement that writes. On PostgreSQL that is one statement, which holds the key of the night and the round
as it reads them, and needs no transaction around it (a first seat also holds the card, since it depends on
what is not there); on SQLite two, alone in a short transaction. Where any
condition fails nothing is written, and the caller takes the long way, which looks again.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection

from replenish.voices.night_key import NIGHT
from replenish.voices.one_card import change_holding
from replenish.voices.seats import JOINED_TABLE, FoundSeat, KnownRound, KnownSeason
from replenish.voices.statements import Value, change, change_both, locking, places
from replenish.voices.stored_boxes import StoredBox, erased_hash

# Whoever names another key for the night, or stops the round, waits for the end of the statement; and where
# they came first, PostgreSQL reads the row again when it gets the lock, and finds that it does not fit.
_NIGHT = "EXISTS (SELECT 1 FROM voices_nightstate WHERE id = %s AND key_id = %s{share})"
_KEEP = f"""UPDATE {{box}} SET wrapped = %s WHERE name = %s AND wrapped = %s AND {_NIGHT}
AND EXISTS (SELECT 1 FROM voices_openround
            WHERE id = %s AND recipient = %s AND closes_on = %s AND accepting{{share}})
AND EXISTS (SELECT 1 FROM {{seat}} WHERE name = %s AND unit = %s AND moves_to = %s
            AND COALESCE(moves_from, 0) = %s AND counts_from = %s)"""  # noqa: S608
_CONTRIBUTE = """INSERT INTO voices_contribution (voice, round_id, "group", sealed) {values}
ON CONFLICT (voice) DO UPDATE SET "group" = excluded."group", sealed = excluded.sealed"""
_SPEND = f"""DELETE FROM voices_slip WHERE hash = %s AND {_NIGHT}
AND EXISTS (SELECT 1 FROM voices_seatseason WHERE id = %s{{share}})
AND NOT EXISTS (SELECT 1 FROM voices_seatseason WHERE follows = %s)
AND NOT EXISTS (SELECT 1 FROM voices_erasedbox WHERE name_hash = %s)
AND NOT EXISTS (SELECT 1 FROM voices_openround WHERE season = %s AND number >= %s)
AND NOT EXISTS (SELECT 1 FROM voices_seatseason WHERE id NOT IN ({{seasons}}))
AND NOT EXISTS (SELECT 1 FROM {JOINED_TABLE} WHERE name IN ({{seasons}}))
AND NOT EXISTS (SELECT 1 FROM voices_seat WHERE name IN ({{seasons}}))"""  # noqa: S608
_SIT = f"INSERT INTO {JOINED_TABLE} (name, season, unit, counts_from, moves_to) {{values}}"


def keep(
    key_id: str, box: StoredBox, wrapped: bytes, seat: FoundSeat, known: KnownRound, put: tuple[Value, ...]
) -> bool:
    """Write a box that is there already, and the contribution to the round that follows from it.

    Args:
        key_id: of the key of the night under which both are wrapped.
        box: as it was when `wrapped` was worked out.
        wrapped: what takes its place.
        seat: the seat the contribution rests on, as it was seen.
        known: the round, as it was seen.
        put: voice, round, reporting group and sealed scores.

    Returns:
        Whether it was written; if not, nothing was.
    """
    conditions: list[Value] = [
        *(NIGHT, key_id),
        *(known.id, known.recipient, known.closes_on),
        *(seat.name, seat.unit, seat.moves_to, seat.moves_from or 0, seat.counts_from),
    ]
    first = _KEEP.format(box=box.table, seat=seat.table, share=locking("SHARE"))
    return _written(first, [wrapped, box.name, box.wrapped, *conditions], _CONTRIBUTE, put)


def sit(
    key_id: str,
    slip: str,
    box: str,
    season: KnownSeason,
    seat: tuple[str, str, str, int, str],
    seats: Mapping[str, str],
) -> bool:
    """Spend a slip for the first seat of a card.

    Args:
        key_id: of the key of the night: it is held so that the night moves nothing meanwhile.
        slip: its hash.
        box: the name of the card's box: no other device takes a seat meanwhile, and it was not erased.
        season: of the seat, as it was seen: not followed by another, and none of its later rounds open.
        seat: name, season, unit, first round in which it counts, and no unit it moves to.
        seats: by every season there is, of whatever organisation, the name the card's seat would have.

    Returns:
        Whether it was written; if not, nothing was, and the slip is as it was.
    """
    conditions: list[Value] = [
        *(NIGHT, key_id, season.id, season.id, erased_hash(box), season.id, season.next_number),
        *(*seats.keys(), *seats.values(), *seats.values()),
    ]
    spend = _SPEND.format(share=locking("SHARE"), seasons=places(len(seats)))
    return _written(spend, [slip, *conditions], _SIT, seat, card=box)


def _written(
    first: str, given: list[Value], then: str, inserted: tuple[Value, ...], *, card: str | None = None
) -> bool:
    """Send the statement that holds all conditions, and the insertion where it changed a row."""
    if connection.vendor == "postgresql":
        values = f"SELECT {places(len(inserted))} FROM changed"  # noqa: S608
        both = f"WITH changed AS ({first} RETURNING 1) {then.format(values=values)}"
        parameters = [*given, *inserted]
        return (change(both, parameters) if card is None else change_holding(card, both, parameters)) > 0
    values = f"VALUES ({places(len(inserted))})"
    return change_both(first, given, then.format(values=values), inserted)
