"""Tables of facts: what is taken away can be brought back, and what cannot be read is named."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conditions import worlds
from tests.conditions.facts_world import month
from tests.conditions.instances import Instance
from tests.conditions.organisations import Staffed, staffed

from replenish.basis.errors import Refused
from replenish.basis.faults.facts import FactFault
from replenish.conditions.facts.book import Entry
from replenish.conditions.facts.cells import RowReader, kind_in, number_in
from replenish.conditions.facts.entering import enter_facts
from replenish.conditions.facts.files import (
    COLUMNS,
    MOST_BYTES,
    example_table,
    facts_table,
    rows_as_table,
    rows_of,
    text_of,
)
from replenish.conditions.facts.importing import LookedAt, look_at
from replenish.conditions.facts.kinds import kinds
from replenish.conditions.facts.reading import FactEntered, ProvidedInPeriod, entered_facts
from replenish.conditions.facts.trees import WHOLE, Trees, trees_of
from replenish.people.actions import rename_unit
from replenish.people.tree import Place
from replenish.report.files import FORMULA_STARTS

TODAY = date(2026, 6, 15)
HEADER = ",".join(COLUMNS)
GOOD = "Medicine / Ash,supervision_held,2026-01-01,2026-01-31,6,8,diaries"


@pytest.fixture
def world(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> Staffed:
    worlds.set_day(monkeypatch, date(2025, 12, 1))
    made = staffed()
    worlds.set_day(monkeypatch, TODAY)
    return made


def looked(world: Staffed, *rows: str, header: str = HEADER) -> LookedAt:
    return look_at(world.steward, "\n".join((header, *rows)))


def only(world: Staffed, row: str) -> tuple[FactFault, str]:
    """The one problem of a table with one good row and this one."""
    found = looked(world, GOOD, row)
    (problem,) = found.problems
    assert len(found.good) == 1
    assert (problem.place.row, [one.number for one in found.wrong]) == (2, [2])
    return problem.fault, problem.place.column or ""  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("row", "fault", "column"),
    [
        ("Medicine / Asch,vacancies,2026-01-01,2026-01-31,1,9,", FactFault.UNIT_UNKNOWN, "part"),
        (",vacancies,2026-01-01,2026-01-31,1,9,", FactFault.UNIT_UNKNOWN, "part"),
        ("Ash,moods,2026-01-01,2026-01-31,1,9,", FactFault.KIND_UNKNOWN, "fact"),
        ("Ash,vacancies,2026-01-31,2026-01-01,1,9,", FactFault.PERIOD_ORDER, "until"),
        ("Ash,vacancies,2026-02-30,2026-03-31,1,9,", FactFault.DAY, "from"),
        ("Ash,vacancies,January,2026-01-31,1,9,", FactFault.DAY, "from"),
        ("Ash,vacancies,03/04/2026,04/05/2026,1,9,", FactFault.DAY_TWO_WAYS, "from"),
        ("Ash,vacancies,2026-06-01,2026-06-30,1,9,", FactFault.PERIOD_NOT_OVER, "until"),
        ("Ash,vacancies,2026-01-01,2026-01-02,1,9,", FactFault.PERIOD_LENGTH, "until"),
        ("Ash,vacancies,2026-01-01,2026-01-31,one,9,", FactFault.NUMBER, "count"),
        ('Ash,agency_share,2026-01-01,2026-01-31,"1,240",9000,', FactFault.NUMBER, "count"),
        ("Ash,agency_share,2026-01-01,2026-01-31,1 240,9000,", FactFault.NUMBER, "count"),
        ("Ash,vacancies,2026-01-01,2026-01-31,,9,", FactFault.NUMBER_MISSING, "count"),
        ("Ash,vacancies,2026-01-01,2026-01-31,-1,9,", FactFault.NUMBER_BELOW, "count"),
        ("Ash,vacancies,2026-01-01,2026-01-31,0,0,", FactFault.OUT_OF_NOTHING, "out_of"),
        ("Ash,vacancies,2026-01-01,2026-01-31,10,9,", FactFault.COUNT_TOO_MUCH, "count"),
        ("Ash,breaks_kept,2026-01-01,2026-01-31,1.5,9,", FactFault.NUMBER_WHOLE, "count"),
        ("Ash,vacancies,2026-01-01,2026-01-31,1,9", FactFault.FILE_WIDTH, ""),
        ("Ash,vacancies,2026-01-01,2026-01-31,1,9,x,y", FactFault.FILE_WIDTH, ""),
        ("Ash,supervision_held,2026-01-31,2026-02-27,1,9,", FactFault.TWICE_IN_FILE, "from"),
        (GOOD, FactFault.TWICE_IN_FILE, "from"),
        ("Oak,sickness_absence,2026-01-01,2026-01-31,1,90,", FactFault.NO_GROUPS, "part"),
    ],
)
def test_every_problem_says_its_row_its_column_and_its_reason(
    world: Staffed, row: str, fault: FactFault, column: str
) -> None:
    assert only(world, row) == (fault, column)


@pytest.mark.parametrize(
    "row",
    [
        "Ash,vacancies,2026-01-01,2026-01-31,2.5,9,",
        'Ash,vacancies,2026-01-01,2026-01-31,"2,5",9,',
        " medicine / ASH ,Posts that are empty,1/1/2026,31/01/2026,2.50,9.0,",
        "Ash,VACANCIES,01.01.2026,31.01.2026,2.5,9,",
        "Ash,vacancies,01/01/2026,01/31/2026,2.5,9,",
    ],
)
def test_what_can_be_read_in_one_way_is_read(world: Staffed, row: str) -> None:
    (entry,) = looked(world, row).good
    assert entry == Entry(
        world.units["Ash"], "vacancies", date(2026, 1, 1), date(2026, 1, 31), Decimal("2.5"), Decimal(9), ""
    )


def test_days_that_could_be_two_are_read_where_one_reading_fits(world: Staffed) -> None:
    (entry,) = looked(world, "Ash,vacancies,01/02/2026,28/02/2026,1,9,").good
    assert (entry.first_day, entry.last_day) == (date(2026, 2, 1), date(2026, 2, 28))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_files_of_every_spreadsheet_are_read(world: Staffed, separator: str, encoding: str) -> None:
    rename_unit(asker=world.operator, unit=world.units["Ash"], name="Äsche")
    days = "2026-06-01", "2026-06-14"
    text = "\r\n".join(
        separator.join(row) for row in (COLUMNS, ("*", "breaks_kept", *days, "40", "60", "Büro"), (" ",) * 7)
    )
    found = look_at(world.steward, text_of(text.encode(encoding)))
    assert [(entry.unit, entry.source) for entry in found.good] == [(WHOLE, "Büro")]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", FactFault.FILE_EMPTY),
        (b"\xef\xbb\xbf \n", FactFault.FILE_EMPTY),
        (b"PK\x03\x04\x00", FactFault.FILE_NOT_TEXT),
        (b"part\x81\x8d", FactFault.FILE_NOT_TEXT),
        (b"part fact from", FactFault.FILE_SEPARATOR),
        (b"part,fact,from,until,count\n", FactFault.FILE_COLUMN),
        (b'part,fact,from,until,count,out_of\n"Ash,a,b,c,d,e\n', FactFault.FILE_SEPARATOR),
        (b"x" * (MOST_BYTES + 1), FactFault.FILE_TOO_LARGE),
        (b"part,fact,from,until,count,out_of\n" + b"a,b,c,d,1,2\n" * 10_001, FactFault.FILE_TOO_LARGE),
    ],
)
def test_what_is_no_table_is_refused_whole(content: bytes, fault: FactFault) -> None:
    with pytest.raises(Refused) as caught:
        rows_of(text_of(content))
    assert caught.value.fault is fault


def test_rows_that_nobody_filled_in_are_left_out(world: Staffed) -> None:
    trees = trees_of(world.id)
    tree = trees.on(TODAY)
    asked = [(unit, kind) for unit in ("", *tree.units) for kind in kinds().values()]
    table = example_table(asked, tree, *month(4))
    found = look_at(world.steward, table)
    assert (found.empty, found.good, found.problems) == (len(asked), (), ())
    assert "\r\n*,supervision_held,2026-05-01,2026-05-31,,,\r\n" in table


def test_what_was_taken_away_comes_back_unchanged(world: Staffed) -> None:
    rows = [
        GOOD,
        "*,vacancies,2026-02-01,2026-02-28,2.5,20,\"rota, and 'payroll'\"",
        "Fir,restraints,2026-01-01,2026-03-31,7,1240,=book",
    ]
    enter_facts(asker=world.steward, entries=looked(world, *rows).good)
    table = facts_table(entered_facts(world.id), trees_of(world.id))
    found = look_at(world.steward, table)
    assert (found.there, found.good, found.problems) == (3, (), ())
    assert enter_facts(asker=world.steward, entries=looked(world, *rows).good).entered == 0
    other = staffed(name="Other House")
    brought = look_at(other.steward, table)
    assert (len(brought.good), brought.problems) == (3, ())
    enter_facts(asker=other.steward, entries=brought.good)
    assert facts_table(entered_facts(other.id), trees_of(other.id)) == table


NAMES = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12).filter(
    lambda name: "/" not in name and name not in ("*", "'")
)


@given(st.lists(st.tuples(NAMES, st.integers(0, 10**6), st.integers(1, 10**6)), min_size=1, max_size=4))
def test_any_name_and_any_number_comes_back(told: list[tuple[str, int, int]]) -> None:
    named = {f"u{place}": name for place, (name, _, _) in enumerate(told)}
    places = [Place(unit, None, f"{unit} {name}", date(2020, 1, 1), None) for unit, name in named.items()]
    trees = Trees(places, date(2020, 1, 1))
    first, last = month(0)
    facts = [
        FactEntered(
            "f", f"u{place}", "agency_share",
            ProvidedInPeriod(first, last, Decimal(count) / 100, Decimal(out_of) / 100, name, added_up=False),
            "a", TODAY, "", "current", "", None,
        )
        for place, (name, count, out_of) in enumerate(told)
    ]  # fmt: skip
    table = facts_table(facts, trees)
    for row in list(csv.reader(io.StringIO(table, newline="")))[1:]:
        assert not any(cell.startswith(FORMULA_STARTS) for cell in row)
    reader = RowReader(trees)
    read = [reader.read(row) for row in rows_of(table)]
    expected = [
        Entry(one.unit, one.kind, first, last, one.period.count, one.period.out_of, one.period.source)
        for one in facts
    ]
    assert read == expected
    assert rows_as_table(rows_of(table)) == table


def test_numbers_and_kinds_by_themselves() -> None:
    assert number_in("12,5") == number_in("12.5") == number_in("12.50") == Decimal("12.5")
    for text in ("1e3", "٣", "12.345", "1,2,3", "$5", "½", "nan", "0x1f", "1_0"):
        with pytest.raises(Refused):
            number_in(text)
    assert kind_in("Breaks Taken") == kind_in("breaks_kept") == "breaks_kept"
