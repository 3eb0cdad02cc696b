"""The wrap keys of the nights: one is current, older ones are kept as long as a backup needs them."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from pathlib import Path

from replenish.basis.errors import refuse
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing import key_files
from replenish.sealing.wrap import LONGEST_KEY_ID, WRAP_KEY_BYTES, new_wrap_key

_ID_BYTES = 8
_ID = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST_KEY_ID}}}")


class WrapKeys:
    """Wrap keys in `folder/wraps`, one file each, and a file that names the current one. Ids are random."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "wraps"
        self._current = self._folder / "current.json"

    def current(self) -> tuple[str, bytes]:
        """The id and the key in use; the first one is made when there is none.

        Raises:
            Refused: others can reach the files; a file is damaged or missing.
        """
        if not self._current.exists():
            return self.new()
        key_id = key_files.read(self._current).get("key_id")
        if not isinstance(key_id, str):
            refuse(SealingFault.KEY_FILE_DAMAGED, file=self._current.name)
        return key_id, self._key(key_id)

    def new(self) -> tuple[str, bytes]:
        """Make a fresh key and let it be the current one; the older ones stay.

        The key is on the disk before it is named: whenever this stops, the current key is a whole one.
        """
        key_id, key = secrets.token_hex(_ID_BYTES), new_wrap_key()
        key_files.write_once(self._path(key_id), {"format": 1, "key": key.hex()})
        key_files.write_over(self._current, {"format": 1, "key_id": key_id})
        return key_id, key

    def held(self) -> dict[str, bytes]:
        """Every key that is still here, by id: what `unwrap` asks for."""
        return {key_id: self._key(key_id) for key_id in self.ids()}

    def ids(self) -> tuple[str, ...]:
        """The ids of the keys that are still here, in alphabetical order."""
        return tuple(sorted(path.name.removesuffix(".key") for path in self._folder.glob("*.key")))

    def forget(self, key_id: str) -> bool:
        """Destroy a key and say whether there was one; the current key stays, as rows are written under it.

        Raises:
            Refused: the id is none, or that of the current key.
        """
        if self._current.exists() and key_files.read(self._current).get("key_id") == key_id:
            refuse(SealingFault.KEY_IN_USE, key_id=key_id)
        return key_files.destroy(self._path(key_id))

    def keep(self, key_ids: Collection[str]) -> tuple[str, ...]:
        """Forget every key but the current one and those named; say which were forgotten."""
        staying = {*key_ids, self.current()[0]}
        return tuple(key_id for key_id in self.ids() if key_id not in staying and self.forget(key_id))

    def put_back(self, key_id: str, key: bytes) -> None:
        """Bring back a key out of the key file of a backup; a key that is here already stays as it is."""
        key_files.write_once(self._path(key_id), {"format": 1, "key": key.hex()})

    def _key(self, key_id: str) -> bytes:
        path = self._path(key_id)
        if not path.exists():
            refuse(SealingFault.KEY_MISSING, key_id=key_id)
        return key_files.key_bytes(path, key_files.read(path), "key", WRAP_KEY_BYTES)

    def _path(self, key_id: str) -> Path:
        if not _ID.fullmatch(key_id):
            refuse(SealingFault.WRAP_KEY_ID, most=LONGEST_KEY_ID)
        return self._folder / f"{key_id}.key"
