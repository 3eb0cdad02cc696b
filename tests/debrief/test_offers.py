"""Offers to teams: drawn by chance, turned on by asking, and with no trace of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests.conditions.organisations import Staffed
from tests.people.cast import later, set_day

from replenish.basis.errors import Refused
from replenish.debrief import actions, chance
from replenish.debrief.actions import arrange, ask, draw_offers, end_arrangement
from replenish.debrief.queries import arranged_somewhere, arrangements, next_offers_on, on_offer
from replenish.debrief.windows import WINDOW, next_window, window_of
from replenish.ledger.queries import entries
from replenish.people.actions import create_organisation
from replenish.people.askers import operator_of

UNITS = [f"unit-{number}" for number in range(40)]


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_moment_lies_in_its_window(moment: datetime) -> None:
    window = window_of(moment)
    begins = datetime(window.year, window.month, window.day, 9, tzinfo=UTC)
    assert begins <= moment < begins + WINDOW
    assert window_of(moment + WINDOW) == next_window(window)


@pytest.mark.django_db
def test_drawing_again_changes_nothing() -> None:
    assert draw_offers(UNITS) == len(UNITS) * 2 * 3
    before = {unit: on_offer(unit) for unit in UNITS}
    assert draw_offers(UNITS) == 0
    assert {unit: on_offer(unit) for unit in UNITS} == before


@pytest.mark.django_db
def test_about_half_of_the_offers_stand_unasked() -> None:
    draw_offers(UNITS)
    standing = sum(len(on_offer(unit)) for unit in UNITS)
    assert 20 <= standing <= 60  # of 80; further out less than once in 100,000


@pytest.mark.django_db
def test_asking_has_the_offer_made_in_the_next_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "made_unasked", lambda: False)
    draw_offers(UNITS)
    ask("unit-3", "debrief")
    ask("unit-3", "debrief")
    assert on_offer("unit-3") == {}
    begins = next_offers_on()
    set_day(monkeypatch, begins)
    assert on_offer("unit-3") == {"debrief": begins + timedelta(2)}
    assert on_offer("unit-4") == {}
    set_day(monkeypatch, begins + timedelta(2))
    assert on_offer("unit-3") == {}


@pytest.mark.django_db
def test_an_offer_waits_two_days_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    for day in range(6):
        set_day(monkeypatch, later(day))
        assert timedelta(0) < next_offers_on() - later(day) <= WINDOW


@pytest.mark.django_db
def test_windows_that_are_over_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    draw_offers(UNITS[:1])
    set_day(monkeypatch, later(10))
    draw_offers(UNITS[:1])
    with connection.cursor() as cursor:
        cursor.execute("SELECT MIN(from_day) FROM debrief_teamoffer")
        (oldest,) = cursor.fetchone()
    assert date.fromisoformat(str(oldest)) >= later(8)


@pytest.mark.django_db
def test_what_is_kept_is_the_same_whether_somebody_asked_or_chance_did(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def rows() -> list[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM debrief_teamoffer ORDER BY id")
            return list(cursor.fetchall())

    monkeypatch.setattr(actions, "made_unasked", lambda: True)
    draw_offers(UNITS[:2])
    by_chance = rows()
    ask("unit-1", "debrief")
    assert rows() == by_chance


@pytest.mark.django_db
def test_nothing_is_asked_for_a_team_without_offers() -> None:
    with pytest.raises(Refused, match="come back tomorrow"):
        ask("unit-1", "debrief")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["", "massage", "debrief' OR 1=1"])
def test_only_what_is_known_can_be_asked(kind: str) -> None:
    draw_offers(UNITS[:1])
    with pytest.raises(Refused, match="nothing that can be offered"):
        ask("unit-0", kind)


def test_an_arrangement_holds_for_one_organisation(hospice: Staffed) -> None:
    other = operator_of(create_organisation(name="Elsewhere", setting="school"))
    arrange(asker=hospice.operator, kind="debrief", turn_to="  Ida,\n extension 12 ")
    assert arrangements(hospice.id) == {"debrief": "Ida, extension 12"}
    assert arrangements(other.organisation) == {}
    assert arranged_somewhere() == {hospice.id}
    arrange(asker=hospice.operator, kind="debrief", turn_to="Jo, room 4")
    end_arrangement(asker=other, kind="debrief")
    assert arrangements(hospice.id) == {"debrief": "Jo, room 4"}
    end_arrangement(asker=hospice.operator, kind="debrief")
    end_arrangement(asker=hospice.operator, kind="debrief")
    assert arrangements(hospice.id) == {}
    events = [entry.event for entry in entries(hospice.id)]
    assert (events.count("offer_arranged"), events.count("offer_ended")) == (2, 1)


def test_a_representative_arranges_nothing(hospice: Staffed) -> None:
    with pytest.raises(Refused, match="Only the operator or a steward"):
        arrange(asker=hospice.representative, kind="debrief", turn_to="Ida")


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 201])
def test_words_are_needed_and_not_too_many(hospice: Staffed, words: str) -> None:
    with pytest.raises(Refused, match="whom a team turns to"):
        arrange(asker=hospice.operator, kind="debrief", turn_to=words)


def test_chance_is_one_in_two() -> None:
    drawn = sum(chance.made_unasked() for _ in range(4000))
    assert 1800 <= drawn <= 2200  # further out less than once in a billion
