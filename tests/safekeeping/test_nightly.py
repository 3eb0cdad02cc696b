"""The night's work: what is due is done, again is harmless, and a refusal keeps nothing else waiting."""

from __future__ import annotations

import pytest
from django.conf import settings
from tests.conditions.worlds import published_bytes
from tests.safekeeping.household import PEOPLE, Household

from replenish.basis import clock
from replenish.basis.errors import Refused, refuse
from replenish.basis.faults import SafekeepingFault
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions.models import Round, State
from replenish.safekeeping import nightly as night_work
from replenish.safekeeping.files import one_at_a_time
from replenish.safekeeping.nightly import nightly
from replenish.safekeeping.places import Places, backups_in
from replenish.safekeeping.upkeep import read_upkeep
from replenish.sealing.device_keys import DeviceKeys
from replenish.voices.models import ArrivingBox, Box, Contribution


def say_nothing(_: str) -> None:
    """Hears of progress."""


def test_a_night_closes_what_is_due_rewrites_and_backs_up(household: Household, places: Places) -> None:
    household.day(28)
    night = nightly(say_nothing, places=places)
    assert night.closed == (household.round.number,)
    assert night.backup is not None
    assert night.refused == ()
    assert Contribution.objects.count() == 0
    assert ArrivingBox.objects.count() == 0
    assert Box.objects.count() == PEOPLE
    assert not household.keys.exists(household.round.id)
    assert (read_upkeep().night, read_upkeep().backup) == (clock.today(), clock.today())


def test_a_second_night_changes_nothing_published_and_remembers_the_places(
    household: Household, places: Places
) -> None:
    household.day(28)
    nightly(say_nothing, places=places)
    published = published_bytes()
    again = nightly(say_nothing)
    assert again.closed == ()
    assert published_bytes() == published
    assert len(backups_in(places.data)) == 2


def test_without_places_the_night_is_done_all_the_same(household: Household) -> None:
    night = nightly(say_nothing)
    assert night.backup is None
    assert read_upkeep().night == clock.today()
    assert read_upkeep().backup is None


def test_a_night_ends_the_keys_of_cards_that_were_held_open(household: Household) -> None:
    household.day(3)
    keys = DeviceKeys(settings.REPLENISH_KEYS)
    keys.holding(clock.today())
    for day, left in ((4, 1), (5, 0)):
        household.day(day)
        nightly(say_nothing)
        assert len(list((settings.REPLENISH_KEYS / "devices").iterdir())) == left


def test_a_round_that_cannot_be_closed_keeps_no_backup_waiting(
    household: Household, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> None:
        refuse(RoundFault.ROUND_BEING_CLOSED)

    monkeypatch.setattr(night_work, "close_due", refused)
    night = nightly(say_nothing, places=places)
    assert [refusal.fault for refusal in night.refused] == [RoundFault.ROUND_BEING_CLOSED]
    assert night.backup is not None
    assert read_upkeep().night is None, "the doctor sees that the night was not finished"


def test_a_key_lost_while_the_round_runs_is_replaced(household: Household) -> None:
    household.keys.destroy(household.round.id)
    night = nightly(say_nothing)
    assert night.new_keys == (household.round.number,)
    assert Round.objects.get(id=household.round.id).state == State.OPEN


def test_two_nights_at_once_are_one(household: Household) -> None:
    with one_at_a_time(settings.REPLENISH_INSTANCE), pytest.raises(Refused) as refused:
        nightly(say_nothing)
    assert refused.value.fault is SafekeepingFault.BUSY
    nightly(say_nothing)


def test_a_note_changed_by_hand_is_said(household: Household) -> None:
    (settings.REPLENISH_INSTANCE / "safekeeping.json").write_text("{")
    with pytest.raises(Refused) as refused:
        read_upkeep()
    assert refused.value.fault is SafekeepingFault.UPKEEP_UNREADABLE
