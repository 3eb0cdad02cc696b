"""Tables: every way a file of answers is written, read to the same columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from replenish.measures.tables import Table, read_header, read_table
from replenish.measures.tables.spelling import MISSING
from replenish.measures.tables.structure import structure_of

pytestmark = pytest.mark.patient

ROWS = [["unit", "näme", "item1", "share"], ["07", 'Ann "A", Lee', "3", "0.5"], ["8", "Bö", "", "1.25"]]


def write(folder: Path, content: bytes, name: str = "answers.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def as_csv(separator: str, *, line_end: str = "\n") -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator, lineterminator=line_end).writerows(ROWS)
    return buffer.getvalue()


def check_the_rows(table: Table) -> None:
    assert table.columns == ["unit", "näme", "item1", "share"]
    assert table.labels("unit") == ["07", "8"]
    assert table.labels("näme") == ['Ann "A", Lee', "Bö"]
    np.testing.assert_array_equal(table.numbers("item1"), [3.0, np.nan])
    np.testing.assert_array_equal(table.numbers("share"), [0.5, 1.25])


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_separator_encoding_and_line_end_reads_the_same(
    tmp_path: Path, separator: str, encoding: str, line_end: str
) -> None:
    content = as_csv(separator, line_end=line_end).encode(encoding)
    path = write(tmp_path, content)
    check_the_rows(read_table(path))
    assert read_header(path) == ["unit", "näme", "item1", "share"]


def test_a_workbook_reads_the_same(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Answers", 0)
    for row in [ROWS[0], ["07", 'Ann "A", Lee', 3, 0.5], ["8", "Bö", None, 1.25], [None] * 4]:
        sheet.append(row)
    book.save(tmp_path / "answers.xlsx")
    check_the_rows(read_table(tmp_path / "answers.xlsx"))
    check_the_rows(read_table(tmp_path / "answers.xlsx", sheet="Answers"))
    assert read_header(tmp_path / "answers.xlsx") == ["unit", "näme", "item1", "share"]


def test_a_parquet_file_reads_the_same(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "unit": ["07", "8"],
            "näme": ['Ann "A", Lee', "Bö"],
            "item1": pl.Series([3, None], dtype=pl.Int8),
            "share": pl.Series([0.5, 1.25], dtype=pl.Float32),
        }
    )
    frame.write_parquet(tmp_path / "answers.parquet")
    check_the_rows(read_table(tmp_path / "answers.parquet"))
    assert read_header(tmp_path / "answers.parquet") == ["unit", "näme", "item1", "share"]


def test_only_the_columns_asked_for_are_read_in_the_order_asked(tmp_path: Path) -> None:
    path = write(tmp_path, as_csv(";").encode())
    assert read_table(path, columns=["share", "unit"]).columns == ["share", "unit"]


@pytest.mark.parametrize("spelling", ["", "NA", "N/A", "n/a", ".", "-", "NULL", "NaN"])
def test_every_spelling_of_missing_is_missing_and_never_zero(tmp_path: Path, spelling: str) -> None:
    table = read_table(write(tmp_path, f"unit,item\na,1\nb, {spelling}\nc,{spelling}\n".encode()))
    np.testing.assert_array_equal(table.numbers("item"), [1.0, np.nan, np.nan])


def test_other_words_for_missing_stay_text(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, b"unit,item\nnone,1\nMissing,2\n"))
    assert table.labels("unit") == ["none", "Missing"]


def test_workbook_numbers_keep_all_their_digits(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["x", "y"])
    book.active.append([1 / 3, 1])
    book.active.append([2 / 3, 2])
    book.save(tmp_path / "a.xlsx")
    np.testing.assert_array_equal(read_table(tmp_path / "a.xlsx").numbers("x"), [1 / 3, 2 / 3])


def test_decimal_commas_are_read_where_the_comma_is_not_the_separator(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, b"unit;a;b;c\nx;1,5;1,234;2\ny;2;0,5;\n"))
    np.testing.assert_array_equal(table.numbers("a"), [1.5, 2.0])
    np.testing.assert_array_equal(table.numbers("b"), [1.234, 0.5])
    np.testing.assert_array_equal(table.numbers("c"), [2.0, np.nan])


def test_codes_keep_their_leading_zeros_and_are_still_numbers_when_asked(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, b"unit,x\n01,1\n1,2\n"))
    assert table.labels("unit") == ["01", "1"]
    np.testing.assert_array_equal(table.numbers("unit"), [1.0, 1.0])


@given(
    content=st.text('01,\n"x é', max_size=40).map(str.encode), cuts=st.lists(st.integers(0, 60), max_size=4)
)
def test_the_structure_of_a_file_does_not_depend_on_where_its_blocks_are_cut(
    content: bytes, cuts: list[int]
) -> None:
    edges = [0, *sorted(cuts), len(content)]
    blocks = [content[a:b] for a, b in pairwise(edges) if content[a:b]]
    assert structure_of(blocks, ",") == structure_of([content] if content else [], ",")


def test_a_leading_zero_is_seen_wherever_a_block_is_cut() -> None:
    content = b'a,b\n1,"07"\n'
    assert structure_of([content], ",").padded
    for first in range(1, len(content)):
        for second in range(first, len(content)):
            blocks = [content[:first], content[first:second], content[second:]]
            assert structure_of([block for block in blocks if block], ",").padded
    assert not structure_of([b"a,b\n10,0.7\n"], ",").padded


def test_digits_too_long_for_exact_arithmetic_stay_text(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, b"card,x\n9007199254740993,1\n9007199254740992,2\n"))
    assert table.unique("card") == ["9007199254740993", "9007199254740992"]


def test_a_later_cell_of_another_kind_changes_the_type_and_loses_nothing(tmp_path: Path) -> None:
    lines = ["n,late"] + [f"{k},{k}" for k in range(3000)] + ["3000.5,word"]
    table = read_table(write(tmp_path, "\n".join(lines).encode()))
    assert table.numbers("n")[-1] == 3000.5
    assert table.labels("late")[-2:] == ["2999", "word"]


def test_blank_lines_are_skipped_and_a_blank_line_inside_quotation_marks_is_kept(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, b'\na,b\n\n1,"x\n\ny"\n2,z\n\n\n'))
    assert table.n == 2
    assert table.labels("b") == ["x\n\ny", "z"]


def test_a_lone_quotation_mark_inside_a_field_is_kept(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, b'a,b\n1,5" pipe\n2,z\n'))
    assert table.labels("b") == ['5" pipe', "z"]


def test_a_column_without_a_name_is_called_by_its_place(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, b",x\n1,2\n"))
    assert table.columns == ["unnamed column 1", "x"]


def test_a_single_column_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    np.testing.assert_array_equal(
        read_table(write(tmp_path, b"x\n1\n2\n"), columns=["x"]).numbers("x"), [1.0, 2.0]
    )


def test_a_formula_is_text_and_is_never_worked_out(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, b'a,b\n=1+1,"=HYPERLINK(""x"")"\n@x,y\n'))
    assert table.labels("a") == ["=1+1", "@x"]
    assert table.labels("b")[0] == '=HYPERLINK("x")'


def test_a_tree_of_units_is_read_outermost_first(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, b"service,team,x\nNorth,1,2\nNorth,2,3\n"))
    assert table.paths(["service", "team"]) == [("North", "1"), ("North", "2")]


def test_a_repeated_name_among_columns_not_asked_for_does_no_harm(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, b"a,note,note\n1,x,y\n"), columns=["a"])
    np.testing.assert_array_equal(table.numbers("a"), [1.0])


CELL = st.one_of(
    st.integers(-10_000, 10_000).map(str),
    st.floats(-1e6, 1e6, allow_nan=False).map(repr),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8),
)


@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=12),
    separator=st.sampled_from([",", ";", "\t", "|"]),
    quote_all=st.booleans(),
)
def test_every_table_comes_back_cell_by_cell(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str, str]],
    separator: str,
    quote_all: bool,
) -> None:
    buffer = io.StringIO()
    writer = csv.writer(
        buffer,
        delimiter=separator,
        quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL,
        lineterminator="\n",
    )
    writer.writerows([("first", "second", "third"), *rows])
    table = read_table(write(tmp_path_factory.mktemp("t"), buffer.getvalue().encode()))
    assert table.n == len(rows)
    for place, name in enumerate(("first", "second", "third")):
        for cell, read in zip((row[place].strip() for row in rows), table.texts(name), strict=True):
            if cell in MISSING:
                assert read is None
            elif read != cell:
                assert read is not None
                assert float(read) == float(cell.replace(",", "."))


@pytest.mark.realdata
def test_the_real_tables_have_the_rows_they_are_known_to_have(realdata: Callable[[str], Path]) -> None:
    sizes = {
        name: (table.n, len(table.columns))
        for name in ("bh1996", "cdi", "francdat", "hox_nurses", "medstudents_items", "workplace_stress_esm")
        for table in [read_table(realdata(f"{name}.csv"))]
    }
    assert sizes == {
        "bh1996": (7382, 5),
        "cdi": (36, 5),
        "francdat": (8, 8),
        "hox_nurses": (1000, 11),
        "medstudents_items": (783, 32),
        "workplace_stress_esm": (2015, 37),
    }
    assert read_table(realdata("bh1996.csv")).numbers("wellbeing", low=0, high=5).mean() == pytest.approx(
        float(np.loadtxt(realdata("bh1996.csv"), delimiter=",", skiprows=1)[:, 4].mean()), rel=1e-12
    )
