"""Key files: owner only, whole or not at all, overwritten before they go; a stop at any step does no harm."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from replenish.basis.errors import Refused
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing import key_files
from replenish.sealing.round_key import RoundKeys
from replenish.sealing.signing import InstanceSigner
from replenish.sealing.wrap_keys import WrapKeys

CONTENT = {"format": 1, "private": "ab" * 32}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "keys" / "one.key"
    assert key_files.write_once(made, CONTENT)
    return made


def test_files_and_folders_are_for_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        RoundKeys(tmp_path).create("r")
        WrapKeys(tmp_path).current()
        InstanceSigner(tmp_path).public_key()
    finally:
        os.umask(before)
    modes = {p.relative_to(tmp_path).as_posix(): p.stat().st_mode & 0o777 for p in tmp_path.rglob("*")}
    assert len(modes) == 7
    assert {mode for name, mode in modes.items() if "." in name} == {0o600}
    assert {mode for name, mode in modes.items() if "." not in name} == {0o700}


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o644, 0o660, 0o620, 0o601])
def test_a_laxer_file_is_refused(path: Path, mode: int) -> None:
    path.chmod(mode)
    with pytest.raises(Refused, match=f"mode {mode:04o}.*chmod 600") as refused:
        key_files.read(path)
    assert refused.value.fault is SealingFault.KEY_FILE_OPEN


@pytest.mark.parametrize("mode", [0o755, 0o750, 0o711, 0o770])
def test_a_laxer_folder_is_refused(path: Path, mode: int) -> None:
    path.parent.chmod(mode)
    with pytest.raises(Refused, match="chmod 700") as refused:
        key_files.read(path)
    assert refused.value.fault is SealingFault.KEY_FILE_OPEN


def test_a_file_is_never_written_twice(path: Path) -> None:
    assert not key_files.write_once(path, {"private": "other"})
    assert key_files.read(path) == CONTENT
    assert [p.name for p in path.parent.iterdir()] == ["one.key"]


def test_of_two_writers_at_once_one_wins(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one looked before the file was there."""
    monkeypatch.setattr(Path, "exists", lambda _: False)
    assert not key_files.write_once(path, {"private": "other"})
    monkeypatch.undo()
    assert key_files.read(path) == CONTENT
    assert [p.name for p in path.parent.iterdir()] == ["one.key"]


def test_the_content_is_overwritten_on_the_disk_before_the_name_goes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second name of the same file shows what is left in its place; the order of the steps counts too."""
    twin = path.with_name("twin")
    twin.hardlink_to(path)
    before = twin.read_bytes()
    steps: list[str] = []
    forced, removed = os.fsync, Path.unlink

    def force(handle: int) -> None:
        steps.append("force")
        forced(handle)

    def remove(gone: Path, *, missing_ok: bool = False) -> None:
        steps.append("remove")
        removed(gone, missing_ok=missing_ok)

    monkeypatch.setattr(os, "fsync", force)
    monkeypatch.setattr(Path, "unlink", remove)
    assert key_files.destroy(path)
    assert steps == ["force", "remove", "force"]
    left = twin.read_bytes()
    assert len(left) == len(before)
    assert sum(x == y for x, y in zip(left, before, strict=True)) < 10
    assert b"private" not in left


@pytest.mark.parametrize("stop_at", ["replenish.sealing.key_files._overwrite", "pathlib.Path.unlink"])
def test_a_stop_while_destroying_is_mended_by_doing_it_again(
    path: Path, monkeypatch: pytest.MonkeyPatch, stop_at: str
) -> None:
    with monkeypatch.context() as stop:
        stop.setattr(stop_at, _stop)
        with pytest.raises(KeyboardInterrupt):
            key_files.destroy(path)
    assert path.exists()
    assert key_files.destroy(path)
    assert list(path.parent.iterdir()) == []
    assert not key_files.destroy(path)


def test_a_stop_while_writing_leaves_no_file_and_its_rest_is_destroyed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "keys" / "one.key"
    with monkeypatch.context() as stop:
        stop.setattr(os, "link", _stop)
        stop.setattr(Path, "unlink", _stop)
        with pytest.raises(KeyboardInterrupt):
            key_files.write_once(made, CONTENT)
    assert not made.exists()
    assert len(list(made.parent.iterdir())) == 1
    assert key_files.destroy(made)
    assert list(made.parent.iterdir()) == []


def test_writing_over_replaces_whole(path: Path) -> None:
    key_files.write_over(path, {"private": "other"})
    assert key_files.read(path) == {"private": "other"}
    assert path.stat().st_mode & 0o777 == 0o600


def test_destroying_one_key_leaves_its_neighbours(path: Path) -> None:
    neighbour = path.with_name("one.key2")
    key_files.write_once(neighbour, CONTENT)
    assert key_files.destroy(path)
    assert key_files.read(neighbour) == CONTENT


def _stop(*_: object, **__: object) -> None:
    raise KeyboardInterrupt
