"""Key files: readable by their owner alone, written whole or not at all, overwritten before removal."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from replenish.basis.errors import refuse
from replenish.basis.faults.sealing import SealingFault

FOLDER_MODE = 0o700
FILE_MODE = 0o600

_OTHERS = 0o077
_UNFINISHED = ".part"
# Windows has no such permission bits; there, access is ruled by the folder the instance stands in.
_HAS_MODES = os.name == "posix"


def write_once(path: Path, content: Mapping[str, object]) -> bool:
    """Write a key file unless there is one already, and say whether it was written.

    The file appears complete or not at all, and of two writers at once one wins: the content goes to a file
    of another name, is forced to the disk, and takes its name by a link, which never replaces.
    """
    _make_folder(path.parent)
    if path.exists():
        return False
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(8)}{_UNFINISHED}")
    _write(unfinished, content)
    try:
        os.link(unfinished, path)
    except FileExistsError:
        return False
    finally:
        unfinished.unlink()
        force_folder(path.parent)
    return True


def write_over(path: Path, content: Mapping[str, object]) -> None:
    """Write a file in place of an older one, whole or not at all."""
    _make_folder(path.parent)
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(8)}{_UNFINISHED}")
    _write(unfinished, content)
    unfinished.replace(path)
    force_folder(path.parent)


def read(path: Path) -> dict[str, object]:
    """The content of a key file.

    Raises:
        Refused: others than the owner can reach the file or its folder; the file is damaged.
    """
    _require_closed(path.parent, FOLDER_MODE)
    _require_closed(path, FILE_MODE)
    try:
        content = json.loads(path.read_bytes())
    except ValueError:
        content = None
    if not isinstance(content, dict):
        refuse(SealingFault.KEY_FILE_DAMAGED, file=path.name)
    return content


def key_bytes(path: Path, content: Mapping[str, object], field: str, length: int) -> bytes:
    """A key out of the content of a key file.

    Raises:
        Refused: there is no such key in it.
    """
    text = content.get(field)
    try:
        key = bytes.fromhex(text) if isinstance(text, str) else b""
    except ValueError:
        key = b""
    if len(key) != length:
        refuse(SealingFault.KEY_FILE_DAMAGED, file=path.name)
    return key


def destroy(path: Path) -> bool:
    """Overwrite a key file, force that to the disk, remove it, force that too; say whether there was one.

    What an interrupted writing left behind is destroyed with it. Doing it again is harmless.
    """
    found = False
    if not path.parent.exists():
        return found
    for copy in [path, *path.parent.glob(f"{path.name}.*{_UNFINISHED}")]:
        if copy.exists():
            _overwrite(copy)
            copy.unlink(missing_ok=True)
            found = True
    force_folder(path.parent)
    return found


def force_folder(folder: Path) -> None:
    """Force the entries of a folder to the disk, where the system can do that."""
    if not _HAS_MODES:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _make_folder(folder: Path) -> None:
    # The mode of `mkdir` is not that of the parents it makes, and the folder above is the one of all keys.
    for each in (folder.parent, folder):
        each.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)


def _write(path: Path, content: Mapping[str, object]) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with os.fdopen(handle, "wb") as file:
        file.write(json.dumps(content, sort_keys=True).encode("ascii"))
        file.flush()
        os.fsync(file.fileno())


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())


def _require_closed(path: Path, wanted: int) -> None:
    mode = path.stat().st_mode & 0o777
    if _HAS_MODES and mode & _OTHERS:
        refuse(SealingFault.KEY_FILE_OPEN, file=path.name, mode=f"{mode:04o}", wanted=f"{wanted:o}")
