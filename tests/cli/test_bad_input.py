"""Thirty kinds of bad input: each gets exit code 2, a sentence that names the place, nothing half written."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from replenish.cli.main import main

ROWS = "\n".join(f"t{i % 4},{i % 5 + 1},{i % 7},{(i * 3) % 11}" for i in range(60))
GOOD = "unit,support,hours,strain\n" + ROWS + "\n"
ANALYSE = ["--unit", "unit", "--outcome", "strain", "--conditions", "support,hours"]
SCALES = ["--scale", "strain=0,10", "--scale", "support=1,5", "--scale", "hours=0,6"]
REPORT = ["--unit", "unit", "--outcomes", "strain", "--conditions", "support,hours", *SCALES]


@dataclass(frozen=True)
class Bad:
    """One bad input: how the file is made, the command, and what the sentence must name."""

    name: str
    make: Callable[[Path], Path]
    command: str
    options: list[str]
    says: tuple[str, ...]


def text(content: str | bytes, name: str = "answers.csv") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return make


def with_cell(row: int, column: int, value: str) -> str:
    lines = GOOD.splitlines()
    cells = lines[row].split(",")
    cells[column] = value
    lines[row] = ",".join(cells)
    return "\n".join(lines) + "\n"


def column_of(value: str) -> str:
    """The good table with the column `hours` replaced by one value throughout."""
    lines = [line.split(",") for line in GOOD.splitlines()]
    return "\n".join([",".join(lines[0]), *(f"{a},{b},{value},{d}" for a, b, _, d in lines[1:])]) + "\n"


def collinear() -> str:
    lines = [line.split(",") for line in GOOD.splitlines()]
    rows = [",".join([a, b, str(2 * int(b)), d]) for a, b, _, d in lines[1:]]
    return "\n".join([",".join(lines[0]), *rows]) + "\n"


def one_unit() -> str:
    return "\n".join(
        ["unit,support,hours,strain", *("a," + line.split(",", 1)[1] for line in ROWS.splitlines())]
    )


def broken_workbook(folder: Path) -> Path:
    path = folder / "answers.xlsx"
    path.write_bytes(b"PK\x03\x04 this is not a workbook at all")
    return path


def zip_without_workbook(folder: Path) -> Path:
    path = folder / "answers.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("notes.txt", "nothing here")
    return path


def parquet_of_lists(folder: Path) -> Path:
    path = folder / "answers.parquet"
    frame = pl.DataFrame({"unit": ["a", "b"], "support": [[1], [2]], "hours": [1, 2], "strain": [1, 2]})
    frame.write_parquet(path)
    return path


def nothing(folder: Path) -> Path:
    return folder / "answers.csv"


def a_folder(folder: Path) -> Path:
    path = folder / "answers.csv"
    path.mkdir()
    return path


CASES = [
    Bad("no file", nothing, "analyse", ANALYSE, ("answers.csv", "no such file")),
    Bad("a folder", a_folder, "analyse", ANALYSE, ("answers.csv", "folder")),
    Bad("empty", text(""), "analyse", ANALYSE, ("answers.csv", "empty")),
    Bad("header only", text("unit,support,hours,strain\n"), "analyse", ANALYSE, ("answers.csv", "no rows")),
    Bad("wrong separator", text(GOOD.replace(",", "~")), "analyse", ANALYSE, ("answers.csv", "separat")),
    Bad("byte order mark alone", text(b"\xef\xbb\xbf"), "analyse", ANALYSE, ("answers.csv", "empty")),
    Bad("binary", text(bytes(range(256)) * 20), "analyse", ANALYSE, ("answers.csv",)),
    Bad(
        "a picture called csv",
        text(b"\x89PNG\r\n\x1a\n" + b"\0" * 50),
        "analyse",
        ANALYSE,
        ("answers.csv", "picture"),
    ),
    Bad("ragged row", text(GOOD + "t1,2,3\n"), "analyse", ANALYSE, ("row 61", "3 fields")),
    Bad("column twice", text(GOOD.replace("hours", "support", 1)), "analyse", ANALYSE, ("support",)),
    Bad("column missing", text(GOOD.replace("hours", "hour", 1)), "analyse", ANALYSE, ("'hours'", "hour")),
    Bad("text in numbers", text(with_cell(7, 2, "many")), "analyse", ANALYSE, ("row 7", "'hours'", "many")),
    Bad("infinite", text(with_cell(9, 3, "inf")), "analyse", ANALYSE, ("row 9", "'strain'")),
    Bad("outside the range", text(with_cell(5, 1, "55")), "report", REPORT, ("row 5", "'support'", "55")),
    Bad("unit missing", text(with_cell(3, 0, "")), "analyse", ANALYSE, ("row 3", "'unit'")),
    Bad("constant condition", text(column_of("4")), "analyse", ANALYSE, ("hours",)),
    Bad("all missing", text(column_of("")), "analyse", ANALYSE, ("'hours'",)),
    Bad("collinear conditions", text(collinear()), "analyse", ANALYSE, ("hours",)),
    Bad("one unit", text(one_unit()), "analyse", ANALYSE, ("unit",)),
    Bad("too few rows", text("unit,support,hours,strain\na,1,2,3\nb,2,1,3\n"), "analyse", ANALYSE, ("2",)),
    Bad("outcome among conditions", text(GOOD), "analyse", [*ANALYSE[:-1], "strain,hours"], ("strain",)),
    Bad("unit among conditions", text(GOOD), "analyse", [*ANALYSE[:-1], "unit,hours"], ("'unit'",)),
    Bad("range not declared", text(GOOD), "report", REPORT[:-2], ("'hours'", "--scale")),
    Bad("broken workbook", broken_workbook, "analyse", ANALYSE, ("answers.xlsx",)),
    Bad("zip without a workbook", zip_without_workbook, "analyse", ANALYSE, ("answers.xlsx",)),
    Bad("parquet of lists", parquet_of_lists, "analyse", ANALYSE, ("answers.parquet", "support")),
    Bad("unknown ending", text(GOOD, "answers.docx"), "analyse", ANALYSE, ("answers.docx",)),
    Bad("one item", text(GOOD), "reliability", ["--items", "support"], ("two", "item")),
    Bad("ids twice", text(GOOD), "score", ["--instrument", "who-5", "--id", "unit"], ("'unit'", "row")),
    Bad("unknown instrument", text(GOOD), "score", ["--instrument", "who-6"], ("who-6", "who-5")),
    Bad("item columns absent", text(GOOD), "score", ["--instrument", "who-5"], ("answers.csv",)),
    Bad("releases that are not", text("{}", "releases.json"), "attack", [], ("releases.json",)),
    Bad(
        "releases cut off",
        text('{"format": "replenish-rel', "releases.json"),
        "attack",
        [],
        ("releases.json",),
    ),
    Bad("a wrong headcount", text(GOOD), "report", [*REPORT, "--headcount", "@GOOD"], ("headcount",)),
]


@pytest.mark.parametrize("bad", CASES, ids=lambda bad: bad.name)
def test_bad_input_is_refused_in_a_sentence(
    bad: Bad, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = bad.make(tmp_path)
    out = tmp_path / "out"
    options = [str(path) if option == "@GOOD" else option for option in bad.options]
    writes = ["--out", str(out)] if bad.command == "report" else []
    before = sorted(tmp_path.rglob("*"))
    code = main([bad.command, str(path), *options, *writes])
    said = capsys.readouterr()
    assert code == 2, said.err
    assert said.out == ""
    assert [fragment for fragment in bad.says if fragment not in said.err] == [], said.err
    assert "Traceback" not in said.err
    assert len(said.err.splitlines()) <= 20
    assert sorted(tmp_path.rglob("*")) == before, "nothing is written half"


def test_the_good_table_is_good(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Otherwise the refusals above would prove nothing."""
    path = text(GOOD)(tmp_path)
    assert main(["analyse", str(path), *ANALYSE]) == 0
    assert main(["report", str(path), *REPORT, "--out", str(tmp_path / "out")]) == 0
    assert "not for publication" in capsys.readouterr().err


def test_a_table_larger_than_memory_is_refused_before_it_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = text(GOOD * 1000)(tmp_path)
    monkeypatch.setattr("replenish.measures.tables.memory.available_memory", lambda: 10_000)
    assert main(["analyse", str(path), *ANALYSE]) == 2
    assert "memory" in capsys.readouterr().err


def test_an_argument_that_is_not_understood_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["release", "answers.csv", "--unit", "team", "--scale", "hours=24,0"])
    assert stopped.value.code == 2
    assert "hours=24,0" in capsys.readouterr().err
