"""Five years of rounds and five hundred units: a page of the report costs little, and asks little."""

from __future__ import annotations

import time
from datetime import timedelta
from statistics import median

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.conditions import worlds
from tests.web.carer_world import client_with
from tests.web.long_chain import large, publish_chain
from tests.web.report_world import found_organisation, member, opened_to_members

from replenish.conditions.models import Season
from replenish.web.conditions_report.parts import THE_WHOLE

ROUNDS = 65
UNITS = 500
MOST_SECONDS = 0.300
MOST_QUERIES = 30


@pytest.mark.patient
@pytest.mark.django_db
def test_five_years_of_five_hundred_units(monkeypatch: pytest.MonkeyPatch) -> None:
    """In time of the processor: what else a machine does at that moment is no cost of the page.

    The first reading in a process checks the whole chain, which is remembered; it is not measured here.
    """
    found_organisation()
    worlds.set_day(monkeypatch, worlds.BEGINS)
    people = large(UNITS)
    row = publish_chain(people, rounds=ROUNDS, results=True)
    worlds.set_day(monkeypatch, row.closes_on - timedelta(days=20))
    newest = Season.objects.order_by("-number").first()
    assert newest is not None
    secret = member(newest, next(iter(people)))
    opened_to_members(monkeypatch, row)
    client = client_with(secret)
    seconds, queries = {}, {}
    for path in ("", f"?part={THE_WHOLE.key}", "page/", "report.csv", f"report.csv?part={THE_WHOLE.key}"):
        address = f"/my/report/{path}"
        assert client.get(address).status_code == 200
        times = []
        for _ in range(7):
            begun = time.process_time()
            client.get(address)
            times.append(time.process_time() - begun)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        seconds[path], queries[path] = median(times), len(asked)
    assert {path: spent for path, spent in seconds.items() if spent > MOST_SECONDS} == {}
    assert {path: count for path, count in queries.items() if count > MOST_QUERIES} == {}
