"""Facts of provision: added up from their parts, corrected without losing a row, entered by those who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conditions import worlds
from tests.conditions.facts_world import FEBRUARY, MARCH, fact
from tests.conditions.instances import Instance
from tests.conditions.organisations import Staffed, staffed

from replenish.basis.errors import Refused
from replenish.basis.faults import PeopleFault
from replenish.basis.faults.facts import FactFault
from replenish.conditions.facts.adding_up import sums_of
from replenish.conditions.facts.entering import correct_fact, enter_fact, take_back
from replenish.conditions.facts.kinds import Kind, kinds
from replenish.conditions.facts.reading import ProvidedInPeriod, entered_facts, facts_of
from replenish.conditions.facts.trees import WHOLE, Tree
from replenish.conditions.models import AddedUp, FactState, ProvidedFact
from replenish.ledger.models import Entry as LedgerEntry
from replenish.people.actions import appoint, dissolve_unit, move_unit
from replenish.people.askers import Asker
from replenish.people.tree import UnitInTree

TODAY = date(2026, 6, 15)
LATER = date(2026, 12, 31)


@pytest.fixture
def world(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> Staffed:
    worlds.set_day(monkeypatch, date(2025, 12, 1))
    made = staffed()
    worlds.set_day(monkeypatch, TODAY)
    return made


def told(world: Staffed, *names: str, kind: str = "supervision_held") -> tuple[ProvidedInPeriod, ...]:
    units = [world.units[name] for name in names] or [WHOLE]
    found = facts_of(world.id, units, LATER)
    return next((one.periods for one in found if one.kind.code == kind), ())


def sums(world: Staffed, *names: str) -> list[tuple[str, bool]]:
    """The same in short: how many of how many, and whether parts were added up."""
    return [(f"{one.count} of {one.out_of}", one.added_up) for one in told(world, *names)]


def refused(world: Staffed, **changed: object) -> set[FactFault]:
    entry = replace(fact(world.units["Ash"]), **changed)  # type: ignore[arg-type]
    with pytest.raises(Refused) as caught:
        enter_fact(asker=world.steward, entry=entry)
    assert not ProvidedFact.objects.exists()
    return {one.fault for one in caught.value.problems}  # type: ignore[misc]


def test_every_kind_says_what_it_counts_and_why() -> None:
    for kind in kinds().values():
        assert kind.definition.endswith(".")
        assert kind.hint.endswith(".")
        assert kind.source
    about = {code for code, kind in kinds().items() if kind.about_people}
    assert about == {"sickness_absence", "turnover"}


def test_counts_add_up_from_the_parts_and_shares_never_do(world: Staffed) -> None:
    for name, count, out_of in (("Ash", 6, 8), ("Elm", 1, 2), ("Oak", 3, 3)):
        enter_fact(asker=world.steward, entry=fact(world.units[name], count, out_of))
    assert sums(world, "Medicine") == [("10 of 13", True)]
    assert told(world) == ()
    enter_fact(asker=world.steward, entry=fact(world.units["Surgery"], 7, 10, source="diaries"))
    assert sums(world) == [("17 of 23", True)]
    (surgery,) = told(world, "Surgery")
    assert (surgery.added_up, surgery.source) == (False, "diaries")
    assert sums(world, "Elm", "Oak") == [("4 of 5", True)]


def test_a_figure_of_its_own_goes_before_a_sum(world: Staffed) -> None:
    for name in ("Fir", "Yew"):
        enter_fact(asker=world.steward, entry=fact(world.units[name], 1, 2))
    enter_fact(asker=world.steward, entry=fact(world.units["Surgery"], 5, 9))
    assert sums(world, "Surgery") == [("5 of 9", False)]


def test_parts_with_other_days_have_no_sum(world: Staffed) -> None:
    enter_fact(asker=world.steward, entry=fact(world.units["Fir"]))
    enter_fact(asker=world.steward, entry=fact(world.units["Yew"], days=FEBRUARY))
    assert told(world, "Surgery") == told(world, "Fir", "Yew") == ()


def test_a_later_move_changes_no_earlier_sum(world: Staffed, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Fir", "Yew"):
        enter_fact(asker=world.steward, entry=fact(world.units[name]))
    move_unit(asker=world.operator, unit=world.units["Yew"], parent=world.units["Medicine"])
    worlds.set_day(monkeypatch, date(2026, 8, 1))
    enter_fact(asker=world.steward, entry=fact(world.units["Fir"], days=FEBRUARY))
    enter_fact(asker=world.steward, entry=fact(world.units["Yew"], days=FEBRUARY))
    assert len(told(world, "Surgery")) == 2
    july = (date(2026, 7, 1), date(2026, 7, 31))
    enter_fact(asker=world.steward, entry=fact(world.units["Fir"], days=july))
    assert [one.last_day for one in told(world, "Surgery")][-1] == july[1]
    june = (date(2026, 6, 1), date(2026, 6, 30))
    enter_fact(asker=world.steward, entry=fact(world.units["Fir"], days=june))
    assert june[1] not in {one.last_day for one in told(world, "Surgery")}, "its parts changed in that month"


def test_a_correction_keeps_the_row_it_corrects(world: Staffed) -> None:
    for name in ("Fir", "Yew"):
        enter_fact(asker=world.steward, entry=fact(world.units[name], 6, 8))
    wrong = next(row for row in entered_facts(world.id) if row.unit == world.units["Fir"])
    right = correct_fact(asker=world.steward, fact=wrong.fact, entry=fact("", 7, 9))
    assert sums(world, "Surgery") == [("13 of 17", True)]
    rows = {row.fact: row for row in entered_facts(world.id, current=False)}
    assert (rows[wrong.fact].state, rows[right].replaces) == (FactState.CORRECTED, wrong.fact)
    assert rows[wrong.fact].ended_by == world.steward.account
    take_back(asker=world.steward, fact=right)
    take_back(asker=world.steward, fact=right)
    assert told(world, "Fir") == told(world, "Surgery") == ()
    assert ProvidedFact.objects.count() == 3
    events = list(LedgerEntry.objects.order_by("number").values_list("event", flat=True))[-4:]
    assert events == ["fact_entered", "fact_entered", "fact_corrected", "fact_taken_back"]
    with pytest.raises(Refused) as caught:
        correct_fact(asker=world.steward, fact=wrong.fact, entry=fact("", 1, 9))
    assert caught.value.fault is FactFault.FACT_UNKNOWN


def test_the_same_figure_again_changes_nothing(world: Staffed) -> None:
    entry = fact(world.units["Ash"])
    first = enter_fact(asker=world.steward, entry=entry)
    assert enter_fact(asker=world.steward, entry=entry) == first
    assert correct_fact(asker=world.steward, fact=first, entry=entry) == first
    assert ProvidedFact.objects.count() == 1


def test_what_cannot_be_is_refused_with_every_reason(world: Staffed) -> None:
    assert refused(world, last_day=TODAY) >= {FactFault.PERIOD_NOT_OVER}
    assert refused(world, last_day=date(2025, 12, 1)) == {FactFault.PERIOD_ORDER}
    assert refused(world, last_day=date(2026, 1, 4)) == {FactFault.PERIOD_LENGTH}
    assert refused(world, first_day=date(2025, 10, 1)) == {FactFault.PERIOD_LENGTH}
    assert refused(world, first_day=date(2006, 1, 1), last_day=date(2006, 1, 31)) == {
        FactFault.PERIOD_TOO_EARLY
    }
    assert refused(world, count=Decimal(9)) == {FactFault.COUNT_TOO_MUCH}
    assert refused(world, count=Decimal("1.5")) == {FactFault.NUMBER_WHOLE}
    assert refused(world, count=Decimal(-1), out_of=Decimal(0)) == {
        FactFault.NUMBER_BELOW,
        FactFault.OUT_OF_NOTHING,
    }
    assert refused(world, out_of=Decimal(10**9)) == {FactFault.OUT_OF_TOO_MUCH}
    assert refused(world, kind="mood") == {FactFault.KIND_UNKNOWN}
    assert refused(world, source="x" * 201) == {FactFault.SOURCE}
    enter_fact(asker=world.steward, entry=fact(world.units["Ash"]))
    across = (date(2026, 1, 20), date(2026, 2, 10))
    with pytest.raises(Refused) as caught:
        enter_fact(asker=world.steward, entry=fact(world.units["Ash"], days=across))
    assert caught.value.fault is FactFault.PERIOD_OVERLAPS
    assert "2026-01-01" in str(caught.value)
    enter_fact(asker=world.steward, entry=fact(world.units["Ash"], days=FEBRUARY))
    enter_fact(asker=world.steward, entry=fact(world.units["Elm"]))
    rate = fact(world.units["Ash"], 3, 2, kind="restraints")
    enter_fact(asker=world.steward, entry=rate)


def asker_as(world: Staffed, role: str, unit: str | None = None) -> Asker:
    return Asker(world.id, appoint(asker=world.operator, role=role, name=f"A {role}", unit=unit).account)


@pytest.mark.parametrize(
    ("role", "unit", "entered"),
    [
        ("steward", "Medicine", {"supervision_held", "debrief_held", "vacancies"}),
        ("deputy", "Ash", {"supervision_held", "debrief_held", "vacancies"}),
        ("steward", "Surgery", set()),
        ("facilitator", None, {"debrief_held"}),
        ("supervisor", None, {"supervision_held"}),
        ("representative", None, set()),
        ("operator", None, set()),
    ],
)
def test_who_answers_for_a_part_enters_its_facts(
    world: Staffed, role: str, unit: str | None, entered: set[str]
) -> None:
    asker = asker_as(world, role, world.units[unit] if unit else None)
    done = set()
    for kind in ("supervision_held", "debrief_held", "vacancies"):
        entry = fact(world.units["Ash"], kind=kind)
        if kind in entered:
            enter_fact(asker=asker, entry=entry)
            done.add(kind)
            continue
        with pytest.raises(Refused) as caught:
            enter_fact(asker=asker, entry=entry)
        assert caught.value.fault is PeopleFault.NOT_ALLOWED
    assert done == entered


def test_nobody_of_another_organisation_touches_a_figure(world: Staffed) -> None:
    other = staffed(name="Other House")
    row = enter_fact(asker=world.steward, entry=fact(world.units["Ash"]))
    for asker in (other.steward, other.representative, other.operator):
        with pytest.raises(Refused) as caught:
            correct_fact(asker=asker, fact=row, entry=fact(world.units["Ash"], 1))
        assert caught.value.fault is PeopleFault.UNIT_UNKNOWN
        with pytest.raises(Refused):
            take_back(asker=asker, fact=row)
        with pytest.raises(Refused):
            enter_fact(asker=asker, entry=fact(world.units["Ash"], days=MARCH))
    assert facts_of(other.id, [world.units["Ash"]], LATER) == ()
    assert entered_facts(other.id) == ()


def test_a_unit_that_has_ended_takes_no_later_figure(world: Staffed, monkeypatch: pytest.MonkeyPatch) -> None:
    dissolve_unit(asker=world.operator, unit=world.units["Yew"])
    worlds.set_day(monkeypatch, date(2026, 8, 1))
    enter_fact(asker=world.steward, entry=fact(world.units["Yew"]))
    july = (date(2026, 7, 1), date(2026, 7, 31))
    with pytest.raises(Refused) as caught:
        enter_fact(asker=world.steward, entry=fact(world.units["Yew"], days=july))
    assert "Yew" in str(caught.value)


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """A tree of units, each below an earlier one or at the top."""
    count = draw(st.integers(1, 9))
    units: dict[str, UnitInTree] = {}
    below: dict[str, list[str]] = {}
    for place in range(count):
        parent = draw(st.sampled_from([None, *units]))
        path = (*(units[parent].path if parent else ()), f"u{place}")
        units[f"u{place}"] = UnitInTree(f"u{place}", parent, f"u{place}", path, is_leaf=False)
        below.setdefault(parent or WHOLE, []).append(f"u{place}")
    return Tree(units, {unit: tuple(ids) for unit, ids in below.items()})


def worked_out(tree: Tree, entered: dict[str, tuple[int, int]], unit: str) -> tuple[int, int] | None:
    """The rule as it is said: its own figure, or the sum of all its parts."""
    if unit in entered:
        return entered[unit]
    parts = [worked_out(tree, entered, part) for part in tree.below.get(unit, ())]
    known = [one for one in parts if one is not None]
    if not parts or len(known) < len(parts):
        return None
    return sum(one[0] for one in known), sum(one[1] for one in known)


@given(st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_sums_equal_the_sums_of_their_parts(data: st.DataObject) -> None:
    tree = data.draw(trees())
    named = data.draw(st.sets(st.sampled_from([WHOLE, *tree.units])))
    entered = {unit: data.draw(st.tuples(st.integers(0, 99), st.integers(1, 99))) for unit in sorted(named)}
    sums = sums_of(entered, tree, tree)
    assert not sums.keys() & entered.keys()
    for unit in (WHOLE, *tree.units):
        assert (entered | sums).get(unit) == worked_out(tree, entered, unit)


def test_what_is_added_up_is_written_anew_and_nothing_is_left_over(world: Staffed) -> None:
    rows = [enter_fact(asker=world.steward, entry=fact(world.units[name])) for name in ("Fir", "Yew")]
    assert AddedUp.objects.count() == 1
    take_back(asker=world.steward, fact=rows[0])
    assert AddedUp.objects.count() == 0


def test_a_kind_without_a_source_is_refused() -> None:
    plain = next(iter(kinds().values())).model_dump()
    with pytest.raises(ValueError, match="source"):
        Kind.model_validate({name: said for name, said in plain.items() if name != "source"})
