"""What the installation remembers of its upkeep, by the day: last night, last backup, and where to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.conf import settings
from pydantic import BaseModel, ConfigDict, ValidationError

from replenish.basis.errors import refuse
from replenish.basis.faults import SafekeepingFault
from replenish.safekeeping.files import write_private
from replenish.safekeeping.places import KEEP, Places


class Upkeep(BaseModel):
    """The days of the last finished night and the last backup, and the places of the backups."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    night: date | None = None
    backup: date | None = None
    data: Path | None = None
    keys: Path | None = None
    keep: int = KEEP

    @property
    def places(self) -> Places | None:
        """Where the backups go; None where nobody has said it yet."""
        return Places(self.data, self.keys, self.keep) if self.data and self.keys else None

    def with_places(self, places: Places) -> Upkeep:
        """The same, with these places."""
        return self.model_copy(
            update={"data": places.data.resolve(), "keys": places.keys.resolve(), "keep": places.keep}
        )


def read_upkeep() -> Upkeep:
    """What is remembered.

    Raises:
        Refused: the file was changed by hand and cannot be read.
    """
    path = _path()
    if not path.exists():
        return Upkeep()
    try:
        return Upkeep.model_validate_json(path.read_bytes())
    except ValidationError:
        refuse(SafekeepingFault.UPKEEP_UNREADABLE, file=path)


def remember(upkeep: Upkeep) -> None:
    """Keep it, in place of what was remembered before."""
    write_private(_path(), (upkeep.model_dump_json(indent=1) + "\n").encode())


def _path() -> Path:
    return Path(settings.REPLENISH_INSTANCE) / "safekeeping.json"
