"""Finding, holding and writing a person's box in the two tables where it may stand."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import cast

from replenish.basis.errors import Refused, refuse
from replenish.basis.faults import VoiceFault
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing.box import open_box, seal_box
from replenish.sealing.names import box_name
from replenish.sealing.secret import Secret
from replenish.voices.box_rows import BoxRows
from replenish.voices.night_key import NightKey, unwrap_row, wrap_row
from replenish.voices.statements import Write, locking, rows

# Arriving boxes first: the night moves a box from there to the others and never back, so whoever looks in
# this order finds it even while it moves.
BOX_TABLES = ("voices_arrivingbox", "voices_box")
_FIND = " UNION ALL ".join(
    f"SELECT '{table}', wrapped FROM {table} WHERE name = %s"  # noqa: S608
    for table in BOX_TABLES
)


@dataclass(frozen=True, slots=True)
class StoredBox:
    """A box as it lies in its table; neither table nor content where there is none yet."""

    name: str
    table: str | None = None
    wrapped: bytes = b""


def find_box(secret: Secret) -> StoredBox:
    """A person's box as it is now."""
    name = box_name(secret)
    found = rows(_FIND, [name, name])
    return StoredBox(name, cast("str", found[0][0]), _bytes(found[0][1])) if found else StoredBox(name)


def hold_box(secret: Secret) -> StoredBox:
    """A person's box, which nobody else can write until the end of the transaction."""
    name = box_name(secret)
    for table in BOX_TABLES:
        found = rows(f"SELECT wrapped FROM {table} WHERE name = %s{locking('UPDATE')}", [name])  # noqa: S608
        if found:
            return StoredBox(name, table, _bytes(found[0][0]))
    return StoredBox(name)


def open_stored(secret: Secret, stored: StoredBox) -> BoxRows:
    """What is in a box; an empty one where there is none.

    Raises:
        Refused: the box is damaged, or its outer key is not there.
    """
    if stored.table is None:
        return BoxRows()
    return BoxRows.read(open_box(secret, unwrap_row(stored.name, stored.wrapped)))


def read_box(secret: Secret) -> BoxRows | None:
    """The content of a person's box; None where there is none.

    Raises:
        Refused: the box is damaged, or its outer key is not there.
    """
    return open_seen(secret, find_box(secret))


def open_seen(secret: Secret, stored: StoredBox) -> BoxRows | None:
    """The content of a box that was seen a moment ago and is held by nobody; None where there is none.

    Raises:
        Refused: the box is damaged, or its outer key is not there.
    """
    if stored.table is None:
        return None
    try:
        return open_stored(secret, stored)
    except Refused as refused:
        if refused.fault is not SealingFault.WRAP_KEY_UNKNOWN:
            raise
    # Seen a moment before the night rewrote it: by now it stands there under a key that is kept.
    return open_stored(secret, find_box(secret))


def box_write(secret: Secret, stored: StoredBox, content: BoxRows, key: NightKey) -> Write:
    """The statement that writes a box. A new one arrives among the boxes of today.

    Raises:
        Refused: it is fuller than a box can be.
    """
    wrapped = wrap_row(key, stored.name, seal_box(secret, content.to_bytes()))
    if stored.table:
        return f"UPDATE {stored.table} SET wrapped = %s WHERE name = %s", [wrapped, stored.name]  # noqa: S608
    return "INSERT INTO voices_arrivingbox (wrapped, name) VALUES (%s, %s)", [wrapped, stored.name]


def _bytes(value: object) -> bytes:
    return bytes(cast("bytes", value))


def refuse_erased(name: str) -> None:
    """Refuse to begin anew under a card whose box was erased: a restored backup would drop it again.

    Raises:
        Refused: the box of that name was erased.
    """
    if rows("SELECT 1 FROM voices_erasedbox WHERE name_hash = %s", [erased_hash(name)]):
        refuse(VoiceFault.CARD_ERASED)


def erased_hash(name: str) -> str:
    """What is kept of an erased box: a hash of its name, which is as random as the name."""
    return hashlib.sha256(f"replenish erased box 1\n{name}".encode()).hexdigest()
