"""Checking in: the box is saved always, the contribution follows from it, a repetition changes nothing."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from tests.voices.cards import FIRST_DAY, ROUND, WEEKLY, House, everything, week, weekly
from tests.voices.conftest import SetDay

from replenish.basis.errors import Refused
from replenish.basis.faults import AnswerFault, VoiceFault
from replenish.basis.faults.sealing import SealingFault
from replenish.measures.library import load_pack
from replenish.sealing.secret import Secret
from replenish.voices.actions import check_in, contribute_again, edit_box, erase
from replenish.voices.box_content import BoxContent, Reflection
from replenish.voices.contributing import Contributed
from replenish.voices.microdata import Microdata, delete_contributions, read_contributions
from replenish.voices.models import ArrivingBox, Contribution, ErasedBox, OpenRound, Seat
from replenish.voices.queries import my_box, my_seat
from replenish.voices.rounds import remove_round, replace_key, stop_accepting


def closed(house: House, name: str) -> Microdata:
    stop_accepting(name)
    return read_contributions(name, house.keys.opener(name))


def test_a_check_in_is_kept_and_contributed(house: House) -> None:
    card = house.join("oak")
    name = house.open_round(1)
    assert check_in(card, weekly(2), week()).contributed is Contributed.YES
    content = my_box(card)
    assert content is not None
    (kept,) = content.check_ins
    assert (kept.week, kept.pack, kept.answers["sign.dread"]) == (week(), WEEKLY, 2.0)
    assert kept.pack_hash == load_pack(WEEKLY).content_hash
    rows = closed(house, name)
    assert rows.groups == ("group-a",)
    assert rows.scores["relational"].tolist() == [50.0]
    assert np.isnan(rows.scores["overload"]).all()
    assert "selfcompassion" not in rows.scores
    assert "relational_track" not in rows.scores


def test_the_person_comes_first(house: House, on_day: SetDay) -> None:
    """Four check-ins of one person are one voice: the mean of their scores."""
    card = house.join()
    name = house.open_round(1)
    on_day(FIRST_DAY + timedelta(days=27))
    for number, answer in enumerate((0, 1, 4, 4)):
        check_in(card, weekly(answer), week(number))
    check_in(card, everything(3), week(3))
    rows = closed(house, name)
    assert rows.scores["relational"].tolist() == [(0 + 25 + 100 + 75) / 4]
    assert rows.scores["leaders"].tolist() == [50.0], "one of its two questions is reversed"
    assert rows.scores["supervision"].tolist() == [87.5]


def test_the_same_check_in_again_replaces_the_earlier_one(house: House) -> None:
    card = house.join()
    name = house.open_round(1)
    for answer in (4, 4, 0):
        check_in(card, weekly(answer), week())
    content = my_box(card)
    assert content is not None
    assert len(content.check_ins) == 1
    assert closed(house, name).scores["relational"].tolist() == [0.0]


def test_taking_all_answers_back_takes_the_contribution_back(house: House) -> None:
    card = house.join()
    house.open_round(1)
    check_in(card, weekly(4), week())
    assert check_in(card, {WEEKLY: {}}, week()).contributed is Contributed.NOTHING_IN_ROUND
    assert not Contribution.objects.exists()
    assert my_box(card) == BoxContent()


def test_without_a_seat_the_box_works(house: House) -> None:
    house.open_round(1)
    card = Secret.new()
    assert my_box(card) is None
    assert check_in(card, weekly(), week()).contributed is Contributed.WITHOUT_SEAT
    assert my_box(card) is not None
    assert my_seat(card) is None
    assert not Contribution.objects.exists()


def test_without_an_open_round_the_box_is_saved(house: House) -> None:
    card = house.join()
    assert check_in(card, weekly(), week()).contributed is Contributed.WITHOUT_ROUND
    name = house.open_round(1)
    stop_accepting(name)
    assert check_in(card, weekly(2), week()).contributed is Contributed.WITHOUT_ROUND
    content = my_box(card)
    assert content is not None
    assert content.check_ins[0].answers["sign.dread"] == 2.0
    assert not Contribution.objects.exists()


def test_who_joins_counts_from_the_next_round(house: House, on_day: SetDay) -> None:
    house.open_round(1)
    card = house.join()
    assert check_in(card, weekly(), week()).contributed is Contributed.COUNTS_LATER
    remove_round("season-1-round-1")
    house.open_round(2)
    on_day(FIRST_DAY + timedelta(days=30))
    assert check_in(card, weekly(), week(4)).contributed is Contributed.YES


def test_a_check_in_of_another_round_s_week_is_no_part_of_this_one(house: House, on_day: SetDay) -> None:
    card = house.join()
    name = house.open_round(2)
    on_day(FIRST_DAY + timedelta(days=30))
    assert check_in(card, weekly(4), week(0)).contributed is Contributed.NOTHING_IN_ROUND
    check_in(card, weekly(1), week(4))
    assert closed(house, name).scores["relational"].tolist() == [25.0]


def test_other_questions_than_those_of_the_round_do_not_count(house: House) -> None:
    card = house.join()
    house.open_round(1)
    OpenRound.objects.update(packs={WEEKLY: "another version", ROUND: "another version"})
    assert check_in(card, weekly(), week()).contributed is Contributed.QUESTIONS_CHANGED


def test_a_lost_key_is_replaced_and_the_next_visit_contributes_again(house: House) -> None:
    card, quiet = house.join(), house.join()
    name = house.open_round(1)
    check_in(card, weekly(3), week())
    assert contribute_again(card) is None
    replace_key(name, "")
    assert check_in(quiet, weekly(0), week()).contributed is Contributed.WITHOUT_KEY
    assert contribute_again(card) is None, "there is nothing to seal to"
    house.keys.destroy(name)
    replace_key(name, house.keys.create(name))
    assert not Contribution.objects.exists()
    assert contribute_again(card) is Contributed.YES
    assert contribute_again(card) is None
    assert closed(house, name).scores["relational"].tolist() == [75.0]


@pytest.mark.parametrize(
    ("answers", "when", "fault"),
    [
        ({WEEKLY: {"sign.unheard": 1.0}}, week(), VoiceFault.ANSWER_UNKNOWN),
        ({WEEKLY: {"sign.dread": 9.0}}, week(), AnswerFault.ANSWERS_OUT_OF_RANGE),
        ({WEEKLY: {"sign.dread": 1.5}}, week(), AnswerFault.ANSWERS_NOT_A_STEP),
        ({ROUND: {"process.time": 7.0}}, week(), AnswerFault.ANSWERS_NOT_AN_OPTION),
        ({WEEKLY: {"sign.dread": float("nan")}}, week(), VoiceFault.ANSWER_IMPOSSIBLE),
        (weekly(), "2026-W54", VoiceFault.WEEK_UNKNOWN),
        (weekly(), "next week", VoiceFault.WEEK_UNKNOWN),
        (weekly(), week(1), VoiceFault.WEEK_AHEAD),
    ],
)
def test_what_cannot_be_an_answer_is_refused_and_nothing_is_written(
    house: House, answers: dict[str, dict[str, float]], when: str, fault: object
) -> None:
    card = house.join()
    house.open_round(1)
    with pytest.raises(Refused) as refused:
        check_in(card, answers, when)
    assert refused.value.fault is fault
    assert my_box(card) is None


def test_editing_the_box_edits_the_contribution(house: House) -> None:
    card = house.join()
    name = house.open_round(1)
    check_in(card, weekly(4), week())
    before = Contribution.objects.get().sealed
    note = Reflection(week=week(), topic="name it", text="It was a long week.")
    edit_box(card, lambda box: box.with_reflection(note).with_settings(theme="dark"))
    assert Contribution.objects.get().sealed == before, "words are no business of the organisation"
    edit_box(card, lambda box: box.model_copy(update={"check_ins": ()}))
    assert not Contribution.objects.exists()
    content = my_box(card)
    assert content is not None
    assert content.reflections == (note,)
    assert closed(house, name).groups == ()


def test_erasing_leaves_nothing_but_a_hash(house: House) -> None:
    card = house.join()
    house.open_round(1)
    check_in(card, weekly(), week())
    other = house.join()
    check_in(other, weekly(), week())
    for _ in range(2):
        erase(card)
        assert my_box(card) is None
        assert my_seat(card) is None
        assert Contribution.objects.count() == 0, "the other one counts from the next round"
        assert ArrivingBox.objects.count() == 1
        assert ErasedBox.objects.count() == 1
    assert my_seat(other) is not None
    with pytest.raises(Refused) as refused:
        check_in(card, weekly(), week())
    assert refused.value.fault is VoiceFault.CARD_ERASED
    with pytest.raises(Refused) as refused:
        house.join(secret=card)
    assert refused.value.fault is VoiceFault.CARD_ERASED
    assert not Seat.objects.exists()


def test_an_open_round_is_not_read(house: House) -> None:
    name = house.open_round(1)
    with pytest.raises(Refused) as refused:
        read_contributions(name, house.keys.opener(name))
    assert refused.value.fault is VoiceFault.ROUND_STILL_ACCEPTING
    with pytest.raises(Refused) as refused:
        read_contributions("another", house.keys.opener(name))
    assert refused.value.fault is VoiceFault.ROUND_UNKNOWN


def test_a_damaged_contribution_stops_the_reading(house: House) -> None:
    """It is refused rather than left out: a close that quietly loses a voice would say something untrue."""
    cards = [house.join() for _ in range(3)]
    name = house.open_round(1)
    for card in cards:
        check_in(card, weekly(), week())
    row = Contribution.objects.order_by("voice")[1]
    Contribution.objects.filter(voice=row.voice).update(sealed=bytes(row.sealed)[:-1] + b"?")
    with pytest.raises(Refused) as refused:
        closed(house, name)
    assert refused.value.fault is SealingFault.WRAP_DAMAGED


def test_rows_come_in_the_order_of_their_voices_and_go_at_once(house: House) -> None:
    cards = [house.join(unit) for unit in ("oak", "elm", "ash", "oak")]
    name = house.open_round(1)
    for answer, card in enumerate(cards):
        check_in(card, weekly(answer), week())
    rows = closed(house, name)
    stored = Contribution.objects.order_by("voice").values_list("group", flat=True)
    assert list(rows.groups) == list(stored)
    by_group = sorted(zip(rows.groups, rows.scores["relational"].tolist(), strict=True))
    assert by_group == [("group-a", 0.0), ("group-a", 75.0), ("group-b", 25.0), ("group-b", 50.0)]
    assert delete_contributions(name) == 4
    assert remove_round(name)
    assert not remove_round(name)


def test_weeks_of_adjoining_rounds_never_overlap() -> None:
    from replenish.voices.weeks import weeks_of_round

    for shift in range(7):
        start = date(2026, 12, 14) + timedelta(days=shift)
        first = weeks_of_round(start, start + timedelta(days=28))
        second = weeks_of_round(start + timedelta(days=28), start + timedelta(days=56))
        assert len(first) == len(second) == 4
        assert not first & second
