"""A doubt about the number of slips: one's own group, the next night, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from tests.conditions.instances import Instance
from tests.voices.cards import FIRST_DAY, House
from tests.voices.conftest import SetDay
from tests.voices.test_concurrency import at_once

from replenish.basis.errors import Refused
from replenish.basis.faults import VoiceFault
from replenish.sealing.secret import Secret
from replenish.voices.doubts import raise_doubt, take_doubts
from replenish.voices.models import GroupDoubt
from replenish.voices.nightly import rewrite
from replenish.voices.rounds import begin_season

ROWS = ["season-1/group-a", "season-1/group-b"]


def kept() -> list[str]:
    return list(GroupDoubt.objects.order_by("id").values_list("id", flat=True))


def test_every_group_has_a_row_before_anybody_doubts(house: House) -> None:
    assert kept() == ROWS
    assert take_doubts() == frozenset()


def test_a_doubt_is_about_ones_own_group_and_is_taken_once(house: House) -> None:
    raise_doubt(house.join("elm"))
    raise_doubt(house.join("ash"))
    assert take_doubts() == {("season-1", "group-b")}
    assert take_doubts() == frozenset()


def test_it_outlasts_a_rewrite_that_nobody_took_it_before(house: House) -> None:
    raise_doubt(house.join("oak"))
    rewrite()
    assert take_doubts() == {("season-1", "group-a")}


def test_a_card_without_a_seat_doubts_nothing(house: House) -> None:
    with pytest.raises(Refused) as refused:
        raise_doubt(Secret.new())
    assert refused.value.fault is VoiceFault.DOUBT_WITHOUT_SEAT
    assert take_doubts() == frozenset()


def test_rows_come_back_after_a_restore_and_go_with_their_season(house: House, on_day: SetDay) -> None:
    card = house.join("oak")
    GroupDoubt.objects.all().delete()
    raise_doubt(card)
    assert kept() == ROWS
    assert take_doubts() == {("season-1", "group-a")}
    begin_season("season-2", groups={"oak": "group-c"}, renew_until=FIRST_DAY, follows="season-1")
    assert kept() == [*ROWS, "season-2/group-c"]
    on_day(FIRST_DAY + timedelta(days=1))
    rewrite()
    take_doubts()
    assert kept() == ["season-2/group-c"]


def test_two_groups_that_doubt_at_once_are_both_heard(instance: Instance, house: House) -> None:
    cards = [house.join(unit) for unit in ("oak", "elm", "ash", "oak")]
    for _ in range(5):
        assert at_once(instance, [partial(raise_doubt, card) for card in cards]) == [None] * len(cards)
        assert take_doubts() == {("season-1", "group-a"), ("season-1", "group-b")}
