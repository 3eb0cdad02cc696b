"""The rewrite of every night: all rows anew, in the order of their keys, and no copy shows which changed.

Boxes and contributions get a fresh outer layer, all of them, and the tables are written anew on the disk.
Every four weeks the boxes and seats that arrived meanwhile are moved among the others, all together. A night
can stop anywhere and be run again: one that was not finished goes on under the same key. It notes nothing
about what it saw.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import cast

from django.db import connection, transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import VoiceFault
from replenish.voices.cleaning import clean_disk
from replenish.voices.models import (
    ArrivingSeat,
    GroupOfUnit,
    NightState,
    OpenRound,
    Seat,
    SeatSeason,
    SlipDraw,
)
from replenish.voices.night_key import (
    NIGHT,
    alone_at_night,
    begins_with,
    key_for_writing,
    unwrap_row,
    wrap_keys,
    wrap_row,
)
from replenish.voices.slips import expire_slips, note_renewed, refresh_used, replaced
from replenish.voices.statements import change, locking, places, rows
from replenish.voices.stored_boxes import erased_hash

BATCH = 500
Progress = Callable[[str], None]

MIXED_EVERY = timedelta(weeks=4)
"""How long arrivals wait. Whoever sees a colleague join, and each night's backup, would know whose box is the
new one if they did not; after four weeks it is one among all that arrived in them."""

# Table, name and sealed column of everything in the outer layer.
_WRAPPED = (
    ("voices_arrivingbox", "name", "wrapped"),
    ("voices_box", "name", "wrapped"),
    ("voices_contribution", "voice", "sealed"),
    ("voices_groupdoubt", "id", "sealed"),
)
# Written anew as they are: on PostgreSQL the number of the writing transaction stays beside each row.
_PLAIN = (
    ("voices_arrivingseat", "unit"),
    ("voices_seat", "unit"),
    ("voices_slip", "draw_id"),
    ("voices_erasedbox", "name_hash"),
)


def _silently(_: str) -> None:
    """Told nothing, says nothing."""


def rewrite(*, today: date | None = None, batch: int = BATCH, progress: Progress = _silently) -> None:
    """Run the night, outside of any transaction.

    Args:
        today: decides which slips have expired, which seats have lapsed, and whether arrivals are moved.
        batch: how many rows are written in one transaction.
        progress: told after each transaction which step it belonged to, and never how many rows.

    Raises:
        Refused: a row cannot be unwrapped; rows stayed under an older key; the files could not be cleaned.
    """
    day = today or clock.today()
    expire_slips(day)
    _name_tonights_key()
    progress("key")
    mixing = _is_mixing_night(day)
    while mixing and _move_boxes(batch):
        progress("arriving boxes")
    for table, name, sealed in _WRAPPED:
        last = ""
        while last := _rewrap(table, name, sealed, after=last, batch=batch):
            progress(table)
    _keep_seats(day, mixing=mixing)
    progress("seats")
    refresh_used()
    for table, column in _PLAIN:
        change(f"UPDATE {table} SET {column} = {column}", [])  # noqa: S608
        progress(table)
    _forget_older_keys()
    progress("older keys")
    clean_disk()


def _name_tonights_key() -> None:
    """A fresh key for tonight; the same one again when the last night was not finished."""
    with transaction.atomic():
        alone_at_night()
        if not NightState.objects.get(id=NIGHT).rewriting:
            # Made while nobody else can look for keys that are not needed any more.
            key_id, _ = wrap_keys().new()
            NightState.objects.filter(id=NIGHT).update(key_id=key_id, rewriting=True)


def _is_mixing_night(today: date) -> bool:
    """Whether four weeks have passed since arrivals were moved; they count from the first night of all."""
    with transaction.atomic():
        alone_at_night()
        mixed_on = NightState.objects.get(id=NIGHT).mixed_on
        if mixed_on is None:
            NightState.objects.filter(id=NIGHT).update(mixed_on=today)
    return today >= (mixed_on or today) + MIXED_EVERY


def _move_boxes(batch: int) -> int:
    """Move some of the boxes that arrived among the others; how many."""
    with transaction.atomic():
        alone_at_night()
        key = key_for_writing()
        found = _boxes_that_arrived(batch)
        erased = _erased_among([name for name, _ in found])
        staying = [(n, wrap_row(key, n, unwrap_row(n, w))) for n, w in found if n not in erased]
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO voices_box (name, wrapped) VALUES (%s, %s)", staying)
            cursor.executemany(
                "DELETE FROM voices_arrivingbox WHERE name = %s", [(name,) for name, _ in found]
            )
    return len(found)


def _boxes_that_arrived(batch: int) -> list[tuple[str, bytes]]:
    found = rows("SELECT name, wrapped FROM voices_arrivingbox ORDER BY name LIMIT %s", [batch])
    return [(cast("str", name), bytes(cast("bytes", wrapped))) for name, wrapped in found]


def _erased_among(names: list[str]) -> set[str]:
    """The names whose boxes were erased: a box that was being written at that moment goes with it."""
    by_hash = {erased_hash(name): name for name in names}
    if not by_hash:
        return set()
    found = rows(
        f"SELECT name_hash FROM voices_erasedbox WHERE name_hash IN ({places(len(by_hash))})",  # noqa: S608
        list(by_hash),
    )
    return {by_hash[cast("str", name_hash)] for (name_hash,) in found}


def _rewrap(table: str, name: str, sealed: str, *, after: str, batch: int) -> str:
    """Give the next rows in the order of their names a fresh layer; the last name, empty at the end."""
    with transaction.atomic():
        key = key_for_writing()
        found = rows(
            f"SELECT {name}, {sealed} FROM {table} WHERE {name} > %s ORDER BY {name} LIMIT %s"  # noqa: S608
            + locking("UPDATE"),
            [after, batch],
        )
        fresh = []
        for row in found:
            key_of_row, old = cast("str", row[0]), bytes(cast("bytes", row[1]))
            fresh.append((wrap_row(key, key_of_row, unwrap_row(key_of_row, old)), key_of_row))
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {table} SET {sealed} = %s WHERE {name} = %s", fresh)  # noqa: S608
    return fresh[-1][1] if fresh else ""


_MOVE_SEATS = """
INSERT INTO voices_seat (name, season, unit, counts_from, moves_to, moves_from)
SELECT name, season, unit, counts_from, moves_to, moves_from FROM voices_arrivingseat ORDER BY name"""
_MOVES_IN_FORCE = """
UPDATE {table} SET unit = moves_to, moves_to = '', moves_from = NULL
WHERE season = %s AND moves_to <> '' AND moves_from <= %s"""


def _keep_seats(today: date, *, mixing: bool) -> None:
    """Move the seats that arrived among the others, let moves come into force, let lapsed seats go."""
    with transaction.atomic():
        alone_at_night()
        if mixing:
            change(_MOVE_SEATS, [])
            ArrivingSeat.objects.all().delete()
            NightState.objects.filter(id=NIGHT).update(mixed_on=today)
        for season in SeatSeason.objects.order_by("id"):
            numbers = OpenRound.objects.filter(season=season.id).values_list("number", flat=True)
            for table in ("voices_arrivingseat", "voices_seat") if numbers else ():
                change(_MOVES_IN_FORCE.format(table=table), [season.id, min(numbers)])
            if season.follows and today > season.renew_until:
                before = replaced(season.follows)
                if _let_lapse(season.follows):
                    note_renewed(season.id, season.renew_until, replaced_before=before)


def _let_lapse(season: str) -> bool:
    """Forget a season that nobody can renew from any more, unless a round of it is still closing.

    Returns:
        Whether it was forgotten now.
    """
    if OpenRound.objects.filter(season=season).exists():
        return False
    for table in (Seat, ArrivingSeat, GroupOfUnit, SlipDraw):
        table.objects.filter(season=season).delete()
    gone, _ = SeatSeason.objects.filter(id=season).delete()
    return bool(gone)


def _forget_older_keys() -> None:
    """Destroy the older keys once no row needs them, and end the night."""
    with transaction.atomic():
        key_id = alone_at_night()
        head = begins_with(key_id)
        left = sum(_not_beginning_with(head, table, sealed) for table, _, sealed in _WRAPPED)
        if left:
            refuse(VoiceFault.NIGHT_UNFINISHED, rows=left)
        NightState.objects.filter(id=NIGHT).update(rewriting=False)
        wrap_keys().keep([key_id])


def _not_beginning_with(head: bytes, table: str, sealed: str) -> int:
    statement = f"SELECT COUNT(*) FROM {table} WHERE substr({sealed}, 1, {len(head)}) <> %s"  # noqa: S608
    return cast("int", rows(statement, [head])[0][0])
