"""A thief with copies from before and after a doubt: one was raised, and nothing says in which group."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import pytest
from tests.conditions.instances import Instance, instance, prepared

from replenish.basis import clock
from replenish.cli.instance_reading import read_tables
from replenish.disclosure.attack.at_rest.snapshot import Cell, Table
from replenish.sealing.secret import Secret
from replenish.voices import doubts
from replenish.voices.actions import check_in, spend_slip
from replenish.voices.doubts import DOUBTED, NOT_DOUBTED, raise_doubt, take_doubts
from replenish.voices.night_key import key_for_writing, wrap_row
from replenish.voices.nightly import rewrite
from replenish.voices.rounds import begin_season
from replenish.voices.slips import make_slips
from replenish.voices.statements import change
from replenish.voices.weeks import week_of

__all__ = ["instance", "prepared"]

UNITS = ("ash", "elm", "fir", "oak")
ROWS = "voices_groupdoubt"


@pytest.fixture
def members(instance: Instance) -> dict[str, list[Secret]]:
    """Two people with boxes in each of four groups, after a night."""
    today = clock.today()
    begin_season("season-1", groups={unit: f"group-{unit}" for unit in UNITS}, renew_until=today)
    cards: dict[str, list[Secret]] = {unit: [] for unit in UNITS}
    for slip in make_slips(season="season-1", counts=dict.fromkeys(UNITS, 2)):
        card = Secret.new()
        spend_slip(card, slip.code)
        check_in(card, {"replenish-weekly": {"sign.dread": 1.0}}, week_of(today))
        cards[slip.unit].append(card)
    rewrite()
    return cards


def copied() -> dict[str, Table]:
    return {table.name: table for table in read_tables()}


@dataclass(frozen=True)
class Trace:
    """What a copy shows of one row that another copy did not: each kind of trace there is."""

    changed: bool
    length: int
    grown: int
    written_by: float


def traces(before: Table, after: Table) -> dict[str, Trace]:
    was = dict(zip(before.column("id"), before.column("sealed"), strict=True))
    found = {}
    for number, (row, sealed) in enumerate(zip(after.column("id"), after.column("sealed"), strict=True)):
        writer = after.hidden["xmin"][number] if "xmin" in after.hidden else 0.0
        old = _bytes(was[row])
        found[str(row)] = Trace(
            old != _bytes(sealed), len(_bytes(sealed)), len(_bytes(sealed)) - len(old), writer
        )
    return found


def _bytes(cell: Cell) -> bytes:
    assert isinstance(cell, bytes)
    return cell


def elsewhere(before: dict[str, Table], after: dict[str, Table]) -> list[str]:
    """Other tables that are not as they were."""
    return [
        name
        for name in before
        if name != ROWS and (before[name].rows, before[name].hidden) != (after[name].rows, after[name].hidden)
    ]


def stands_out(raising: Callable[[], None]) -> Collection[str]:
    """The groups that the two copies let a thief tell from the others."""
    before = copied()
    raising()
    after = copied()
    assert elsewhere(before, after) == [], "no seat, no box and nothing else knows of it"
    found = traces(before[ROWS], after[ROWS])
    usual = max(set(found.values()), key=list(found.values()).count)
    return {row for row, trace in found.items() if trace != usual}


@pytest.mark.parametrize("unit", UNITS)
def test_two_copies_do_not_show_in_which_group_a_doubt_was_raised(
    members: dict[str, list[Secret]], unit: str
) -> None:
    assert stands_out(lambda: raise_doubt(members[unit][0])) == set()
    assert take_doubts() == {("season-1", f"group-{unit}")}


def test_it_cannot_be_told_which_member_it_was_or_how_many(members: dict[str, list[Secret]]) -> None:
    taken = []
    for raisers in ([0], [1], [0, 1], [1, 1, 0]):
        for one in raisers:
            assert stands_out(lambda one=one: raise_doubt(members["oak"][one])) == set()  # type: ignore[misc]
        taken.append(take_doubts())
        rewrite()
    assert set(taken) == {frozenset({("season-1", "group-oak")})}


def test_one_copy_shows_no_difference_between_a_doubt_and_none(members: dict[str, list[Secret]]) -> None:
    raise_doubt(members["oak"][0])
    (table,) = [table for name, table in copied().items() if name == ROWS]
    sealed = [_bytes(cell) for cell in table.column("sealed")]
    heads = {cell[: 2 + cell[1]] for cell in sealed}
    assert (len(heads), len({len(cell) for cell in sealed}), len(set(sealed))) == (1, 1, len(UNITS))


def test_a_doubt_that_writes_its_own_row_alone_is_found(
    members: dict[str, list[Secret]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def own_row_alone(doubted: Collection[str]) -> None:
        for row in doubted:
            sealed = wrap_row(key_for_writing(), row, DOUBTED)
            change("UPDATE voices_groupdoubt SET sealed = %s WHERE id = %s", [sealed, row])

    monkeypatch.setattr(doubts, "_write_all", own_row_alone)
    assert stands_out(lambda: raise_doubt(members["fir"][0])) == {"season-1/group-fir"}


def test_a_doubt_of_another_length_is_found(
    members: dict[str, list[Secret]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doubts, "DOUBTED", NOT_DOUBTED + DOUBTED)
    assert stands_out(lambda: raise_doubt(members["fir"][0])) == {"season-1/group-fir"}


def test_the_name_of_no_group_lies_beside_a_doubt_in_the_bytes(members: dict[str, list[Secret]]) -> None:
    """A doubt that was raised and taken leaves the rows as a night without one does."""
    before = copied()[ROWS]
    raise_doubt(members["ash"][0])
    take_doubts()
    rewrite()
    after = copied()[ROWS]
    assert [before.column("id"), *map(len, before.rows)] == [after.column("id"), *map(len, after.rows)]
    assert len(set(traces(before, after).values())) == 1
