"""What is prepared before one's turn to write is written only if nothing has changed in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.voices.cards import FIRST_DAY, House, week, weekly
from tests.voices.conftest import SetDay

from replenish.basis.errors import Refused
from replenish.basis.faults import VoiceFault
from replenish.sealing.secret import Secret
from replenish.voices import actions
from replenish.voices.actions import check_in, erase
from replenish.voices.contributing import Contributed
from replenish.voices.microdata import read_contributions
from replenish.voices.models import Contribution
from replenish.voices.nightly import rewrite
from replenish.voices.queries import my_box
from replenish.voices.rounds import replace_key, stop_accepting
from replenish.voices.standing import plan_ahead

ROUND = "season-1-round-1"


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Let something happen once, between the preparation of a check-in and its turn to write."""

    def let(happen: Callable[[], object]) -> None:
        def prepared_and_then(*arguments: object) -> object:
            monkeypatch.setattr(actions, "plan_ahead", plan_ahead)
            ahead = plan_ahead(*arguments)  # type: ignore[arg-type]
            happen()
            return ahead

        monkeypatch.setattr(actions, "plan_ahead", prepared_and_then)

    return let


@pytest.fixture
def card(house: House, on_day: SetDay) -> Secret:
    """Somebody with a seat, an open round and a first check-in."""
    found = house.join()
    house.open_round(1)
    on_day(FIRST_DAY + timedelta(days=27))
    check_in(found, weekly(0), week(0))
    return found


Let = Callable[[Callable[[], object]], None]


def weeks_in(card: Secret) -> set[str]:
    content = my_box(card)
    assert content is not None
    return {kept.week for kept in content.check_ins}


def test_another_device_came_first(house: House, card: Secret, meanwhile: Let) -> None:
    meanwhile(lambda: check_in(card, weekly(2), week(1)))
    check_in(card, weekly(4), week(2))
    assert weeks_in(card) == {week(0), week(1), week(2)}
    stop_accepting(ROUND)
    scores = read_contributions(ROUND, house.keys.opener(ROUND)).scores
    assert scores["relational"].tolist() == [50.0]


def test_the_round_stopped_accepting(card: Secret, meanwhile: Let) -> None:
    before = Contribution.objects.get().sealed
    meanwhile(lambda: stop_accepting(ROUND))
    assert check_in(card, weekly(4), week(2)).contributed is Contributed.WITHOUT_ROUND
    assert Contribution.objects.get().sealed == before
    assert weeks_in(card) == {week(0), week(2)}


def test_the_round_got_another_key(house: House, card: Secret, meanwhile: Let) -> None:
    house.keys.destroy(ROUND)
    meanwhile(lambda: replace_key(ROUND, house.keys.create(ROUND)))
    assert check_in(card, weekly(4), week(2)).contributed is Contributed.YES
    stop_accepting(ROUND)
    assert read_contributions(ROUND, house.keys.opener(ROUND)).groups == ("group-a",)


def test_the_night_passed(card: Secret, meanwhile: Let) -> None:
    meanwhile(rewrite)
    check_in(card, weekly(4), week(2))
    rewrite()
    assert weeks_in(card) == {week(0), week(2)}


def test_the_card_was_erased(card: Secret, meanwhile: Let) -> None:
    meanwhile(lambda: erase(card))
    with pytest.raises(Refused) as refused:
        check_in(card, weekly(4), week(2))
    assert refused.value.fault is VoiceFault.CARD_ERASED
    assert my_box(card) is None
    assert not Contribution.objects.exists()
