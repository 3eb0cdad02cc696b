"""Tables: every file that cannot be trusted is refused by the name of its fault, at its place."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import polars as pl
import pytest

from replenish.basis.errors import Fault, Refused
from replenish.basis.faults import TableFault
from replenish.measures.tables import Table, memory, read_table

GOOD = b"unit,item\na,1\nb,2\n"


def refusal(act: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as caught:
        act()
    message = str(caught.value)
    assert message.endswith(".")
    assert "{" not in message
    assert "!" not in message.replace("#DIV/0!", "")
    return caught.value


def written(folder: Path, content: bytes, name: str = "answers.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def workbook(folder: Path, *rows: list[object], name: str = "answers.xlsx") -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(folder / name)
    return folder / name


def cut(path: Path) -> bytes:
    content = path.read_bytes()
    return content[: len(content) // 2]


TEXTS = {
    "empty": (b"", TableFault.FILE_EMPTY),
    "only a mark": (b"\xef\xbb\xbf", TableFault.FILE_EMPTY),
    "header only": (b"unit,item\n", TableFault.TABLE_NO_ROWS),
    "header and blank lines": (b"unit,item\n\n\n", TableFault.TABLE_NO_ROWS),
    "no header": (b"1,2\n3,4\n", TableFault.TABLE_NO_HEADER),
    "one column": (b"unit item\na 1\n", TableFault.TABLE_SEPARATOR),
    "an unknown separator": (b"unit^item\na^1\n", TableFault.TABLE_SEPARATOR),
    "two separators fit": (b"a,b;c\n1,2;3\n", TableFault.TABLE_SEPARATOR_AMBIGUOUS),
    "a short row": (b"unit,item,more\na,1,2\nb,2\n", TableFault.TABLE_RAGGED),
    "a long row": (b"unit,item\na,1\nb,2,3\n", TableFault.TABLE_RAGGED),
    "an open quotation mark": (b'unit,item\na,1\nb,"2\nc,3\n', TableFault.TABLE_QUOTES),
    "text after a quotation mark": (b'unit,item\na,"1"x\nb,2\n', TableFault.TABLE_QUOTES),
    "control characters": (b"unit,item\na,\x01\n", TableFault.FILE_NOT_TEXT),
    "zero bytes": (b"unit,item\na,\x00\n", TableFault.FILE_NOT_TEXT),
    "broken UTF-8": ("unit,item\nä,1\nö,2\nü,3\n".encode() + b"\xff,4\n", TableFault.FILE_NOT_TEXT),
    "broken UTF-16": (b"\xff\xfea\x00,\x00b\x00\x00\xd8", TableFault.FILE_NOT_TEXT),
    "a byte that no encoding has": (b"unit,item\n\x81,1\n", TableFault.FILE_NOT_TEXT),
    "a workbook called CSV": (b"PK\x03\x04rest", TableFault.FILE_KIND_DIFFERS),
    "a PDF called CSV": (b"%PDF-1.7 rest", TableFault.FILE_KIND_DIFFERS),
    "a repeated column name": (b"unit,item,item\na,1,2\n", TableFault.COLUMN_DUPLICATE),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_broken_text_table_is_refused_by_name(tmp_path: Path, kind: str) -> None:
    content, fault = TEXTS[kind]
    path = written(tmp_path, content)
    error = refusal(lambda: read_table(path))
    assert error.fault is fault
    assert str(path) in str(error)


def test_ragged_rows_are_named_and_the_separator_too(tmp_path: Path) -> None:
    path = written(tmp_path, b"unit;item\na;1\nb\nc;2\nd;3;4\n")
    error = refusal(lambda: read_table(path))
    assert [problem.place.row for problem in error.problems] == [2, 4]
    assert "1 fields and the header has 2" in str(error)
    assert "semicolon" in str(error)


def test_a_refusal_lists_at_most_twenty_rows(tmp_path: Path) -> None:
    path = written(tmp_path, b"unit,item\n" + b"a\n" * 100)
    assert len(refusal(lambda: read_table(path)).problems) == 20


def test_files_that_are_not_there_or_not_files(tmp_path: Path) -> None:
    assert refusal(lambda: read_table(tmp_path / "no.csv")).fault is TableFault.FILE_MISSING
    assert refusal(lambda: read_table(tmp_path)).fault is TableFault.FILE_IS_FOLDER
    odd = written(tmp_path, GOOD, "answers.ods")
    assert refusal(lambda: read_table(odd)).fault is TableFault.FILE_KIND_UNKNOWN
    bare = written(tmp_path, GOOD, "answers")
    assert refusal(lambda: read_table(bare)).fault is TableFault.FILE_KIND_UNKNOWN


def test_text_called_a_workbook_or_a_parquet_file(tmp_path: Path) -> None:
    for name in ("a.xlsx", "a.parquet", "a.xls"):
        path = written(tmp_path, GOOD, name)
        assert refusal(lambda path=path: read_table(path)).fault is TableFault.FILE_KIND_DIFFERS  # type: ignore[misc]


def test_a_broken_workbook(tmp_path: Path) -> None:
    good = workbook(tmp_path, ["unit", "item"], ["a", 1], name="good.xlsx")
    half = written(tmp_path, cut(good), "half.xlsx")
    assert refusal(lambda: read_table(half)).fault is TableFault.WORKBOOK_BROKEN
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert refusal(lambda: read_table(tmp_path / "other.xlsx")).fault is TableFault.WORKBOOK_BROKEN
    flipped = bytearray(good.read_bytes())
    with zipfile.ZipFile(good) as archive:
        at = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 60
    flipped[at : at + 40] = bytes(40)
    damaged = written(tmp_path, bytes(flipped), "damaged.xlsx")
    assert refusal(lambda: read_table(damaged)).fault is TableFault.WORKBOOK_BROKEN


def test_a_locked_and_an_old_workbook(tmp_path: Path) -> None:
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    locked = written(tmp_path, compound + "EncryptedPackage".encode("utf-16-le"), "locked.xlsx")
    assert refusal(lambda: read_table(locked)).fault is TableFault.WORKBOOK_ENCRYPTED
    old = written(tmp_path, compound, "old.xls")
    assert refusal(lambda: read_table(old)).fault is TableFault.WORKBOOK_OLD


def test_a_sheet_that_is_not_there_or_empty(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["unit", "item"], ["a", 1])
    assert refusal(lambda: read_table(path, sheet="Other")).fault is TableFault.SHEET_MISSING
    empty = workbook(tmp_path, name="empty.xlsx")
    assert refusal(lambda: read_table(empty)).fault is TableFault.TABLE_NO_ROWS
    header = workbook(tmp_path, ["unit", "item"], name="header.xlsx")
    assert refusal(lambda: read_table(header)).fault is TableFault.TABLE_NO_ROWS


def test_cells_without_a_trustworthy_value(tmp_path: Path) -> None:
    formula = workbook(tmp_path, ["unit", "item"], ["a", "=1+1"], name="formula.xlsx")
    error = refusal(lambda: read_table(formula))
    assert error.fault is TableFault.WORKBOOK_UNCALCULATED
    assert "B2" in str(error)
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["unit", "item"])
    book.active.append(["a", "#DIV/0!"])
    book.save(tmp_path / "error.xlsx")
    error = refusal(lambda: read_table(tmp_path / "error.xlsx"))
    assert error.fault is TableFault.WORKBOOK_ERROR_CELL
    assert "#DIV/0!" in str(error)


def test_a_broken_or_nested_parquet_file(tmp_path: Path) -> None:
    frame = pl.DataFrame({"unit": ["a"], "answers": [[1, 2]]})
    frame.write_parquet(tmp_path / "nested.parquet")
    error = refusal(lambda: read_table(tmp_path / "nested.parquet"))
    assert error.fault is TableFault.COLUMN_NESTED
    assert read_table(tmp_path / "nested.parquet", columns=["unit"]).n == 1
    half = written(tmp_path, cut(tmp_path / "nested.parquet"), "half.parquet")
    assert refusal(lambda: read_table(half)).fault is TableFault.PARQUET_BROKEN


def test_a_missing_column_names_its_neighbours(tmp_path: Path) -> None:
    path = written(tmp_path, b"Unit,wellbeing,hours\na,1,2\n")
    error = refusal(lambda: read_table(path, columns=["wellbein"]))
    assert error.fault is TableFault.COLUMN_MISSING
    assert "did you mean 'wellbeing'" in str(error)
    assert "Unit, wellbeing, hours" in str(error)
    assert "did you mean 'Unit'" in str(refusal(lambda: read_table(path).numbers("unit")))


NUMBERS = {
    "text": (b"2\ntwo\n3\nfour\n", TableFault.NUMBER_TEXT, [2, 4]),
    "a formula": (b"2\n=1+1\n", TableFault.NUMBER_TEXT, [2]),
    "a percentage": (b"50%\n2\n", TableFault.NUMBER_TEXT, [1]),
    "infinity": (b"2\n3\ninf\n", TableFault.NUMBER_INFINITE, [3]),
    "beyond what a number holds": (b"2\n1e999\n", TableFault.NUMBER_INFINITE, [2]),
    "too high": (b"2\n5\n9\n", TableFault.NUMBER_RANGE, [2, 3]),
    "too low": (b"2\n-1\n", TableFault.NUMBER_RANGE, [2]),
    "a decimal": (b"2\n2.5\n", TableFault.NUMBER_NOT_WHOLE, [2]),
    "nothing": (b"NA\n.\n", TableFault.COLUMN_EMPTY, [None]),
}


@pytest.mark.parametrize("kind", NUMBERS)
def test_numbers_are_refused_by_row_and_column(tmp_path: Path, kind: str) -> None:
    cells, fault, rows = NUMBERS[kind]
    path = written(tmp_path, b"item,x\n" + b"".join(cell + b",y\n" for cell in cells.splitlines()))
    error = refusal(lambda: read_table(path).numbers("item", low=0, high=4, whole=True))
    assert error.fault is fault
    assert [problem.place.row for problem in error.problems] == rows
    assert {problem.place.column for problem in error.problems} == {"item"}


def test_a_column_without_values_may_be_asked_for(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b"item,x\n,y\n"))
    assert np.isnan(table.numbers("item", may_be_empty=True)).all()


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (b"1,234\n2,500\n", TableFault.NUMBER_COMMA_AMBIGUOUS),
        (b"1,5\n2.5\n", TableFault.NUMBER_MARKS_MIXED),
        (b"1.234,5\n2,5\n", TableFault.NUMBER_TEXT),
    ],
)
def test_a_decimal_mark_that_cannot_be_known_is_refused(tmp_path: Path, cells: bytes, fault: Fault) -> None:
    path = written(tmp_path, b"x;item\n" + b"".join(b"y;" + cell + b"\n" for cell in cells.splitlines()))
    assert refusal(lambda: read_table(path).numbers("item")).fault is fault


def test_decimal_commas_beside_decimal_points_in_another_column_are_refused(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b"a;b\n1,5;2.5\n2,5;3.5\n"))
    assert refusal(lambda: table.numbers("a")).fault is TableFault.NUMBER_MARKS_MIXED


def test_a_comma_number_in_a_comma_file_is_text(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b'a,b\n"1,5",2\n'))
    assert refusal(lambda: table.numbers("a")).fault is TableFault.NUMBER_TEXT


def test_missing_units_and_repeated_ids_are_named_by_row(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b"id,unit\n1,a\n2,\n1,NA\n,b\n"))
    error = refusal(lambda: table.labels("unit"))
    assert error.fault is TableFault.UNIT_MISSING
    assert [problem.place.row for problem in error.problems] == [2, 3]
    assert refusal(lambda: table.paths(["id", "unit"])).fault is TableFault.UNIT_MISSING
    assert refusal(lambda: table.unique("id")).fault is TableFault.ID_MISSING
    twice = read_table(written(tmp_path, b"id,unit\n1,a\n2,a\n1,b\n"))
    error = refusal(lambda: twice.unique("id"))
    assert error.fault is TableFault.ID_DUPLICATE
    assert "row 3" in str(error)
    assert "row 1 already" in str(error)


def test_a_file_over_the_memory_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    rows = 200_000
    path = written(tmp_path, b"unit,item\n" + b"a,1\n" * rows)
    error = refusal(lambda: read_table(path, memory_limit=1_000_000))
    assert error.fault is TableFault.FILE_TOO_LARGE
    assert "1 MB" in str(error)
    assert read_table(path, columns=["item"], memory_limit=8_000_000).n == rows
    assert refusal(lambda: read_table(path, memory_limit=8_000_000)).fault is TableFault.FILE_TOO_LARGE


def test_a_huge_sparse_file_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    path = written(tmp_path, b"unit,item\n" + b"a,1\n" * 100_000)
    with path.open("r+b") as stream:
        stream.truncate(1 << 41)
    assert refusal(lambda: read_table(path)).fault is TableFault.FILE_TOO_LARGE


def test_ten_million_rows_do_not_fit_in_a_hundred_megabytes(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {"unit": pl.int_range(10_000_000, eager=True), "item": pl.repeat(1, 10_000_000, eager=True)}
    )
    frame.write_parquet(tmp_path / "big.parquet")
    error = refusal(lambda: read_table(tmp_path / "big.parquet", memory_limit=100_000_000))
    assert error.fault is TableFault.FILE_TOO_LARGE
    assert "640 MB" in str(error)


def test_a_zip_bomb_is_refused_by_what_it_would_unpack_to(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(20_000_000))
    error = refusal(lambda: read_table(tmp_path / "bomb.xlsx", memory_limit=50_000_000))
    assert error.fault is TableFault.FILE_TOO_LARGE


def test_the_memory_of_the_container_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit, used = tmp_path / "max", tmp_path / "current"
    limit.write_text("50000\n")
    used.write_text("20000\n")
    monkeypatch.setattr(memory, "_CGROUPS", ((limit, used),))
    assert memory.available_memory() == 30_000
    limit.write_text("max\n")
    monkeypatch.setattr(memory, "_MEMINFO", tmp_path / "none")
    assert memory.available_memory() is None


def test_an_empty_table_has_no_numbers() -> None:
    table = Table("none", pl.DataFrame({"x": pl.Series([], dtype=pl.Float64)}))
    assert refusal(lambda: table.numbers("x")).fault is TableFault.COLUMN_EMPTY
