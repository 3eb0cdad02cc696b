"""The key file: what a restore needs besides a data backup, and what must never go back to an earlier day.

There is only the latest one. It holds the wrap keys of the backups still kept, the key that signs releases,
and the record: ledger, accounts, agreements, plans, releases, unspent slips, and the hashes of erased boxes.
It never holds the key of a round.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from replenish.basis.errors import refuse
from replenish.basis.faults import SafekeepingFault
from replenish.safekeeping.archive import KEYS, Manifest, open_archive, read_manifest

NAME = "replenish-keys.zip"


class KeptBackup(BaseModel):
    """What the key file says of one data backup: what it must be, and what opens its outer layer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sha256: str
    made_on: str
    wrap_keys: dict[str, str]
    """Hexadecimal keys by id."""


class Keys(BaseModel):
    """The secret part of the key file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    backups: dict[str, KeptBackup]
    """By file name, the oldest first."""
    arriving: dict[str, str]
    """Hexadecimal wrap keys, by id, of the arriving boxes that the key file itself carries."""
    signing_key: str
    """Hexadecimal private half of the key under releases: a restored installation continues its own chain."""
    ledger_heads: tuple[tuple[int, str, str], ...] = ()
    """Number, hash and signature of the heads of the ledger that were signed, the oldest first."""

    def __repr__(self) -> str:
        """Names only: a traceback must not show a key."""
        return f"Keys({', '.join(self.backups)})"

    __str__ = __repr__


def read_keys(path: Path) -> tuple[Keys, Manifest]:
    """The keys in a key file, and its manifest.

    Args:
        path: the file, or the folder it lies in.

    Raises:
        Refused: there is none, or it is damaged.
    """
    file = path / NAME if path.is_dir() else path
    if not file.is_file():
        refuse(SafekeepingFault.FILE_MISSING, file=file)
    with open_archive(file) as archive:
        manifest = read_manifest(archive)
        if manifest.holds != "keys":
            refuse(SafekeepingFault.NOT_A_KEY_FILE, file=file, why="it is a data backup")
        keys = _parse(archive)
    if keys is None:
        refuse(SafekeepingFault.NOT_A_KEY_FILE, file=file, why="its keys cannot be read")
    return keys, manifest


def _parse(archive: zipfile.ZipFile) -> Keys | None:
    # The reader's error would quote the keys; it ends here.
    try:
        return Keys.model_validate_json(archive.read(KEYS))
    except (KeyError, ValidationError, zipfile.BadZipFile):
        return None
