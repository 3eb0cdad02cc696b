"""Facts about people: whatever figures are kept, no sum or difference of them tells about a few."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conditions import worlds
from tests.conditions.facts_world import FEBRUARY, JANUARY, fact
from tests.conditions.instances import Instance
from tests.conditions.organisations import Staffed, staffed

from replenish.basis.errors import Refused
from replenish.basis.faults.facts import FactFault
from replenish.conditions.facts.book import Book, Entry, Kept, SeasonGroups, hundredths
from replenish.conditions.facts.entering import enter_fact, take_back
from replenish.conditions.facts.people_scopes import people_in, people_problems
from replenish.conditions.facts.trees import WHOLE, Trees
from replenish.conditions.models import FactState
from replenish.conditions.rounds import plan_season
from replenish.disclosure.bands import FLOOR
from replenish.disclosure.partition import plan_partition
from replenish.people.actions import add_unit, move_unit
from replenish.people.tree import Place

TODAY = date(2026, 6, 15)
BEGINS = date(2026, 1, 1)


@pytest.fixture
def world(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> Staffed:
    worlds.set_day(monkeypatch, date(2025, 12, 1))
    made = staffed()
    plan_season(asker=made.steward, starts_on=date(2025, 12, 1))
    worlds.set_day(monkeypatch, TODAY)
    return made


def entered(world: Staffed, name: str, days: tuple[date, date] = JANUARY) -> str:
    unit = world.units[name] if name else WHOLE
    return enter_fact(asker=world.steward, entry=fact(unit, 12.5, 600, kind="sickness_absence", days=days))


def refused(world: Staffed, name: str, days: tuple[date, date] = JANUARY) -> Refused:
    with pytest.raises(Refused) as caught:
        entered(world, name, days)
    return caught.value


def test_a_part_that_cuts_through_a_group_has_none(world: Staffed) -> None:
    for name in ("Ash", "Fir", "Yew", "Medicine", "Surgery", ""):
        entered(world, name)
    for name in ("Elm", "Oak"):
        said = refused(world, name)
        assert said.fault is FactFault.NOT_GROUPS
        assert "Elm + Oak" in str(said) or "Oak" in str(said)
    enter_fact(asker=world.steward, entry=fact(world.units["Oak"], kind="vacancies"))


def test_a_week_is_too_short(world: Staffed) -> None:
    week = (date(2026, 1, 5), date(2026, 1, 11))
    assert refused(world, "Ash", week).fault is FactFault.PERIOD_LENGTH


def test_without_groups_there_are_none(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    worlds.set_day(monkeypatch, date(2025, 12, 1))
    home = staffed({"Home": {"Day": 3, "Night": 3}})
    worlds.set_day(monkeypatch, TODAY)
    assert refused(home, "").fault is FactFault.NO_GROUPS
    worlds.set_day(monkeypatch, date(2025, 12, 1))
    plan_season(asker=home.steward, starts_on=date(2025, 12, 1))
    worlds.set_day(monkeypatch, TODAY)
    said = refused(home, "")
    assert said.fault is FactFault.NO_GROUPS
    assert "would show somebody" in str(said)
    enter_fact(asker=home.steward, entry=fact(home.units["Day"], kind="breaks_kept"))


def test_a_new_team_waits_for_a_season_that_knows_it(world: Staffed, monkeypatch: pytest.MonkeyPatch) -> None:
    add_unit(asker=world.operator, name="Bay", parent=world.units["Surgery"])
    worlds.set_day(monkeypatch, date(2026, 8, 10))
    july = (date(2026, 7, 1), date(2026, 7, 31))
    assert refused(world, "Surgery", july).fault is FactFault.NOT_IN_SEASON
    entered(world, "Medicine", july)
    june = (date(2026, 6, 1), date(2026, 6, 30))
    assert refused(world, "Surgery", june).fault is FactFault.UNITS_CHANGED


def test_a_group_that_a_move_has_cut_has_none_until_the_next_season(
    world: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small team has moved between two large parts; a group that lies in both of them now has no figure."""
    move_unit(asker=world.operator, unit=world.units["Oak"], parent=world.units["Surgery"])
    worlds.set_day(monkeypatch, date(2026, 12, 1))
    entered(world, "Surgery", (date(2026, 5, 1), date(2026, 6, 14)))
    later = (date(2026, 6, 20), date(2026, 8, 31))
    assert refused(world, "Surgery", later).fault is FactFault.NOT_GROUPS


def test_what_was_taken_back_was_still_read(world: Staffed) -> None:
    """A team that has become small must not show as the difference between two figures of the same days."""
    take_back(asker=world.steward, fact=entered(world, "Ash"))
    world.declare({"Ash": 3})
    plan_season(asker=world.steward, starts_on=TODAY)
    said = refused(world, "Medicine")
    assert said.fault is FactFault.TOO_FEW_BETWEEN
    assert "fewer than 7 people" in str(said)
    entered(world, "Medicine", FEBRUARY)


@st.composite
def small_worlds(draw: st.DrawFn) -> tuple[Trees, list[SeasonGroups]]:
    """Two levels of units with headcounts, and the groups of two seasons: people come and go between them."""
    places, first = [], date(2025, 1, 1)
    paths: dict[tuple[str, ...], str] = {}
    for branch in range(draw(st.integers(1, 3))):
        places.append(Place(f"b{branch}", None, f"b{branch}", first, None))
        for leaf in range(draw(st.integers(1, 3))):
            unit = f"b{branch}u{leaf}"
            places.append(Place(unit, f"b{branch}", unit, first, None))
            paths[f"b{branch}", unit] = unit
    seasons = []
    for _ in range(2):
        people = {unit: draw(st.integers(1, 30)) for unit in paths.values()}
        groups = plan_partition({path: people[unit] for path, unit in paths.items()}).groups
        if groups:
            labels = {unit: group.label for group in groups for unit in group.units}
            of = {paths[path]: label for path, label in labels.items()}
            seasons.append(SeasonGroups(of, people))
    return Trees(places, first), seasons


@given(st.data())
def test_no_sum_or_difference_of_what_is_kept_tells_about_a_few(data: st.DataObject) -> None:
    trees, seasons = data.draw(small_worlds())
    kept: list[Entry] = []
    for groups in seasons:
        units = [WHOLE, *trees.on(BEGINS).units]
        for unit in data.draw(st.permutations(units)):
            book = Book("o", FLOOR, trees, groups)
            for place, one in enumerate(kept):
                book.add(as_row(place, one))
            days = data.draw(st.sampled_from([JANUARY, FEBRUARY, (BEGINS, date(2026, 3, 31))]))
            entry = fact(unit, 5, 600, kind="sickness_absence", days=days)
            if not list(people_problems(entry, book)):
                kept.append(entry)
                for day in {days[0], days[1]}:
                    require_no_few(kept, day, trees, groups)


def as_row(place: int, one: Entry) -> Kept:
    return Kept(
        str(place), one.unit, one.kind, one.first_day, one.last_day,
        hundredths(one.count), hundredths(one.out_of), FactState.CURRENT,
    )  # fmt: skip


def require_no_few(kept: list[Entry], day: date, trees: Trees, groups: SeasonGroups) -> None:
    """No two figures of a day differ by a few people, and none is about a few, nor what two of them share."""
    tree = trees.on(day)
    covers = [people_in(tree, one.unit, groups) for one in kept if one.first_day <= day <= one.last_day]
    for one in covers:
        for other in covers:
            for few in (one - other, one & other, one):
                assert not few or sum(groups.people[unit] for unit in few) >= FLOOR
