"""Conversations after something hard: what is kept, what never is, and who may lead or answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests.debrief.incident_world import Incidents, begin_incidents, days_later, facilitator_of, said
from tests.people.cast import FIRST_DAY, set_day

from replenish.basis.errors import Refused
from replenish.basis.faults import PeopleFault
from replenish.basis.faults.debriefing import DebriefingFault
from replenish.conditions import shared_list
from replenish.debrief.conversations.aftercare import own_aftercare
from replenish.debrief.conversations.answering import answer_in_words, answer_with_action
from replenish.debrief.conversations.facts import facts
from replenish.debrief.conversations.heads import FEW, MOST, SOME, UNSAID, kept_heads
from replenish.debrief.conversations.holding import (
    CONDITIONS,
    About,
    Held,
    Learnt,
    write_held,
    write_not_held,
)
from replenish.debrief.conversations.reading import (
    conversations_of,
    occasions,
    point_to_answer,
    points_of,
)
from replenish.debrief.incidents.reading import incident_told
from replenish.debrief.incidents.writing import take_back, write_down
from replenish.debrief.models import Conversation, LearningPoint, LedInMonth
from replenish.ledger.queries import entries
from replenish.people.actions import appoint
from replenish.people.askers import Asker

KEY = "ab" * 16
DOOR = Learnt("The side door sticks, so nobody could get past.", "workload", agreed=True)
COVER = Learnt("One person in each shift is named who can cover.", "process", agreed=True)


@pytest.fixture
def house(db: None) -> Incidents:
    return begin_incidents()


@pytest.fixture
def incident(house: Incidents) -> str:
    return house.happened()


def fault_of(refused: pytest.ExceptionInfo[Refused]) -> object:
    return refused.value.problems[0].fault


def hold(
    house: Incidents, incident: str, *points: Learnt, key: str = KEY, kind: str = "hot", came: int = 4
) -> str:
    about = About(kind, FIRST_DAY, incident)
    return write_held(
        asker=house.facilitator.asker, key=key, about=about, held=Held(8, came, points, apart=True)
    )


def every_text(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - names of our own tables
        return json.dumps(cursor.fetchall(), default=str)


def test_what_was_held_is_told_with_its_points_and_beside_its_incident(
    house: Incidents, incident: str
) -> None:
    hold(house, incident, DOOR, COVER)
    (told,) = conversations_of(house.facilitator.asker)
    assert (told.was_held, told.minutes, told.points, told.kind) == (True, 8, 2, "hot")
    assert [one.said.words for one in points_of(house.cast.steward)] == [DOOR.words, COVER.words]
    step = incident_told(house.facilitator.asker, incident).step("hot_debrief")
    assert step is not None
    assert step.became is not None
    assert step.became.outcome == "done"


def test_no_table_says_who_came_who_spoke_or_who_led(house: Incidents, incident: str) -> None:
    hold(house, incident, DOOR)
    asker = house.facilitator.asker
    for table in ("debrief_conversation", "debrief_learningpoint"):
        assert asker.actor not in every_text(table)
    counted = LedInMonth.objects.get()
    columns = {field.name for field in LedInMonth._meta.get_fields()}
    assert columns == {"id", "organisation", "account", "month", "led"}
    assert counted.led == 1


def test_words_that_nobody_agreed_on_are_nowhere(house: Incidents, incident: str) -> None:
    said_in_the_room = replace(DOOR, words="Somebody was too slow at the door.", agreed=False)
    with pytest.raises(Refused) as refused:
        hold(house, incident, COVER, said_in_the_room)
    assert fault_of(refused) is DebriefingFault.NOT_AGREED
    assert Conversation.objects.count() == 0
    tables = connection.introspection.table_names()
    assert not [table for table in tables if "too slow" in every_text(table)]
    assert not [table for table in tables if COVER.words in every_text(table)]


def test_the_same_form_twice_writes_once(house: Incidents, incident: str) -> None:
    first = hold(house, incident, DOOR)
    assert hold(house, incident, DOOR) == first
    assert (Conversation.objects.count(), LearningPoint.objects.count()) == (1, 1)
    assert own_aftercare(house.facilitator.asker).led == 1
    assert sum(entry.event == "debrief_recorded" for entry in entries(house.cast.organisation)) == 1


def test_another_form_for_the_same_incident_is_refused(house: Incidents, incident: str) -> None:
    hold(house, incident)
    with pytest.raises(Refused) as refused:
        hold(house, incident, key="cd" * 16)
    assert fault_of(refused) is DebriefingFault.ALREADY


def test_it_was_not_held_because(house: Incidents, incident: str) -> None:
    asker = house.facilitator.asker
    about = About("hot", FIRST_DAY, incident)
    write_not_held(asker=asker, key=KEY, about=about, because="no_cover")
    (told,) = conversations_of(asker)
    assert (told.was_held, told.because, told.came) == (False, "no_cover", "")
    assert own_aftercare(asker).led == 0
    step = incident_told(asker, incident).step("hot_debrief")
    assert step is not None
    assert step.became is not None
    assert (step.became.outcome, step.became.because) == ("not_done", "no_cover")
    hold(house, incident, key="cd" * 16)
    (told,) = conversations_of(asker)
    assert told.was_held, "it was put off, and held after all"


def test_no_reason_says_that_somebody_did_not_want_to(house: Incidents, incident: str) -> None:
    reasons = {reason.code for reason in facts().not_held}
    assert not reasons & {"nobody_wanted", "person_declined"}
    with pytest.raises(Refused) as refused:
        write_not_held(
            asker=house.facilitator.asker,
            key=KEY,
            about=About("hot", FIRST_DAY, incident),
            because="nobody_wanted",
        )
    assert fault_of(refused) is DebriefingFault.CHOICE


@pytest.mark.parametrize(("came", "people"), [(1, 5), (5, 5), (6, 13), (13, 13)])
def test_in_a_small_team_no_head_is_kept(came: int, people: int) -> None:
    assert kept_heads(came, people, 7).came == UNSAID
    assert kept_heads(came, None, 7).came == UNSAID


@given(st.integers(1, 60), st.integers(0, 60), st.integers(7, 15))
def test_a_number_has_the_floor_on_both_sides(came: int, others: int, floor: int) -> None:
    kept = kept_heads(came, came + others, floor)
    if kept.number is not None:
        assert kept.came == SOME
        assert min(came, others) >= floor
    assert kept.came in {UNSAID, FEW, MOST, SOME}


def bad(**changes: object) -> Held:
    return replace(Held(8, 4, (DOOR,)), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("held", "fault"),
    [
        (bad(minutes=0), DebriefingFault.MINUTES),
        (bad(minutes=21), DebriefingFault.MINUTES),
        (bad(came=0), DebriefingFault.HEADS),
        (bad(came=61), DebriefingFault.HEADS),
        (bad(points=(replace(DOOR, words=" "),)), DebriefingFault.POINT_WORDS),
        (bad(points=(replace(DOOR, words="x" * 281),)), DebriefingFault.POINT_WORDS),
        (bad(points=(replace(DOOR, words="a\u202eb"),)), DebriefingFault.POINT_WORDS),
        (bad(points=(replace(DOOR, condition="juggling"),)), DebriefingFault.CHOICE),
        (bad(points=(replace(DOOR, by_when=FIRST_DAY - timedelta(days=1)),)), DebriefingFault.POINT_DAY),
        (bad(points=(DOOR, DOOR)), DebriefingFault.POINT_TWICE),
        (bad(points=tuple(replace(DOOR, words=f"Point {n}") for n in range(4))), DebriefingFault.MANY_POINTS),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    house: Incidents, incident: str, held: Held, fault: DebriefingFault
) -> None:
    with pytest.raises(Refused) as refused:
        write_held(asker=house.facilitator.asker, key=KEY, about=About("hot", FIRST_DAY, incident), held=held)
    assert fault_of(refused) is fault
    assert Conversation.objects.count() == 0


def test_days_before_the_incident_long_ago_and_to_come_are_refused(
    house: Incidents, incident: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_day(monkeypatch, days_later(40))
    for about in (
        About("hot", days_later(-1), incident),
        About("hot", days_later(41), incident),
        About("hot", days_later(11), incident),
    ):
        with pytest.raises(Refused) as refused:
            write_held(asker=house.facilitator.asker, key=KEY, about=about, held=Held(8, 4))
        assert fault_of(refused) is DebriefingFault.DAY


def test_whoever_answers_for_a_team_does_not_lead_its_debriefs(house: Incidents, incident: str) -> None:
    cast = house.cast
    steward = cast.steward.account
    assert steward is not None
    both = appoint(asker=cast.operator, name="Both", role="facilitator").account
    appoint(asker=cast.operator, account=both, role="deputy", unit=cast.oak)
    with pytest.raises(Refused) as refused:
        write_held(
            asker=Asker(cast.organisation, both),
            key=KEY,
            about=About("hot", FIRST_DAY, incident),
            held=Held(8, 4),
        )
    assert fault_of(refused) is DebriefingFault.LEADS_HERE
    with pytest.raises(Refused) as refused:
        write_held(asker=cast.steward, key=KEY, about=About("hot", FIRST_DAY, incident), held=Held(8, 4))
    assert fault_of(refused) is PeopleFault.NOT_ALLOWED


def test_an_incident_that_was_taken_back_or_is_of_others_is_none(house: Incidents, incident: str) -> None:
    take_back(asker=house.cast.steward, incident=incident)
    elsewhere = begin_incidents("Elsewhere").happened()
    for other in (incident, elsewhere):
        with pytest.raises(Refused) as refused:
            hold(house, other)
        assert fault_of(refused) is DebriefingFault.INCIDENT
    assert occasions(house.facilitator.asker) == ()


def test_a_team_can_ask_without_an_incident(house: Incidents) -> None:
    about = About("learning", FIRST_DAY, unit=house.cast.oak)
    write_held(asker=house.facilitator.asker, key=KEY, about=about, held=Held(40, 5, (DOOR,)))
    (told,) = conversations_of(house.cast.steward)
    assert (told.unit, told.kind) == (house.cast.oak, "learning")


def test_a_review_is_read_by_itself(house: Incidents) -> None:
    restraint = write_down(asker=house.cast.steward, said=said(house.cast.oak, restraint=True))
    hold(house, restraint, DOOR, kind="review")
    steward = house.cast.steward
    assert conversations_of(steward) == ()
    assert points_of(steward) == ()
    (told,) = conversations_of(steward, ("review",))
    assert told.kind == "review"
    assert len(points_of(steward, ("review",))) == 1
    step = incident_told(steward, restraint).step("learning_review")
    assert step is not None
    assert step.became is not None


def test_a_review_is_led_by_somebody_who_was_not_involved(house: Incidents, incident: str) -> None:
    about = About("review", FIRST_DAY, incident)
    with pytest.raises(Refused) as refused:
        write_held(asker=house.facilitator.asker, key=KEY, about=about, held=Held(60, 5, (DOOR,)))
    assert fault_of(refused) is DebriefingFault.NOT_APART
    assert Conversation.objects.count() == 0


def test_a_point_is_answered_once_by_whoever_leads_the_unit(house: Incidents, incident: str) -> None:
    hold(house, incident, DOOR, COVER)
    first, second = points_of(house.cast.steward)
    assert first.may_answer
    assert not points_of(house.facilitator.asker)[0].may_answer
    with pytest.raises(Refused):
        answer_in_words(asker=house.facilitator.asker, point=first.point, answer="done", words="Oiled.")
    for _twice in range(2):
        answer_in_words(asker=house.cast.steward, point=first.point, answer="done", words=" Oiled. ")
        answer_with_action(asker=house.cast.steward, point=second.point, action="ef" * 16)
    done, acted = points_of(house.cast.steward)
    assert {one.answer for one in (done, acted)} == {"done", "action"}
    with pytest.raises(Refused) as refused:
        answer_in_words(asker=house.cast.steward, point=first.point, answer="not_now", words="No money.")
    assert fault_of(refused) is DebriefingFault.ANSWERED
    with pytest.raises(Refused):
        point_to_answer(house.cast.steward, first.point)


def test_another_organisation_finds_no_point(house: Incidents, incident: str) -> None:
    hold(house, incident, DOOR)
    (point,) = points_of(house.cast.steward)
    other = begin_incidents("Elsewhere").cast.steward
    assert points_of(other) == ()
    with pytest.raises(Refused) as refused:
        point_to_answer(other, point.point)
    assert fault_of(refused) is DebriefingFault.POINT_UNKNOWN


def _keys() -> Iterator[str]:
    yield from (f"{number:032x}" for number in range(20))


def test_own_count_is_of_two_months_and_of_nobody_else(
    house: Incidents, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, asker = _keys(), house.facilitator.asker
    after = facts().aftercare.after
    for number in range(after):
        assert own_aftercare(asker).offered is False, number
        about = About("hot", FIRST_DAY, unit=house.cast.oak)
        write_held(asker=asker, key=next(keys), about=about, held=Held(8, 4))
    assert own_aftercare(asker).offered is True
    other = facilitator_of(house.cast, "Ben Rowe").asker
    assert own_aftercare(other).led == 0
    set_day(monkeypatch, days_later(70))
    assert own_aftercare(asker).led == 0
    about = About("hot", days_later(70), unit=house.cast.oak)
    write_held(asker=other, key=next(keys), about=about, held=Held(8, 4))
    assert set(LedInMonth.objects.values_list("account", flat=True)) == {other.account}, "older ones are gone"


def test_conditions_are_those_of_the_shared_list() -> None:
    assert CONDITIONS == shared_list.CONDITIONS
