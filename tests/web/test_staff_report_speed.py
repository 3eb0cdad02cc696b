"""Five years of rounds and five hundred units: what a page of the staff's report costs, and asks."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import timedelta
from statistics import median

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.conditions import worlds
from tests.web.long_chain import large, publish_chain
from tests.web.report_world import found_organisation, opened_to_members
from tests.web.staff_world import Browser, Person, quick, signed_in

from replenish.basis import clock
from replenish.conditions.actions.told import Plan
from replenish.conditions.actions.writing import fix_plan, plan_action
from replenish.conditions.models import Round
from replenish.conditions.response import respond
from replenish.leadership.queries import Promise
from replenish.people.actions import appoint
from replenish.people.askers import Asker, operator_of
from replenish.people.models import Unit, UnitPlace

__all__ = ["quick"]

ROUNDS = 65
UNITS = 500
MOST_SECONDS = 0.300
MOST_QUERIES = 30
PAGES = (
    "staff-report",
    "staff-report-page",
    "staff-report-pictures",
    "staff-report-csv",
    "staff-report-picture-svg",
)


def with_units(people: Mapping[tuple[str, ...], int]) -> dict[str, str]:
    """The tree of these paths, written at once; units by name."""
    names = {
        name: number for number, name in enumerate(dict.fromkeys(name for path in people for name in path))
    }
    units = {name: str(number).zfill(32) for name, number in names.items()}
    Unit.objects.bulk_create(Unit(id=unit, organisation_id=worlds.ORGANISATION) for unit in units.values())
    parents = {path[-1]: path[-2] for path in people}
    UnitPlace.objects.bulk_create(
        UnitPlace(
            id=f"1{unit[1:]}",
            unit_id=unit,
            parent_id=units[parents[name]] if name in parents else None,
            name=name,
            from_date=worlds.BEGINS,
        )
        for name, unit in units.items()
    )
    return units


def appointed(role: str, unit: str | None = None) -> tuple[Browser, Asker]:
    made = appoint(asker=operator_of(worlds.ORGANISATION), role=role, name=f"{role} {unit}", unit=unit)
    assert made.code is not None
    return signed_in(Person(made.account, made.code)), Asker(worlds.ORGANISATION, made.account)


def a_change_is_tried(asker: Asker, unit: str) -> None:
    """An action that begins today, so that the report tells of it."""
    owner = asker.account or ""
    plan = Plan("process", owner, clock.today(), library="ten-minutes-after", units=(unit,))
    fix_plan(asker=asker, action=plan_action(asker=asker, plan=plan))


@pytest.mark.patient
@pytest.mark.django_db
def test_five_years_of_five_hundred_units(quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """In time of the processor; for a representative, a steward of all, and a steward of one service.

    The first reading in a process checks the whole chain, which is remembered; it is not measured here.
    """
    found_organisation()
    worlds.set_day(monkeypatch, worlds.BEGINS)
    people = large(UNITS)
    units = with_units(people)
    row = publish_chain(people, rounds=ROUNDS, results=True)
    worlds.set_day(monkeypatch, row.closes_on - timedelta(days=20))
    opened_to_members(monkeypatch, row)
    readers = {
        "representative": appointed("representative"),
        "steward": appointed("steward"),
        "head": appointed("steward", units["Service 7"]),
    }
    for one in Round.objects.order_by("number")[:63]:
        promises = [Promise("Fridays end at four.", "", None)]
        respond(asker=readers["steward"][1], round_id=one.id, unit=None, promises=promises)
    a_change_is_tried(readers["steward"][1], units["Service 7"])
    seconds, queries = {}, {}
    for who, (client, _asker) in readers.items():
        for name in PAGES:
            address, which = reverse(name), f"{who}: {name}"
            assert client.get(address).status_code == 200
            times = []
            for _ in range(3):
                begun = time.process_time()
                client.get(address)
                times.append(time.process_time() - begun)
            with CaptureQueriesContext(connection) as counted:
                client.get(address)
            seconds[which], queries[which] = median(times), len(counted)
    assert {which: spent for which, spent in seconds.items() if spent >= MOST_SECONDS} == {}
    assert {which: count for which, count in queries.items() if count >= MOST_QUERIES} == {}
