from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.report.report_material import release, report

from replenish.basis.errors import Refused
from replenish.basis.faults import ReportFault
from replenish.disclosure.release import read_releases
from replenish.report import Report, files, report_csv, report_json, write_report

FILES = {"report.html", "report.pdf", "report.json", "report.csv", "releases.json"}


@pytest.fixture(scope="module")
def small() -> Report:
    return report(release({("Lodge",): 6}))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_all_files_are_written_and_nothing_else(small: Report, tmp_path: Path) -> None:
    folder = write_report(small, tmp_path / "new" / "report")
    assert names(folder) == FILES
    assert names(folder.parent) == {"report"}
    assert [release.hash for release in read_releases(folder / "releases.json")] == [small.releases[0].hash]


def test_the_json_holds_words_and_figures(whole: Report) -> None:
    content = json.loads(report_json(whole))
    assert content["format"] == "replenish-report-1"
    assert content["release"] == whole.releases[-1].hash
    assert [section["name"] for section in content["sections"]][:3] == ["about", "short", "conditions"]
    forms = {block["form"] for section in content["sections"] for block in section["blocks"]}
    assert forms == {"paragraph", "bullets", "table", "chart", "fold", "heading"}
    assert len(content["figures"]) == len(whole.figures) == report_csv(whole).count("\r\n") - 1


def test_a_failure_half_way_leaves_nothing(
    small: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise OSError("the disk is full")

    monkeypatch.setattr(files, "report_csv", broken)
    with pytest.raises(OSError, match="full"):
        write_report(small, tmp_path / "report")
    assert names(tmp_path) == set()


def test_a_failure_keeps_the_earlier_report(
    small: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_report(small, tmp_path / "report")
    before = (folder / "report.html").read_bytes()

    def broken(*_: object) -> str:
        raise OSError("the disk is full")

    monkeypatch.setattr(files, "report_csv", broken)
    with pytest.raises(OSError, match="full"):
        write_report(small, folder)
    assert names(tmp_path) == {"report"}
    assert (folder / "report.html").read_bytes() == before


def test_an_earlier_report_is_kept_beside_the_new_one(small: Report, tmp_path: Path) -> None:
    for _ in range(3):
        write_report(small, tmp_path / "report")
    assert names(tmp_path) == {"report", "report-earlier-1", "report-earlier-2"}
    assert names(tmp_path / "report-earlier-2") == FILES


def test_a_folder_of_something_else_is_refused_and_left_alone(small: Report, tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("keep me", "utf-8")
    with pytest.raises(Refused) as refused:
        write_report(small, tmp_path)
    assert refused.value.fault is ReportFault.REPORT_FOLDER_TAKEN
    assert names(tmp_path) == {"letters.txt"}
    with pytest.raises(Refused) as refused:
        write_report(small, tmp_path / "letters.txt")
    assert refused.value.fault is ReportFault.REPORT_FOLDER_IS_FILE


def test_a_json_of_something_else_is_no_earlier_report(small: Report, tmp_path: Path) -> None:
    for content in ("{}", "[]", "not json", '{"format": "other"}'):
        (tmp_path / "report.json").write_text(content, "utf-8")
        with pytest.raises(Refused):
            write_report(small, tmp_path)


def test_an_empty_folder_is_used(small: Report, tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    write_report(small, tmp_path / "report")
    assert names(tmp_path) == {"report"}


def test_a_missing_drawing_library_is_named(
    small: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LIBRARIES", ("a_library_nobody_has",))
    with pytest.raises(Refused) as refused:
        write_report(small, tmp_path / "report")
    assert refused.value.fault is ReportFault.REPORT_LIBRARY_MISSING
    assert "a_library_nobody_has" in str(refused.value)
    assert names(tmp_path) == set()
