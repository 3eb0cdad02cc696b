"""The folder of a demo: what is in it, whether this version made it, and putting an earlier one aside."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

import replenish
from replenish.basis.errors import refuse
from replenish.basis.faults.demo import DemoFault

INSTALLATION, NOTE, EARLIER = "installation", "demo.json", "earlier"


class Door(BaseModel):
    """One link: who opens what with it, and what is typed where no script runs.

    Attributes:
        organisation: the invented organisation.
        part: in what part the link lets one look.
        name: of the invented person; empty for a carer, who has none here.
        shows: what is seen first.
        address: the path, with the secret behind the "#".
        typed: by the name of a field, what to type.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    organisation: str
    part: str
    name: str
    shows: str
    address: str
    typed: dict[str, str]


class Note(BaseModel):
    """What stands beside the installation.

    Attributes:
        tables: of the version that made it.
        made_on: its last invented day; None while it is being made.
        doors: its links. The people behind them are invented, and so is what the links open.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    tables: str
    made_on: date | None = None
    doors: tuple[Door, ...] = ()


@dataclass(frozen=True)
class Folder:
    """Where a demo lies."""

    path: Path

    @property
    def installation(self) -> Path:
        """Its database and its keys."""
        return self.path / INSTALLATION

    def note(self) -> Note | None:
        """What is known about the demo here; None where there is none.

        Raises:
            Refused: there is an installation that no demo made.
        """
        try:
            return Note.model_validate_json((self.path / NOTE).read_bytes())
        except FileNotFoundError:
            if self.installation.exists():
                refuse(DemoFault.FOLDER, folder=self.installation)
            return None
        except ValidationError:
            refuse(DemoFault.FOLDER, folder=self.path)

    def write(self, note: Note) -> None:
        """Keep the note, for its owner alone; whole or not at all."""
        unfinished = self.path / f"{NOTE}.{os.getpid()}.part"
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(note.model_dump_json(indent=1) + "\n")
        unfinished.replace(self.path / NOTE)

    def put_aside(self) -> Path:
        """Keep the demo that is here under another name, and say where."""
        numbers = (number for number in range(1, 10_000) if not (self.path / f"{EARLIER}-{number}").exists())
        aside = self.path / f"{EARLIER}-{next(numbers)}"
        aside.mkdir()
        for name in (INSTALLATION, NOTE):
            if (self.path / name).exists():
                (self.path / name).rename(aside / name)
        return aside

    def clear_unfinished(self) -> None:
        """Remove what a demo left that was broken off while it was made."""
        shutil.rmtree(self.installation, ignore_errors=True)
        (self.path / NOTE).unlink(missing_ok=True)


def tables_now() -> str:
    """A mark of the tables of this version: it changes with every migration."""
    found = hashlib.sha256()
    for path in sorted(Path(replenish.__file__).parent.glob("*/migrations/0*.py")):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:16]
