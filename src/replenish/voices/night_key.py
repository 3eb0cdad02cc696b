"""Under which key the outer layer of the night is written now, and how a row is wrapped and unwrapped.

The key that counts is the one named in the database. Whoever writes a row reads that name inside the same
transaction and keeps it from changing until the row is there. So once the night has named a fresh key, no row
can appear under an older one, and the older one can be forgotten when the last row has been rewritten.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from django.conf import settings

from replenish.sealing.wrap import unwrap, wrap, wrapped_under
from replenish.sealing.wrap_keys import WrapKeys
from replenish.voices.models import NightState
from replenish.voices.statements import locking, rows

NIGHT = "night"

NightKey = tuple[str, bytes]
_KEY_NAME = "SELECT key_id FROM voices_nightstate WHERE id = %s"
_read: dict[Path, dict[str, bytes]] = {}


def wrap_keys() -> WrapKeys:
    """The files of the wrap keys of this instance."""
    return WrapKeys(settings.REPLENISH_KEYS)


def key_for_writing() -> NightKey:
    """The key to wrap under, held until the end of the caller's transaction.

    Raises:
        Refused: its file is not there.
    """
    named = rows(_KEY_NAME + locking("SHARE"), [NIGHT])
    return key_named(cast("str", named[0][0]) if named else None)


def key_named(key_id: str | None) -> NightKey:
    """The key of that id, or the first of all where the database names none yet.

    Raises:
        Refused: its file is not there.
    """
    known = key_id or _first_key()
    return known, _keys_with(known)[known]


def hold_off_the_night() -> None:
    """Let the night move nothing between the tables until the end of the caller's transaction."""
    key_for_writing()


def alone_at_night() -> str:
    """The id of the key now, while nobody writes: waits for all writers, and keeps new ones waiting."""
    statement = _KEY_NAME + locking("UPDATE")
    found = rows(statement, [NIGHT])
    if not found:
        _first_key()
        found = rows(statement, [NIGHT])
    return cast("str", found[0][0])


def begins_with(key_id: str) -> bytes:
    """How every row begins that is wrapped under a key."""
    return wrap_row((key_id, bytes(32)), "", b"")[: len(key_id) + 2]


def wrap_row(key: NightKey, name: str, sealed: bytes) -> bytes:
    """A sealed row in the layer of the night."""
    return wrap(key[1], key[0], name, sealed)


def unwrap_row(name: str, wrapped: bytes) -> bytes:
    """The sealed row inside.

    Raises:
        Refused: its key is not there, or it is damaged.
    """
    return unwrap(_keys_with(wrapped_under(wrapped)), name, wrapped)


def _keys_with(key_id: str) -> dict[str, bytes]:
    """The wrap keys, read anew from their files when one is asked for that was not there before."""
    folder: Path = settings.REPLENISH_KEYS
    keys = _read.get(folder, {})
    if key_id not in keys:
        keys = _read[folder] = wrap_keys().held()
    if key_id not in keys:
        # A key that the database names and nobody has: sealing says what can be done about it.
        unwrap(keys, "", b"\x01" + bytes([len(key_id)]) + key_id.encode() + bytes(32))
    return keys


def _first_key() -> str:
    key_id, _ = wrap_keys().current()
    state, _ = NightState.objects.get_or_create(id=NIGHT, defaults={"key_id": key_id})
    return state.key_id
