"""Arrivals wait four weeks, and are moved among the others all together; nobody notices the waiting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.voices.cards import FIRST_DAY, House, week, weekly
from tests.voices.conftest import SetDay
from tests.voices.seats_held import seats_by_unit

from replenish.sealing.names import box_name, seat_name
from replenish.sealing.wrap import wrapped_under
from replenish.voices import nightly
from replenish.voices.actions import check_in, erase
from replenish.voices.contributing import Contributed
from replenish.voices.models import ArrivingBox, ArrivingSeat, Box, NightState, Seat
from replenish.voices.nightly import rewrite
from replenish.voices.queries import my_box, my_seat
from replenish.voices.rounds import clear_seats


@pytest.fixture(autouse=True)
def waiting(mixing_every_night: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four weeks, as in life."""
    monkeypatch.setattr(nightly, "MIXED_EVERY", timedelta(weeks=4))


def test_people_who_come_on_different_days_appear_in_one_night(house: House, on_day: SetDay) -> None:
    house.open_round(1)
    cards = []
    for day in range(28):
        on_day(FIRST_DAY + timedelta(days=day))
        if day % 5 == 0:
            cards.append(house.join())
            check_in(cards[-1], weekly(2), week())
        rewrite()
        assert not Box.objects.exists(), day
        assert not Seat.objects.exists(), day
    on_day(FIRST_DAY + timedelta(days=28))
    rewrite()
    assert set(Box.objects.values_list("name", flat=True)) == {box_name(card) for card in cards}
    assert set(Seat.objects.values_list("name", flat=True)) == {seat_name(card, "season-1") for card in cards}
    assert not ArrivingBox.objects.exists()
    assert not ArrivingSeat.objects.exists()


def test_who_comes_after_that_waits_for_the_next_four_weeks(house: House, on_day: SetDay) -> None:
    rewrite()
    on_day(FIRST_DAY + timedelta(days=28))
    rewrite()
    card = house.join()
    check_in(card, weekly(1), week())
    on_day(FIRST_DAY + timedelta(days=55))
    rewrite()
    assert not Box.objects.exists()
    on_day(FIRST_DAY + timedelta(days=56))
    rewrite()
    assert Box.objects.get().name == box_name(card)


def test_a_night_that_was_missed_only_makes_the_wait_longer(house: House, on_day: SetDay) -> None:
    rewrite()
    card = house.join()
    check_in(card, weekly(1), week())
    on_day(FIRST_DAY + timedelta(days=33))
    rewrite()
    assert Box.objects.get().name == box_name(card)
    assert NightState.objects.get().mixed_on == FIRST_DAY + timedelta(days=33)


def test_waiting_boxes_get_a_fresh_layer_every_night(house: House, on_day: SetDay) -> None:
    card = house.join()
    check_in(card, weekly(1), week())
    rewrite()
    first = bytes(ArrivingBox.objects.get().wrapped)
    rewrite()
    second = bytes(ArrivingBox.objects.get().wrapped)
    assert first != second
    assert wrapped_under(second) == NightState.objects.get().key_id
    box = my_box(card)
    assert box is not None
    assert len(box.check_ins) == 1


def test_waiting_seats_count_like_any_other(house: House, on_day: SetDay) -> None:
    """Being apart in the database is nobody's disadvantage: they check in, count, are seen, and lapse."""
    card = house.join("oak")
    rewrite()
    house.open_round(1)
    assert check_in(card, weekly(1), week()).contributed is Contributed.YES
    assert my_seat(card) is not None
    assert seats_by_unit("season-1") == {"oak": 1}
    clear_seats("season-1", ["oak"])
    assert my_seat(card) is None


def test_an_erased_box_never_arrives(house: House, on_day: SetDay) -> None:
    card = house.join()
    check_in(card, weekly(1), week())
    rewrite()
    erase(card)
    on_day(FIRST_DAY + timedelta(days=28))
    rewrite()
    assert not Box.objects.exists()
    assert not Seat.objects.exists()


def test_seeded_fault_arrivals_that_do_not_wait_appear_the_night_after_their_owner_came(
    house: House, on_day: SetDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nightly, "MIXED_EVERY", timedelta(0))
    card = house.join()
    check_in(card, weekly(2), week())
    rewrite()
    assert Box.objects.get().name == box_name(card)
