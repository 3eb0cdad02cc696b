"""The page of a small team: plain words instead of a number, the kit, and the list that all of it reads."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.conditions.instances import Instance, instance, prepared
from tests.web.rounds_world import RoundsWorld
from tests.web.small_world import numbers_about_people, place_of, small_home, spoken_text
from tests.web.staff_world import quick, signed_in

from replenish.people.roles import READERS, RoleKind
from replenish.people.scopes import WRITERS

__all__ = ["instance", "prepared", "quick"]


@pytest.fixture
def home(instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch) -> RoundsWorld:
    return small_home(monkeypatch)


@pytest.mark.parametrize("role", READERS)
def test_a_small_home_reads_why_and_what_to_do_and_no_number(home: RoundsWorld, role: RoleKind) -> None:
    client = signed_in(home.people[role])
    page = place_of(client)
    assert "There is no number about people here." in page
    assert "never on what anybody said" in page
    for name in ("conversation", "conversation-cards", "conversation-cards-pdf", "conversation-guide-pdf"):
        assert f'href="{reverse(name)}"' in page
    assert ("Put it on the list" in page) == (role in WRITERS)
    shown = spoken_text(page)
    assert numbers_about_people(shown, allowed=["2027-01-31"]) == []


def test_a_number_about_people_would_be_found() -> None:
    """The seeded fault: what the crawl looks for is there to be found."""
    assert numbers_about_people("6 of them answered") == ["6"]
    assert numbers_about_people("Six people work here.") == ["Six people"]
    assert numbers_about_people("It closed on 2 February 2026.") == []
