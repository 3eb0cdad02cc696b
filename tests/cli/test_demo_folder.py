"""The folder of a demo: what is taken for one, what is left alone, and what never reaches it."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from replenish.basis.errors import Refused
from replenish.basis.faults.demo import DemoFault
from replenish.cli.demo import serving
from replenish.cli.demo.keeping import Door, Folder, Note, tables_now

DOOR = Door(
    organisation="Bramble Lane",
    part="Deputy",
    name="Ines Marlow",
    shows="what a deputy reads",
    address="/staff/sign-in/#abc.DEF",
    typed={"account": "abc", "code": "DEF"},
)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def finished(folder: Folder, tables: str = "now") -> Note:
    folder.installation.mkdir()
    (folder.installation / "replenish.sqlite3").write_text("answers")
    note = Note(tables=tables, made_on=date(2026, 11, 23), doors=(DOOR,))
    folder.write(note)
    return note


def test_an_empty_folder_has_no_demo(folder: Folder) -> None:
    assert folder.note() is None


def test_a_note_is_read_as_it_was_written_and_its_owner_alone_reads_it(folder: Folder) -> None:
    note = finished(folder)
    assert folder.note() == note
    assert stat.S_IMODE((folder.path / "demo.json").stat().st_mode) == 0o600
    assert [path.name for path in folder.path.iterdir() if path.name.endswith(".part")] == []


def test_an_installation_that_no_demo_made_is_left_alone(folder: Folder) -> None:
    folder.installation.mkdir()
    with pytest.raises(Refused) as refused:
        folder.note()
    assert refused.value.fault is DemoFault.FOLDER
    assert folder.installation.is_dir()


def test_a_file_of_somebody_else_is_not_taken_for_a_note(folder: Folder) -> None:
    (folder.path / "demo.json").write_text('{"mine": true}')
    with pytest.raises(Refused) as refused:
        folder.note()
    assert refused.value.fault is DemoFault.FOLDER


def test_each_earlier_demo_is_kept_under_a_name_of_its_own(folder: Folder) -> None:
    asides = []
    for tables in ("first", "second"):
        finished(folder, tables)
        asides.append(folder.put_aside())
    assert folder.note() is None
    assert [Folder(aside).note().tables for aside in asides] == ["first", "second"]  # type: ignore[union-attr]
    assert all((aside / "installation" / "replenish.sqlite3").is_file() for aside in asides)


def test_what_was_broken_off_is_removed(folder: Folder) -> None:
    folder.installation.mkdir()
    folder.write(Note(tables="now"))
    folder.clear_unfinished()
    assert list(folder.path.iterdir()) == []


def test_the_mark_of_the_tables_stays_while_they_stay() -> None:
    assert tables_now() == tables_now()
    assert len(tables_now()) == 16


def test_no_setting_of_a_real_installation_reaches_a_demo(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = {name: value for name, value in os.environ.items() if name.startswith("REPLENISH_")}
    monkeypatch.setenv("REPLENISH_DATABASE", "postgresql://real/answers")
    monkeypatch.setenv("REPLENISH_KEYS", "/srv/keys")
    serving._settings_of_its_own(folder, 8411)
    there = {name: value for name, value in os.environ.items() if name.startswith("REPLENISH_")}
    for name in there:
        monkeypatch.delenv(name)
    os.environ.update(kept)
    assert there == {
        "REPLENISH_INSTANCE": str(folder.installation),
        "REPLENISH_ADDRESS": "http://localhost:8411",
        "REPLENISH_DEMO": "yes",
    }


def test_each_link_is_printed_with_what_can_be_typed_in_its_place(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    serving._print_links("http://localhost:8411", finished(folder))
    out = capsys.readouterr().out.splitlines()
    assert "    http://localhost:8411/staff/sign-in/#abc.DEF" in out
    assert "    or type account abc, code DEF" in out
    assert "Bramble Lane (invented)" in out
    assert out[-1] == "Replenish is at http://localhost:8411/"
