"""Two devices of one card at once, each with its connection: what is not there yet cannot come twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Barrier, Event, Timer

import pytest
from django.db import connection, transaction
from tests.conditions.instances import Instance
from tests.voices.cards import FIRST_DAY, SEASON, House, week, weekly
from tests.voices.test_concurrency import at_once

from replenish.basis.errors import Refused
from replenish.basis.faults import VoiceFault
from replenish.sealing.secret import Secret
from replenish.voices import actions, guarded
from replenish.voices.actions import Joined, check_in, erase, spend_slip
from replenish.voices.models import ArrivingBox, ArrivingSeat, Box, Contribution, ErasedBox, Slip
from replenish.voices.one_card import hold_card
from replenish.voices.rounds import begin_season
from replenish.voices.slips import make_slips

ELSEWHERE = "season-of-another-organisation"


def slips_in_two_organisations() -> tuple[str, str]:
    (here,) = make_slips(season=SEASON, counts={"oak": 1})
    (there,) = make_slips(season=ELSEWHERE, counts={"wing": 1})
    return here.code, there.code


@pytest.fixture(autouse=True)
def a_night_with_a_key(house: House) -> None:
    """Whoever comes first of all names the key of the night, and everybody else waits for that."""
    house.join()
    ArrivingSeat.objects.all().delete()


@pytest.fixture
def two_organisations(house: House) -> None:
    begin_season(ELSEWHERE, groups={"wing": "group-c"}, renew_until=FIRST_DAY + timedelta(days=14))


def faults(results: list[object]) -> list[object]:
    return [result.fault for result in results if isinstance(result, Refused)]


def test_devices_that_join_two_organisations_at_once(
    instance: Instance, two_organisations: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have seen that there is no seat before either of them writes."""
    for _ in range(6):
        card, before, both_seen = Secret.new(), ArrivingSeat.objects.count(), Barrier(2)

        def sit(*given: object, both_seen: Barrier = both_seen) -> bool:
            both_seen.wait(5)
            return guarded.sit(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(actions, "sit", sit)
        results = at_once(
            instance, [partial(spend_slip, card, code) for code in slips_in_two_organisations()]
        )
        assert results.count(Joined.SEATED) == 1
        assert faults(results) == [VoiceFault.SLIP_NOT_OPEN]
        assert ArrivingSeat.objects.count() == before + 1
        assert Slip.objects.count() == 1
        Slip.objects.all().delete()


def held_open(action: Callable[[], object], written: Event, go_on: Event) -> object:
    """An action at its worst moment for others: done, and not yet committed."""
    with transaction.atomic():
        outcome = action()
        written.set()
        assert go_on.wait(5)
    return outcome


def after(written: Event, go_on: Event, action: Callable[[], object]) -> object:
    assert written.wait(5)
    Timer(0.2, go_on.set).start()
    return action()


def one_then_the_other(
    instance: Instance, first: Callable[[], object], second: Callable[[], object]
) -> list[object]:
    """The second begins while the first is written and not committed."""
    written, go_on = Event(), Event()
    return at_once(
        instance, [partial(held_open, first, written, go_on), partial(after, written, go_on, second)]
    )


def test_a_device_that_joins_waits_for_one_that_has_nearly_joined(
    instance: Instance, two_organisations: None
) -> None:
    card, (here, there) = Secret.new(), slips_in_two_organisations()
    results = one_then_the_other(instance, partial(spend_slip, card, here), partial(spend_slip, card, there))
    assert results[0] is Joined.SEATED
    assert faults(results) == [VoiceFault.SLIP_NOT_OPEN]
    assert ArrivingSeat.objects.count() == 1


def test_erasing_waits_for_a_first_check_in_and_takes_all_of_it(instance: Instance, house: House) -> None:
    card = house.join()
    house.open_round(1)
    results = one_then_the_other(instance, partial(check_in, card, weekly(), week()), partial(erase, card))
    assert faults(results) == []
    for table in (Contribution, ArrivingBox, Box, ArrivingSeat):
        assert not table.objects.exists()
    assert ErasedBox.objects.count() == 1


def test_a_first_check_in_waits_for_an_erasure_and_is_refused(instance: Instance, house: House) -> None:
    card = house.join()
    house.open_round(1)
    results = one_then_the_other(instance, partial(erase, card), partial(check_in, card, weekly(), week()))
    assert faults(results) == [VoiceFault.CARD_ERASED]
    for table in (Contribution, ArrivingBox, ArrivingSeat):
        assert not table.objects.exists()


def test_an_erased_card_takes_no_seat_in_the_same_moment(instance: Instance, house: House) -> None:
    card = Secret.new()
    (slip,) = make_slips(season=SEASON, counts={"oak": 1})
    results = one_then_the_other(instance, partial(erase, card), partial(spend_slip, card, slip.code))
    assert faults(results) == [VoiceFault.CARD_ERASED]
    assert not ArrivingSeat.objects.exists()


def test_one_card_does_not_keep_another_waiting(instance: Instance, house: House) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    first, second = house.join(), house.join()
    house.open_round(1)
    go_on = Event()

    def hold() -> None:
        with transaction.atomic():
            hold_card(first)
            assert go_on.wait(5), "the other card was kept waiting"

    def other() -> None:
        check_in(second, weekly(), week())
        go_on.set()

    assert faults(at_once(instance, [hold, other])) == []
    assert Contribution.objects.count() == 1
