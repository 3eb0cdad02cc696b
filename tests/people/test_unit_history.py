"""Whatever is done to the units, in whatever order: closed days stay, and every day has a sound tree."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.people.cast import FIRST_DAY, set_day
from tests.strategies.people import Step, histories

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.ledger.queries import verify
from replenish.people.actions import add_unit, create_organisation, dissolve_unit, move_unit, rename_unit
from replenish.people.askers import Asker, operator_of
from replenish.people.queries import places_of, unit_tree
from replenish.people.tree import UnitInTree, tree_on

pytestmark = [pytest.mark.django_db, pytest.mark.patient]
HORIZON = 60


def try_step(step: Step, asker: Asker, units: list[str], day: date) -> bool:
    """Try one wish; whether it was granted."""
    on = day + timedelta(days=step.days_ahead)
    parent = units[step.parent % len(units)] if units and step.parent is not None else None
    unit = units[step.unit % len(units)] if units else "0" * 32
    try:
        if step.kind == "add":
            units.append(add_unit(asker=asker, name=step.name, parent=parent, on=on))
        elif step.kind == "move":
            move_unit(asker=asker, unit=unit, parent=parent, on=on)
        elif step.kind == "rename":
            rename_unit(asker=asker, unit=unit, name=step.name, on=on)
        else:
            dissolve_unit(asker=asker, unit=unit, on=on)
    except Refused:
        return False
    return True


def every_day(organisation: str, until: date) -> dict[date, tuple[UnitInTree, ...]]:
    days = (FIRST_DAY + timedelta(days=number) for number in range((until - FIRST_DAY).days))
    places = places_of(organisation)
    return {day: tree_on(places, day) for day in days}


def require_sound_tree(tree: tuple[UnitInTree, ...]) -> None:
    """Told independently of the code: paths follow parents, and no two siblings look alike."""
    by_unit = {unit.unit: unit for unit in tree}
    assert len(by_unit) == len(tree)
    for unit in tree:
        above = () if unit.parent is None else by_unit[unit.parent].path
        assert unit.path == (*above, unit.name)
        assert unit.is_leaf == all(other.parent != unit.unit for other in tree)
    looks = Counter((unit.parent, unit.name.casefold()) for unit in tree)
    assert all(times == 1 for times in looks.values())


@given(steps=histories())
def test_no_change_reaches_a_day_before_its_own(steps: list[Step]) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch, transaction.atomic():
        set_day(monkeypatch, FIRST_DAY)
        organisation = create_organisation(name="Ours", setting="school")
        asker, units, day = operator_of(organisation), list[str](), FIRST_DAY
        for step in steps:
            day += timedelta(days=step.days_passed)
            set_day(monkeypatch, day)
            begins = day + timedelta(days=step.days_ahead)
            before = every_day(organisation, begins)
            try_step(step, asker, units, day)
            assert every_day(organisation, begins) == before
        trees = every_day(organisation, FIRST_DAY + timedelta(days=HORIZON))
        assert trees[day] == unit_tree(organisation, day)
        for tree in trees.values():
            require_sound_tree(tree)
        assert verify().unbroken
        transaction.set_rollback(True)


@given(steps=histories(), seen=st.integers(0, 13))
def test_a_refused_change_leaves_everything_as_it_was(steps: list[Step], seen: int) -> None:
    until = FIRST_DAY + timedelta(days=HORIZON)
    with pytest.MonkeyPatch.context() as monkeypatch, transaction.atomic():
        set_day(monkeypatch, FIRST_DAY)
        organisation = create_organisation(name="Ours", setting="school")
        asker, units = operator_of(organisation), list[str]()
        for number, step in enumerate(steps):
            before = every_day(organisation, until) if number == seen else {}
            granted = try_step(step, asker, units, clock.today())
            if before and not granted:
                assert every_day(organisation, until) == before
        transaction.set_rollback(True)


def test_the_histories_hold_refusals_and_grants(monkeypatch: pytest.MonkeyPatch) -> None:
    """The properties above would hold for a room that refuses everything."""
    outcomes: Counter[tuple[str, bool]] = Counter()

    @settings(max_examples=150)
    @given(steps=histories())
    def count(steps: list[Step]) -> None:
        with transaction.atomic():
            asker = operator_of(create_organisation(name="Ours", setting="school"))
            units: list[str] = []
            outcomes.update((step.kind, try_step(step, asker, units, clock.today())) for step in steps)
            transaction.set_rollback(True)

    count()
    for kind in ("add", "move", "rename", "dissolve"):
        assert min(outcomes[kind, True], outcomes[kind, False]) >= 5, kind
