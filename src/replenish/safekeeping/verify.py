"""Looking at a backup without restoring it: is it whole, and does the key file open it?"""

from __future__ import annotations

import base64
import zipfile
from dataclasses import dataclass
from pathlib import Path

from replenish.basis.errors import refuse
from replenish.basis.faults import SafekeepingFault
from replenish.safekeeping.archive import check_tables, open_archive, read_manifest, read_table
from replenish.safekeeping.backup import Tell
from replenish.safekeeping.files import digest
from replenish.safekeeping.key_file import NAME, KeptBackup, read_keys
from replenish.sealing.wrap import unwrap


@dataclass(frozen=True)
class Verified:
    """A backup that can be restored."""

    made_on: str
    rows: int
    boxes: int


def verify(data: Path, keys: Path, tell: Tell) -> Verified:
    """Read all of a data backup and of the key file, and take the outer layer off every box.

    Args:
        data: a data backup.
        keys: the key file, or the folder it lies in.
        tell: hears of progress.

    Raises:
        Refused: something in them is not as it was made, or they do not belong together.
    """
    key_path = keys / NAME if keys.is_dir() else keys
    backup = require_named(data, key_path)
    with open_archive(data) as archive:
        tell("boxes")
        boxes = _open_outer_layers(archive, backup)
        manifest = read_manifest(archive)
    return Verified(manifest.made_on, sum(entry.rows for entry in manifest.tables.values()), boxes)


def require_named(data: Path, key_path: Path) -> KeptBackup:
    """What the key file says of a backup, after reading both whole.

    Raises:
        Refused: the key file does not name the backup, or one of the two was changed.
    """
    keys, manifest = read_keys(key_path)
    with open_archive(key_path) as archive:
        check_tables(archive, manifest)
    with open_archive(data) as archive:
        found = read_manifest(archive)
        if found.holds != "data":
            refuse(SafekeepingFault.NOT_A_BACKUP, file=data, why="it is a key file")
        check_tables(archive, found)
    by_content = {backup.sha256: backup for backup in keys.backups.values()}
    backup = by_content.get(digest(data))
    if backup is None and data.name in keys.backups:
        refuse(SafekeepingFault.BACKUP_CHANGED, file=data)
    if backup is None:
        refuse(SafekeepingFault.BACKUP_WITHOUT_KEYS, file=data, named=", ".join(keys.backups) or "none")
    return backup


def _open_outer_layers(archive: zipfile.ZipFile, backup: KeptBackup) -> int:
    keys = {key_id: bytes.fromhex(key) for key_id, key in backup.wrap_keys.items()}
    count = 0
    with read_table(archive, "voices_box") as content:
        names = [column.name for column in content.columns]
        name, wrapped = names.index("name"), names.index("wrapped")
        for row in content.rows:
            unwrap(keys, str(row[name]), base64.b64decode(str(row[wrapped])))
            count += 1
    return count
