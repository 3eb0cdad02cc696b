"""The keys of this installation that a backup needs: its wrap keys and its signing key, never a round's.

The key of a round, of forms and of cards on devices have no function here, so no backup can hold them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from django.conf import settings

from replenish.basis.errors import refuse
from replenish.basis.faults import SafekeepingFault
from replenish.sealing import key_files
from replenish.sealing.signing import KEY_BYTES, InstanceSigner
from replenish.sealing.wrap_keys import WrapKeys


def wrap_keys(ids: Collection[str]) -> dict[str, str]:
    """The named wrap keys in hexadecimal, by id.

    Raises:
        Refused: one of them is not here.
    """
    held = WrapKeys(_folder()).held()
    absent = set(ids) - held.keys()
    if absent:
        refuse(SafekeepingFault.WRAP_KEY_ABSENT, ids=", ".join(sorted(absent)))
    return {key_id: held[key_id].hex() for key_id in sorted(ids)}


def put_back_wrap_keys(keys: Mapping[str, str]) -> None:
    """Bring back the wrap keys of a backup; those that are here already stay as they are."""
    for key_id, key in keys.items():
        WrapKeys(_folder()).put_back(key_id, bytes.fromhex(key))


def signing_key() -> str:
    """The private half of the key under releases, in hexadecimal; made where there is none yet."""
    InstanceSigner(_folder()).public_key()
    return key_files.key_bytes(_signing_path(), key_files.read(_signing_path()), "private", KEY_BYTES).hex()


def put_back_signing_key(key: str, *, replace: bool) -> None:
    """Bring back the key under releases, so that the restored chain goes on under the same name.

    Raises:
        Refused: there is another one here, and it was not to be replaced.
    """
    path = _signing_path()
    if path.exists() and signing_key() == key:
        return
    if path.exists() and not replace:
        refuse(SafekeepingFault.OTHER_INSTANCE)
    key_files.write_over(path, {"format": 1, "private": key})


def _folder() -> Path:
    return Path(settings.REPLENISH_KEYS)


def _signing_path() -> Path:
    return _folder() / "signing" / "instance.key"
