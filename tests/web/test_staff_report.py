"""The conditions report as those with a part read it: their own part first, nothing early, nothing of others."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from tests.conditions.instances import Instance, instance, prepared
from tests.web.rounds_world import (
    SERVICE,
    RoundsWorld,
    begin_rounds_world,
    days_after_close,
    live_round,
)
from tests.web.staff_world import Browser, quick, signed_in

from replenish.people.roles import READERS, RoleKind

__all__ = ["instance", "prepared", "quick"]

PAGES = ("staff-report", "staff-report-page", "staff-report-pictures")
FILES = ("staff-report-csv", "staff-report-picture-svg")
PAPER = ("staff-report-pdf", "staff-report-page-pdf", "staff-report-picture-png", "staff-report-pictures-zip")

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch) -> RoundsWorld:
    """One round that members can read today."""
    made = begin_rounds_world(monkeypatch)
    days_after_close(monkeypatch, live_round(monkeypatch, made), 2)
    return made


def page_of(client: Browser, name: str = "staff-report", **chosen: str) -> str:
    response = client.get(reverse(name), chosen)
    assert response.status_code == 200, (name, response.status_code)
    return response.text


def facts_line(page: str) -> str:
    found = re.search(r'<p class="lead">([^<]*)</p>', page)
    assert found is not None
    return found[1]


def test_each_reader_reads_the_whole_and_a_steward_of_a_part_their_part(world: RoundsWorld) -> None:
    for role in READERS:
        said = facts_line(page_of(signed_in(world.people[role])))
        assert said.startswith("The whole organisation. Round 1, closed on"), role
    assert facts_line(page_of(signed_in(world.head))).startswith(f"{SERVICE}. Round 1")
