"""Several devices and people at once, each in a thread with its connection: nothing is lost or doubled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier, Event, Timer
from typing import Any

import pytest
from django.db import connections, transaction
from tests.conditions.instances import Instance
from tests.voices.cards import FIRST_DAY, SEASON, House, week, weekly
from tests.voices.conftest import SetDay

from replenish.basis.errors import Refused
from replenish.basis.faults import VoiceFault
from replenish.sealing.secret import Secret
from replenish.voices.actions import Joined, check_in, spend_slip
from replenish.voices.contributing import Contributed
from replenish.voices.microdata import read_contributions
from replenish.voices.models import ArrivingBox, ArrivingSeat, Box, Contribution, Slip
from replenish.voices.nightly import rewrite
from replenish.voices.queries import my_box
from replenish.voices.rounds import stop_accepting
from replenish.voices.slips import make_slips


def at_once(instance: Instance, actions: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run actions in threads that begin together; a refusal is a result as well."""
    barrier = Barrier(len(actions))

    def run(action: Callable[[], Any]) -> object:
        connections["default"] = instance.open_elsewhere()
        barrier.wait()
        try:
            return action()
        except Refused as refused:
            return refused
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def test_a_slip_is_spent_exactly_once(instance: Instance, house: House) -> None:
    for _ in range(5):
        (slip,) = make_slips(season=SEASON, counts={"oak": 1})
        before = ArrivingSeat.objects.count()
        results = at_once(instance, [partial(spend_slip, Secret.new(), slip.code) for _ in range(6)])
        assert sum(result is Joined.SEATED for result in results) == 1
        assert sum(isinstance(result, Refused) for result in results) == 5
        assert ArrivingSeat.objects.count() == before + 1
    assert not Slip.objects.exists()


def test_one_person_with_two_slips_has_one_seat(instance: Instance, house: House) -> None:
    card = Secret.new()
    slips = make_slips(season=SEASON, counts={"oak": 4})
    results = at_once(instance, [partial(spend_slip, card, slip.code) for slip in slips])
    refused = [result.fault for result in results if isinstance(result, Refused)]
    assert refused == [VoiceFault.SLIP_NOT_OPEN] * 3
    assert results.count(Joined.SEATED) == 1
    assert ArrivingSeat.objects.count() == 1
    assert Slip.objects.count() == 3


@pytest.mark.parametrize("first_ever", [True, False])
def test_devices_that_check_in_at_once_lose_nothing(
    instance: Instance, house: House, on_day: SetDay, first_ever: bool
) -> None:
    card = house.join()
    name = house.open_round(1)
    on_day(FIRST_DAY + timedelta(days=27))
    if not first_ever:
        check_in(card, weekly(), "2025-W50")
        rewrite()
    at_once(instance, [partial(check_in, card, weekly(n), week(n)) for n in range(4)])
    content = my_box(card)
    assert content is not None
    assert {c.week for c in content.check_ins} >= {week(number) for number in range(4)}
    assert Box.objects.count() + ArrivingBox.objects.count() == 1
    stop_accepting(name)
    rows = read_contributions(name, house.keys.opener(name))
    assert rows.scores["relational"].tolist() == [(0 + 25 + 50 + 75) / 4]


def test_no_late_check_in_slips_in_behind_a_close(instance: Instance, house: House) -> None:
    """What was accepted is there when the round has stopped, and what comes after is not."""
    cards = [house.join() for _ in range(8)]
    name = house.open_round(1)

    def close() -> set[str]:
        stop_accepting(name)
        return set(Contribution.objects.values_list("voice", flat=True))

    people = [partial(check_in, card, weekly(), week()) for card in cards]
    *outcomes, seen = at_once(instance, [*people, close])
    assert set(Contribution.objects.values_list("voice", flat=True)) == seen
    assert sum(outcome.contributed is Contributed.YES for outcome in outcomes) == len(seen)
    assert all(my_box(card) is not None for card in cards)


def test_a_close_waits_for_a_check_in_that_is_being_written(instance: Instance, house: House) -> None:
    """Held still at its worst moment: the check-in was accepted and is not yet committed."""
    card = house.join()
    name = house.open_round(1)
    written, go_on = Event(), Event()

    def slow_check_in() -> Contributed:
        with transaction.atomic():
            outcome = check_in(card, weekly(), week()).contributed
            written.set()
            assert go_on.wait(5)
        return outcome

    def close() -> int:
        assert written.wait(5)
        Timer(0.2, go_on.set).start()
        stop_accepting(name)
        return Contribution.objects.count()

    assert at_once(instance, [slow_check_in, close]) == [Contributed.YES, 1]


def test_the_night_runs_while_people_check_in(instance: Instance, house: House, on_day: SetDay) -> None:
    cards = [house.join() for _ in range(6)]
    house.open_round(1)
    on_day(FIRST_DAY + timedelta(days=27))
    for card in cards[:3]:
        check_in(card, weekly(), week())

    def weeks_of(card: Secret) -> None:
        for number in range(4):
            check_in(card, weekly(number), week(number))

    def night() -> None:
        rewrite(batch=1)

    results = at_once(instance, [*(partial(weeks_of, card) for card in cards), night])
    assert results == [None] * 7
    rewrite()
    for card in cards:
        content = my_box(card)
        assert content is not None
        assert {c.week for c in content.check_ins} == {week(number) for number in range(4)}
    assert (Box.objects.count(), ArrivingBox.objects.count(), Contribution.objects.count()) == (6, 0, 6)
