"""Doubts about how many slips were made for a group: raised without a name, seen by nobody before the night.

There is a row for every reporting group of a season, from the day the season is known. It holds whether
somebody doubts, sealed under the key of the night, and looks the same either way. Raising a doubt writes all
rows anew, so two copies show that a doubt was raised somewhere, and neither where nor by whom. The night
takes all doubts together; how many people raised one is not kept.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from django.db import connection, transaction

from replenish.basis.errors import refuse
from replenish.basis.faults import VoiceFault
from replenish.sealing.secret import Secret
from replenish.voices.models import GroupDoubt, GroupOfUnit
from replenish.voices.night_key import alone_at_night, key_for_writing, unwrap_row, wrap_row
from replenish.voices.queries import my_seat
from replenish.voices.statements import locking, rows

DOUBTED, NOT_DOUBTED = b"\x01", b"\x00"

_HELD = "SELECT id, sealed FROM voices_groupdoubt ORDER BY id"
_SEAL = "UPDATE voices_groupdoubt SET sealed = %s WHERE id = %s"


def raise_doubt(secret: Secret) -> None:
    """Doubt the number of slips of one's own group; again changes nothing that could be told.

    Raises:
        Refused: the card has no seat in a reporting group.
    """
    seat = my_seat(secret)
    if seat is None or seat.group is None:
        refuse(VoiceFault.DOUBT_WITHOUT_SEAT)
    with transaction.atomic():
        key_for_writing()
        _write_all(_doubted() | {_row_of(seat.season, seat.group)})


def begin_doubts() -> None:
    """Give every reporting group of every season its row, and forget the rows of seasons that are over."""
    with transaction.atomic():
        key_for_writing()
        _write_all(_doubted())


def take_doubts() -> frozenset[tuple[str, str]]:
    """Season and group of everything that was doubted since the last night; they are not doubted any more.

    The caller's transaction makes them public, or takes none.
    """
    with transaction.atomic():
        alone_at_night()
        doubted = _doubted()
        _write_all(())
    return frozenset(one for one in _groups() if _row_of(*one) in doubted)


def _doubted() -> frozenset[str]:
    """The rows that hold a doubt; all rows are held until the end of the transaction."""
    _give_each_group_its_row()
    found = [
        (cast("str", row), bytes(cast("bytes", sealed))) for row, sealed in rows(_HELD + locking("UPDATE"))
    ]
    return frozenset(row for row, sealed in found if unwrap_row(row, sealed) == DOUBTED)


def _give_each_group_its_row() -> None:
    key, wanted = key_for_writing(), {_row_of(*group) for group in _groups()}
    GroupDoubt.objects.exclude(id__in=wanted).delete()
    # Where two do this at once, the second waits for the first and leaves the rows as they are.
    GroupDoubt.objects.bulk_create(
        (GroupDoubt(id=row, sealed=wrap_row(key, row, NOT_DOUBTED)) for row in sorted(wanted)),
        ignore_conflicts=True,
    )


def _write_all(doubted: Collection[str]) -> None:
    """Seal every row anew, in the order of their names: none stands out as the one that changed."""
    key = key_for_writing()
    there = [cast("str", row) for row, _ in rows(_HELD)]
    fresh = [(wrap_row(key, row, DOUBTED if row in doubted else NOT_DOUBTED), row) for row in there]
    with connection.cursor() as cursor:
        cursor.executemany(_SEAL, fresh)


def _groups() -> list[tuple[str, str]]:
    return list(GroupOfUnit.objects.order_by("season", "group").values_list("season", "group").distinct())


def _row_of(season: str, group: str) -> str:
    return f"{season}/{group}"
