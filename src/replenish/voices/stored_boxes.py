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
from replenish.voices.statements import change, locking, rows

# Arriving boxes first: the night moves a box from there to the others and never back, so whoever looks in
# this order finds it even while it moves.
_TABLES = ("voices_arrivingbox", "voices_box")
_READ = " UNION ALL ".join(f"SELECT wrapped FROM {table} WHERE name = %s" for table in _TABLES)  # noqa: S608


@dataclass(frozen=True, slots=True)
class HeldBox:
    """A box that nobody else can write until the end of the transaction; no table where there is none yet."""

    name: str
    table: str | None
    rows: BoxRows


def read_box(secret: Secret) -> BoxRows | None:
    """The content of a person's box; None where there is none.

    Raises:
        Refused: the box is damaged, or its outer key is not there.
    """
    name = box_name(secret)
    try:
        sealed = _sealed(name)
    except Refused as refused:
        if refused.fault is not SealingFault.WRAP_KEY_UNKNOWN:
            raise
        # Read a moment before the night rewrote it: by now it stands there under a key that is kept.
        sealed = _sealed(name)
    return None if sealed is None else BoxRows.read(open_box(secret, sealed))


def _sealed(name: str) -> bytes | None:
    found = rows(_READ, [name, name])
    return unwrap_row(name, bytes(cast("bytes", found[0][0]))) if found else None


def hold_box(secret: Secret) -> HeldBox:
    """A person's box for reading and writing; an empty one where there is none."""
    name = box_name(secret)
    for table in _TABLES:
        found = rows(f"SELECT wrapped FROM {table} WHERE name = %s{locking('UPDATE')}", [name])  # noqa: S608
        if found:
            sealed = unwrap_row(name, bytes(cast("bytes", found[0][0])))
            return HeldBox(name, table, BoxRows.read(open_box(secret, sealed)))
    return HeldBox(name, None, BoxRows())


def store_box(secret: Secret, held: HeldBox, key: NightKey) -> None:
    """Write a box that is held. A new one arrives among the boxes of today.

    Raises:
        Refused: it is fuller than a box can be, or the card was erased.
    """
    wrapped = wrap_row(key, held.name, seal_box(secret, held.rows.to_bytes()))
    if held.table:
        change(f"UPDATE {held.table} SET wrapped = %s WHERE name = %s", [wrapped, held.name])  # noqa: S608
        return
    refuse_erased(held.name)
    change("INSERT INTO voices_arrivingbox (name, wrapped) VALUES (%s, %s)", [held.name, wrapped])


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
