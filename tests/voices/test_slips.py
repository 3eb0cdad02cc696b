"""Slips: spent once, open two weeks, kept as hashes, counted by night; seats that move, renew and lapse."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from tests.voices.cards import FIRST_DAY, GROUPS, SEASON, House, week, weekly
from tests.voices.conftest import SetDay
from tests.voices.seats_held import seats_by_unit

from replenish.basis.errors import Refused
from replenish.basis.faults import VoiceFault
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing.secret import Secret
from replenish.sealing.slips import slip_code, slip_hash
from replenish.voices.actions import Joined, check_in, erase, renew_seat, spend_slip
from replenish.voices.contributing import Contributed
from replenish.voices.models import ArrivingSeat, Contribution, GroupOfUnit, Seat, SeatSeason, Slip, SlipDraw
from replenish.voices.nightly import rewrite
from replenish.voices.queries import my_seat, slip_counts_of_my_group
from replenish.voices.rounds import begin_season, clear_seats, remove_round
from replenish.voices.slips import expire_slips, make_slips, slip_counts


def test_slips_are_kept_as_hashes_only(house: House) -> None:
    slips = make_slips(season=SEASON, counts={"oak": 9, "elm": 12})
    assert sorted(slip.unit for slip in slips) == ["elm"] * 12 + ["oak"] * 9
    assert set(Slip.objects.values_list("hash", flat=True)) == {slip_hash(slip.code) for slip in slips}
    assert len({slip.code for slip in slips}) == 21
    assert "hidden" in repr(slips[0])


def test_slips_of_a_unit_lie_together_and_their_order_is_chance(house: House) -> None:
    slips = make_slips(season=SEASON, counts={"oak": 30, "elm": 30}, rng=random.Random(1))  # noqa: S311
    units = [slip.unit for slip in slips]
    assert units in (["oak"] * 30 + ["elm"] * 30, ["elm"] * 30 + ["oak"] * 30)
    assert [slip_hash(slip.code) for slip in slips] != sorted(slip_hash(slip.code) for slip in slips)


def test_a_slip_is_spent_once_and_every_other_try_has_one_answer(house: House, on_day: SetDay) -> None:
    used, late = make_slips(season=SEASON, counts={"oak": 2})
    assert spend_slip(Secret.new(), used.code.lower()) is Joined.SEATED
    on_day(FIRST_DAY + timedelta(days=15))
    said = set()
    for code in (used.code, late.code, slip_code()):
        with pytest.raises(Refused) as refused:
            spend_slip(Secret.new(), code)
        said.add(str(refused.value))
    assert len(said) == 1
    assert refused.value.fault is VoiceFault.SLIP_NOT_OPEN
    with pytest.raises(Refused) as refused:
        spend_slip(Secret.new(), late.code[:-1] + ("B" if late.code[-1] != "B" else "C"))
    assert isinstance(refused.value.fault, SealingFault)


def test_a_slip_is_good_on_its_last_day_and_no_longer(house: House, on_day: SetDay) -> None:
    first, second = make_slips(season=SEASON, counts={"oak": 2})
    on_day(FIRST_DAY + timedelta(days=14))
    assert spend_slip(Secret.new(), first.code) is Joined.SEATED
    assert expire_slips(FIRST_DAY + timedelta(days=14)) == 0
    assert expire_slips(FIRST_DAY + timedelta(days=15)) == 1
    assert not Slip.objects.exists()
    on_day(FIRST_DAY)
    with pytest.raises(Refused):
        spend_slip(Secret.new(), second.code)


@pytest.mark.parametrize("count", [0, -3, 1001])
def test_a_number_of_slips_that_cannot_be_is_refused(house: House, count: int) -> None:
    with pytest.raises(Refused) as refused:
        make_slips(season=SEASON, counts={"elm": 2, "oak": count})
    assert refused.value.fault is VoiceFault.SLIPS_COUNT
    with pytest.raises(Refused) as refused:
        make_slips(season=SEASON, counts={"oak": 2}, expires_on=FIRST_DAY + timedelta(days=15))
    assert refused.value.fault is VoiceFault.SLIPS_TOO_LONG
    assert not SlipDraw.objects.exists()


def test_the_group_sees_how_many_were_made_and_by_night_how_many_were_used(house: House) -> None:
    card = house.join("elm")
    slips = make_slips(season=SEASON, counts={"elm": 3, "ash": 9, "oak": 8})
    for slip in slips:
        if slip.unit == "ash":
            spend_slip(Secret.new(), slip.code)
    before = slip_counts_of_my_group(card)
    assert [(c.unit, c.made, c.used) for c in before] in (
        [("ash", 9, 0), ("elm", 1, 0), ("elm", 3, 0)],
        [("ash", 9, 0), ("elm", 3, 0), ("elm", 1, 0)],
    ), "no page shows a spending before the night, and no page shows another group"
    make_slips(season=SEASON, counts={"elm": 4}, replace=True)
    rewrite()
    assert {(c.unit, c.made, c.used) for c in slip_counts_of_my_group(card)} == {
        ("ash", 9, 9), ("elm", 1, 1), ("elm", 3, 0), ("elm", 4, 0)
    }  # fmt: skip
    counts = slip_counts(SEASON)
    assert (counts["elm"].made, counts["elm"].used) == (8, 1)
    assert slip_counts_of_my_group(Secret.new()) == ()


def test_replacing_withdraws_the_unspent_slips_of_those_units_alone(house: House) -> None:
    old, other = (make_slips(season=SEASON, counts={unit: 1})[0] for unit in ("oak", "elm"))
    make_slips(season=SEASON, counts={"oak": 1}, replace=True)
    with pytest.raises(Refused):
        spend_slip(Secret.new(), old.code)
    assert spend_slip(Secret.new(), other.code) is Joined.SEATED


def test_a_second_slip_moves_the_seat_from_the_next_round(house: House, on_day: SetDay) -> None:
    card = house.join("oak")
    house.open_round(1)
    same, there = (make_slips(season=SEASON, counts={unit: 1})[0] for unit in ("oak", "elm"))
    with pytest.raises(Refused):
        spend_slip(card, same.code)
    assert Slip.objects.filter(hash=slip_hash(same.code)).exists(), "a slip is not lost to its own unit"
    assert spend_slip(card, there.code) is Joined.MOVES
    check_in(card, weekly(), week())
    assert Contribution.objects.get().group == "group-a"
    seat = my_seat(card)
    assert seat is not None
    assert (seat.unit, seat.moves_to, seat.moves_from, seat.group) == ("oak", "elm", 2, "group-a")
    remove_round("season-1-round-1")
    house.open_round(2)
    on_day(FIRST_DAY + timedelta(days=28))
    check_in(card, weekly(), week(4))
    assert Contribution.objects.get().group == "group-b"
    rewrite()
    seat = my_seat(card)
    assert seat is not None
    assert (seat.unit, seat.moves_to, seat.moves_from, seat.group) == ("elm", "", None, "group-b")


def test_a_move_is_taken_back_by_a_slip_of_the_old_unit(house: House) -> None:
    card = house.join("oak")
    house.open_round(1)
    for unit in ("elm", "oak"):
        assert spend_slip(card, make_slips(season=SEASON, counts={unit: 1})[0].code) is Joined.MOVES
    row = ArrivingSeat.objects.get()
    assert (row.unit, row.moves_to, row.moves_from) == ("oak", "", None)


def test_a_card_has_a_seat_in_one_organisation(house: House) -> None:
    card = house.join()
    begin_season("another-1", groups={"pine": "group-p"}, renew_until=FIRST_DAY)
    (slip,) = make_slips(season="another-1", counts={"pine": 1})
    with pytest.raises(Refused) as refused:
        spend_slip(card, slip.code)
    assert refused.value.fault is VoiceFault.SLIP_NOT_OPEN
    assert spend_slip(Secret.new(), slip.code) is Joined.SEATED


@pytest.mark.parametrize("kind", ["erased", "of the unit", "of another organisation"])
def test_a_card_that_cannot_spend_a_slip_cannot_ask_whether_it_is_spent(house: House, kind: str) -> None:
    """Whoever kept the codes, and knows who drew which, would otherwise learn who has joined."""
    begin_season("another-1", groups={"pine": "group-p"}, renew_until=FIRST_DAY)
    season, unit = ("another-1", "pine") if kind == "of another organisation" else (SEASON, "oak")
    spent, unspent = make_slips(season=season, counts={unit: 2})
    spend_slip(Secret.new(), spent.code)
    card = house.join("oak")
    if kind == "erased":
        erase(card)
    said = set()
    for slip in (spent, unspent):
        with pytest.raises(Refused) as refused:
            spend_slip(card, slip.code)
        said.add(str(refused.value))
    assert len(said) == 1
    assert Slip.objects.count() == 1, "asking has spent nothing"


SECOND = FIRST_DAY + timedelta(days=84)


def next_season(house: House, on_day: SetDay) -> None:
    on_day(SECOND)
    begin_season("season-2", groups=GROUPS, follows=SEASON, renew_until=SECOND + timedelta(days=14))
    house.open_round(1, season="season-2", starts_on=SECOND)


def test_a_visit_renews_the_seat_and_it_counts_at_once(house: House, on_day: SetDay) -> None:
    card = house.join("elm")
    rewrite()
    next_season(house, on_day)
    assert renew_seat(card)
    assert not renew_seat(card)
    seat = my_seat(card)
    assert seat is not None
    assert (seat.season, seat.unit, seat.counts_from) == ("season-2", "elm", 1)
    assert check_in(card, weekly(), week(12)).contributed is Contributed.YES
    assert Contribution.objects.get().group == "group-b"


def test_checking_in_is_a_visit_too(house: House, on_day: SetDay) -> None:
    card = house.join("elm")
    next_season(house, on_day)
    assert check_in(card, weekly(), week(12)).contributed is Contributed.YES


def test_who_does_not_come_by_lapses_and_everything_of_the_season_goes(house: House, on_day: SetDay) -> None:
    gone, back = house.join("elm"), house.join("oak")
    next_season(house, on_day)
    renew_seat(back)
    on_day(SECOND + timedelta(days=14))
    rewrite()
    assert Seat.objects.filter(season=SEASON).count() == 2, "the last day still renews"
    on_day(SECOND + timedelta(days=15))
    assert not renew_seat(gone)
    rewrite()
    assert my_seat(gone) is None
    assert my_seat(back) is not None
    for table in (Seat, GroupOfUnit, SlipDraw):
        assert not table.objects.filter(season=SEASON).exists()
    assert list(SeatSeason.objects.values_list("id", flat=True)) == ["season-2"]
    assert seats_by_unit("season-2") == {"oak": 1}
    (slip,) = make_slips(season=SEASON, counts={"oak": 1})
    with pytest.raises(Refused):
        spend_slip(Secret.new(), slip.code)


def test_a_unit_that_renewed_too_often_begins_with_a_fresh_draw(house: House) -> None:
    card = house.join("oak")
    house.join("elm")
    rewrite()
    assert seats_by_unit(SEASON) == {"oak": 1, "elm": 1}
    clear_seats(SEASON, ["oak"])
    assert my_seat(card) is None
    assert seats_by_unit(SEASON) == {"elm": 1}
