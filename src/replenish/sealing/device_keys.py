"""The keys under which a card is held open on a device: a new one each day, and yesterday's beside it.

What holds a card open says itself until when, but it stays on the device, and with its key it would give the
card for as long as that key exists. So the key ends soon after the last card that it could hold open.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from replenish.sealing import key_files

KEY_BYTES = 32
ONE_DAY = timedelta(days=1)


class DeviceKeys:
    """The keys, one file for each day in `folder/devices`, outside the database and its backups."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "devices"

    def holding(self, today: date) -> bytes:
        """The key of this day, to hold cards open; made where there is none, and old ones go then.

        Raises:
            Refused: the key file is damaged or open to others.
        """
        path = self._path(today)
        if not path.exists() and key_files.write_once(path, _new_key()):
            self.end_old(today)
        return _read(path)

    def opening(self, today: date) -> tuple[bytes, ...]:
        """Today's key and yesterday's, as far as they are there.

        Raises:
            Refused: a key file is damaged or open to others.
        """
        days = (self._path(today), self._path(today - ONE_DAY))
        return tuple(_read(path) for path in days if path.exists())

    def end_old(self, today: date) -> None:
        """Destroy every key but today's and yesterday's."""
        for path in self.old(today):
            # A visitor who comes first on a day and the night's work may both be at it.
            with suppress(FileNotFoundError):
                key_files.destroy(path)

    def old(self, today: date) -> Iterator[Path]:
        """The keys that should be gone by now."""
        kept = {self._path(today), self._path(today - ONE_DAY)}
        return (path for path in sorted(self._folder.glob("*.key")) if path not in kept)

    def _path(self, day: date) -> Path:
        return self._folder / f"{day.isoformat()}.key"


def _new_key() -> dict[str, object]:
    return {"format": 1, "key": secrets.token_hex(KEY_BYTES)}


def _read(path: Path) -> bytes:
    return key_files.key_bytes(path, key_files.read(path), "key", KEY_BYTES)
