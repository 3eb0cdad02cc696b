"""Where the two artefacts go, and why never to the same place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from replenish.basis.errors import refuse
from replenish.basis.faults import SafekeepingFault
from replenish.safekeeping.files import make_private_folder

KEEP = 14
BACKUP_NAME = re.compile(r"replenish-\d{4}-\d{2}-\d{2}(-\d+)?\.zip")


@dataclass(frozen=True)
class Places:
    """The folder of the data backups, the folder of the key file, and how many backups are kept."""

    data: Path
    keys: Path
    keep: int = KEEP

    def require(self) -> Iterator[str]:
        """Make the folders; say what is allowed but not wise.

        Raises:
            Refused: one folder holds the other or lies in the installation, or nothing would be kept.
        """
        if self.keep < 1:
            refuse(SafekeepingFault.KEEP_TOO_FEW, keep=self.keep)
        data, keys = self.data.resolve(), self.keys.resolve()
        if data.is_relative_to(keys) or keys.is_relative_to(data):
            refuse(SafekeepingFault.FOLDERS_SAME, folder=data)
        for folder in (data, keys):
            for own in (Path(settings.REPLENISH_INSTANCE), Path(settings.REPLENISH_KEYS)):
                if folder.is_relative_to(own.resolve()):
                    refuse(SafekeepingFault.FOLDER_IN_INSTANCE, folder=folder)
            make_private_folder(folder)
        if same_device(data, keys):
            yield (
                "The backups and the key file are on the same disk. Whoever takes it has both: copy the "
                "key file to another place and keep only its latest copy there."
            )
        if same_device(data, Path(settings.REPLENISH_INSTANCE)):
            yield "The backups are on the same disk as the installation: they would be lost together."


def same_device(first: Path, second: Path) -> bool:
    """Whether two paths lie on one volume, as far as the system says."""
    return first.exists() and second.exists() and first.stat().st_dev == second.stat().st_dev


def backups_in(folder: Path) -> list[Path]:
    """The data backups in a folder, the oldest first."""
    found = [path for path in folder.glob("*.zip") if BACKUP_NAME.fullmatch(path.name)]
    return sorted(found, key=lambda path: _in_order(path.name))


def _in_order(name: str) -> tuple[str, int]:
    parts = name.removesuffix(".zip").split("-")
    return "-".join(parts[1:4]), int(parts[4]) if len(parts) > 4 else 1
