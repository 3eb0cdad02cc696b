"""Writing files so that a crash leaves the old one or the new one, never a half; and one job at a time."""

from __future__ import annotations

import hashlib
import os
from contextlib import AbstractContextManager
from pathlib import Path

from replenish.basis.faults import SafekeepingFault
from replenish.conditions.alone import alone
from replenish.sealing.key_files import force_folder

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
BLOCK = 1 << 20
UNFINISHED = ".part"


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner opens; one that exists is left as it is."""
    if not folder.exists():
        folder.mkdir(parents=True, mode=PRIVATE_FOLDER)
        folder.chmod(PRIVATE_FOLDER)


def write_private(path: Path, content: bytes) -> None:
    """Replace a file at once, or not at all; only its owner can read it."""
    unfinished = path.with_name(path.name + UNFINISHED)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        settle(file.fileno())
    finish(unfinished, path)


def settle(descriptor: int) -> None:
    """Wait until what was written is on the disk."""
    os.fsync(descriptor)


def finish(unfinished: Path, path: Path) -> None:
    """Give a file that lies whole on the disk its name, and wait until the name lies there too."""
    unfinished.replace(path)
    force_folder(path.parent)


def digest(path: Path) -> str:
    """SHA-256 of a file, as 64 hexadecimal digits."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            found.update(block)
    return found.hexdigest()


def one_at_a_time(instance: Path) -> AbstractContextManager[None]:
    """The installation's lock for the night's work.

    Raises:
        Refused: another process holds it.
    """
    make_private_folder(instance)
    return alone(instance, "safekeeping", SafekeepingFault.BUSY)
