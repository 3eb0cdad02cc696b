"""The short way of joining is taken only if all it rests on still stands; else the long way decides anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.voices.cards import FIRST_DAY, SEASON, House, week, weekly
from tests.voices.conftest import SetDay

from replenish.basis.errors import Refused
from replenish.basis.faults import VoiceFault
from replenish.sealing.secret import Secret
from replenish.voices import actions, guarded, nightly
from replenish.voices.actions import Joined, check_in, erase, spend_slip
from replenish.voices.contributing import Contributed
from replenish.voices.models import ArrivingSeat, Contribution, NightState, Slip
from replenish.voices.night_key import begins_with
from replenish.voices.nightly import rewrite
from replenish.voices.queries import my_seat
from replenish.voices.slips import make_slips

Let = Callable[[Callable[[], object]], list[bool]]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Let:
    """Let something happen once just before the short way writes; the list says whether it then wrote."""

    def let(happen: Callable[[], object]) -> list[bool]:
        written: list[bool] = []

        def sit(*given: object) -> bool:
            monkeypatch.setattr(actions, "sit", guarded.sit)
            happen()
            written.append(guarded.sit(*given))  # type: ignore[arg-type]
            return written[-1]

        monkeypatch.setattr(actions, "sit", sit)
        return written

    return let


def slip_for(unit: str) -> str:
    (slip,) = make_slips(season=SEASON, counts={unit: 1})
    return slip.code


def test_nothing_happened_meanwhile(house: House, meanwhile: Let) -> None:
    written, card = meanwhile(lambda: None), Secret.new()
    assert spend_slip(card, slip_for("oak")) is Joined.SEATED
    assert written == [True]
    assert my_seat(card) is not None


def test_another_card_spent_the_slip(house: House, meanwhile: Let) -> None:
    code, card, other = slip_for("oak"), Secret.new(), Secret.new()
    written = meanwhile(lambda: spend_slip(other, code))
    with pytest.raises(Refused) as refused:
        spend_slip(card, code)
    assert refused.value.fault is VoiceFault.SLIP_NOT_OPEN
    assert written == [False]
    assert (my_seat(card), ArrivingSeat.objects.count()) == (None, 1)


def test_another_device_of_the_card_took_a_seat(house: House, meanwhile: Let) -> None:
    first, second, card = slip_for("oak"), slip_for("oak"), Secret.new()
    written = meanwhile(lambda: spend_slip(card, second))
    with pytest.raises(Refused):
        spend_slip(card, first)
    assert written == [False]
    assert Slip.objects.count() == 1, "the slip that was not needed is not spent"


def test_the_card_was_erased(house: House, meanwhile: Let) -> None:
    code, card = slip_for("oak"), Secret.new()
    written = meanwhile(lambda: erase(card))
    with pytest.raises(Refused) as refused:
        spend_slip(card, code)
    assert refused.value.fault is VoiceFault.CARD_ERASED
    assert (written, ArrivingSeat.objects.count()) == ([False], 0)


def test_a_round_was_opened(house: House, meanwhile: Let) -> None:
    """A joiner counts from the next round, also when this one began a moment ago."""
    code, card = slip_for("oak"), Secret.new()
    written = meanwhile(lambda: house.open_round(1))
    assert spend_slip(card, code) is Joined.SEATED
    seat = my_seat(card)
    assert written == [False]
    assert seat is not None
    assert seat.counts_from == 2


def test_the_night_passed(house: House, meanwhile: Let) -> None:
    code, card = slip_for("oak"), Secret.new()
    written = meanwhile(rewrite)
    assert spend_slip(card, code) is Joined.SEATED
    assert written == [False]


def test_the_usual_check_in_takes_the_short_way_and_a_moved_seat_does_not(
    house: House, on_day: SetDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = house.join()
    house.open_round(1)
    on_day(FIRST_DAY + timedelta(days=27))
    moved = slip_for("ash")
    check_in(card, weekly(0), week(0))
    written: list[bool] = []

    def keep(*given: object) -> bool:
        if written:
            spend_slip(card, moved)
        written.append(guarded_keep(*given))  # type: ignore[arg-type]
        return written[-1]

    guarded_keep = guarded.keep
    monkeypatch.setattr(guarded, "keep", keep)
    for number in (1, 2):
        assert check_in(card, weekly(2), week(number)).contributed is Contributed.YES
    assert written == [True, False]
    assert Contribution.objects.count() == 1


def test_a_key_that_the_night_names_meanwhile_is_the_one_that_counts(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row under the key before would be lost with it at the end of the night."""
    card, keep = house.join(), guarded.keep
    house.open_round(1)
    check_in(card, weekly(0), week())

    def keep_late(*given: object) -> bool:
        nightly._name_tonights_key()
        return keep(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(guarded, "keep", keep_late)
    assert check_in(card, weekly(2), week()).contributed is Contributed.YES
    head = begins_with(NightState.objects.get().key_id)
    assert bytes(Contribution.objects.get().sealed).startswith(head)
