from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from replenish.basis.errors import Refused
from replenish.basis.faults import SimulationFault
from replenish.simulate import Organisation, simulate_organisation, write_organisation

pytestmark = pytest.mark.patient


@pytest.fixture(scope="module")
def organisation() -> Organisation:
    return simulate_organisation(teams=6, rounds=2, seed=4)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_answer_is_written_and_no_person(organisation: Organisation, tmp_path: Path) -> None:
    folder = write_organisation(organisation, tmp_path / "demo")
    assert sorted(path.name for path in folder.iterdir()) == [
        "README.txt",
        "answers-round-1.csv",
        "answers-round-2.csv",
        "facts.csv",
        "headcount-round-1.csv",
        "headcount-round-2.csv",
        "headcount.csv",
        "truth.json",
    ]
    for held in organisation.rounds:
        rows = _rows(folder / f"answers-round-{held.number}.csv")
        assert list(rows[0]) == ["row", "service", "team", *held.answers]
        for code, column in held.answers.items():
            read = np.array([float(row[code]) if row[code] else np.nan for row in rows])
            assert np.array_equal(read, column, equal_nan=True), code
        assert [row["team"] for row in rows] == organisation.table(held.number)["team"]
    headcount = {(r["service"], r["team"]): int(r["headcount"]) for r in _rows(folder / "headcount.csv")}
    assert headcount == organisation.rounds[-1].headcount
    assert len(_rows(folder / "facts.csv")) == len(organisation.facts)


def test_the_truth_is_plain_and_holds_no_person(organisation: Organisation, tmp_path: Path) -> None:
    text = (write_organisation(organisation, tmp_path / "demo") / "truth.json").read_text(encoding="utf-8")
    truth = json.loads(text)
    assert truth["seed"] == 4
    assert len(truth["effects"]) == 24
    assert "person" not in text
    means = np.array(truth["team_means_if_everybody_answered"]["overload"], dtype=float)
    assert np.array_equal(means, organisation.truth.team_means["overload"], equal_nan=True)


def test_writing_again_replaces_its_own_files(organisation: Organisation, tmp_path: Path) -> None:
    folder = write_organisation(organisation, tmp_path / "demo")
    write_organisation(simulate_organisation(teams=6, rounds=1, seed=5), folder)
    assert not (folder / "answers-round-2.csv").exists()
    assert json.loads((folder / "truth.json").read_text(encoding="utf-8"))["seed"] == 5
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


@pytest.mark.parametrize("name", ["notes.txt", "answers-round-1.csv"])
def test_a_folder_with_anything_else_is_left_alone(
    organisation: Organisation, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        write_organisation(organisation, tmp_path)
    assert refused.value.fault is SimulationFault.SIMULATION_FOLDER_IN_USE
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"


def test_a_report_put_into_the_folder_is_not_lost(organisation: Organisation, tmp_path: Path) -> None:
    folder = write_organisation(organisation, tmp_path / "demo")
    (folder / "report.html").write_text("mine", encoding="utf-8")
    with pytest.raises(Refused):
        write_organisation(organisation, folder)
    assert (folder / "report.html").exists()


def test_a_file_of_that_name_is_refused(organisation: Organisation, tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("mine", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        write_organisation(organisation, tmp_path / "demo")
    assert refused.value.fault is SimulationFault.SIMULATION_NOT_A_FOLDER


def test_nothing_is_left_half_written(
    organisation: Organisation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_organisation(organisation, tmp_path / "demo")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    write = Path.write_text

    def full_disk(path: Path, *arguments: object, **options: object) -> int:
        if path.name == "facts.csv":
            raise OSError(28, "No space left on device")
        return write(path, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "write_text", full_disk)
    with pytest.raises(Refused) as refused:
        write_organisation(simulate_organisation(teams=6, rounds=1, seed=5), folder)
    assert refused.value.fault is SimulationFault.SIMULATION_FOLDER_UNWRITABLE
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]
