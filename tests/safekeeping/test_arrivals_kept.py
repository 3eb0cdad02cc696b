"""Boxes and seats that still wait: no data backup names them, the key file carries them, and none is lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.conditions.instances import Prepared
from tests.safekeeping.artefacts import tables, text
from tests.safekeeping.household import PEOPLE, Household, night
from tests.safekeeping.test_restore import another_machine, elsewhere, say_nothing

from replenish.safekeeping.places import Places, backups_in
from replenish.safekeeping.restore import restore
from replenish.sealing.names import box_name, seat_name
from replenish.voices import nightly
from replenish.voices.actions import erase, spend_slip
from replenish.voices.models import ArrivingBox, ArrivingSeat, Box, Seat
from replenish.voices.queries import my_box, my_seat
from replenish.voices.rounds import clear_seats
from replenish.voices.slips import make_slips

__all__ = ["elsewhere"]


@pytest.fixture(autouse=True)
def waiting(mixing_every_night: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four weeks, as in life."""
    monkeypatch.setattr(nightly, "MIXED_EVERY", timedelta(weeks=4))


def test_no_data_backup_names_an_arrival(household: Household, places: Places) -> None:
    night(places)
    night(places)
    said = "".join(text(path) for path in backups_in(places.data))
    assert ArrivingBox.objects.count() == PEOPLE
    for path in backups_in(places.data):
        held = tables(path)
        assert held["voices_box"] == held["voices_seat"] == []
        assert not [name for name in held if "arriving" in name]
    for card in household.cards:
        assert box_name(card) not in said
        assert seat_name(card, household.season.id) not in said


def test_arrivals_come_back_with_the_key_file(
    household: Household, places: Places, prepared: Prepared, elsewhere: Path
) -> None:
    """Also with an older data backup: whoever joined since is in the key file, under its own outer layer."""
    night(places)
    late = household.join()
    household.use(late)
    night(places)
    with another_machine(prepared, elsewhere):
        restore(backups_in(places.data)[0], places.keys, replace=False, tell=say_nothing)
        assert ArrivingBox.objects.count() == ArrivingSeat.objects.count() == PEOPLE + 1
        for card in household.cards:
            assert my_seat(card) is not None
            box = my_box(card)
            assert box is not None
            assert len(box.check_ins) == 2


def test_an_erased_arrival_stays_erased(
    household: Household, places: Places, prepared: Prepared, elsewhere: Path
) -> None:
    night(places)
    erase(household.cards[0])
    night(places)
    with another_machine(prepared, elsewhere):
        restore(backups_in(places.data)[0], places.keys, replace=False, tell=say_nothing)
        assert my_box(household.cards[0]) is None
        assert my_box(household.cards[1]) is not None


def test_a_seat_taken_again_since_the_backup_stands_once(
    household: Household,
    places: Places,
    prepared: Prepared,
    elsewhere: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nightly, "MIXED_EVERY", timedelta(0))
    night(places)
    monkeypatch.setattr(nightly, "MIXED_EVERY", timedelta(weeks=4))
    card, season = household.cards[0], household.season.id
    seat = my_seat(card)
    assert seat is not None
    clear_seats(season, [seat.unit])
    slip, *_ = make_slips(season=season, counts={seat.unit: 1})
    spend_slip(card, slip.code)
    night(places)
    with another_machine(prepared, elsewhere):
        restore(backups_in(places.data)[0], places.keys, replace=False, tell=say_nothing)
        name = seat_name(card, season)
        assert ArrivingSeat.objects.filter(name=name).count() == 1
        assert not Seat.objects.filter(name=name).exists()
        household.day(28)
        nightly.rewrite()
        assert Seat.objects.filter(name=name).count() == 1
        assert Box.objects.count() == PEOPLE
