"""The list of whom to ask again: sealed to one facilitator, gone on its day, told as a band over seven."""

from __future__ import annotations

import io
from itertools import product

import pytest
from django.db import connection
from tests.debrief.incident_world import Facilitator, Incidents, begin_incidents, days_later, facilitator_of
from tests.people.cast import FIRST_DAY, set_day

from replenish.basis.errors import Refused
from replenish.basis.faults.incidents import IncidentFault
from replenish.basis.faults.records import RecordFault
from replenish.debrief.incidents.asking import (
    Line,
    frame_of,
    give_up_list,
    keep_list,
    open_list,
    own_frames,
)
from replenish.debrief.incidents.clocks import Quarter
from replenish.debrief.incidents.night import destroy_what_is_over
from replenish.debrief.incidents.tally import (
    BandOfAnswers,
    answers_told,
    band_of_answers,
    own_tallies,
    tell_quarter,
)
from replenish.debrief.incidents.writing import take_back
from replenish.debrief.models import AnswerTally, AskingList
from replenish.disclosure.bands import FLOOR, SIZE_CLASSES, colluders
from replenish.people.record_keys import replace_lost_key
from replenish.safekeeping.policy import KEPT, LEFT_OUT
from replenish.sealing.record_key import RecordSecret

NAMES = ("Zebedee Quill", "Wilhelmina Thrush", "Ottoline Vetch")
QUARTER = Quarter.of(FIRST_DAY)


@pytest.fixture
def house(db: None) -> Incidents:
    return begin_incidents()


def kept(who: Facilitator, incident: str, answers: str = "yes", people: int = 3) -> None:
    lines = [Line(f"{NAMES[at % 3]} {at}", second_check=answers) for at in range(people)]
    keep_list(asker=who.asker, incident=incident, secret=who.secret, lines=lines)


def dump() -> bytes:
    """Every cell of every table, as a thief of the database has it."""
    out = io.BytesIO()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names from the database itself
            for row in cursor.fetchall():
                for cell in row:
                    out.write(bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode())
                    out.write(b"|")
    return out.getvalue()


def fault(refused: pytest.ExceptionInfo[Refused]) -> object:
    return refused.value.problems[0].fault


def test_only_the_phrase_of_its_facilitator_opens_a_list(house: Incidents) -> None:
    incident, flo, ned = house.happened(), house.facilitator, facilitator_of(house.cast, "Ned Marsh")
    lines = (Line("Jo", "yes", ""), Line("A. B.", "none", "no"))
    keep_list(asker=flo.asker, incident=incident, secret=flo.secret, lines=lines)
    assert open_list(asker=flo.asker, incident=incident, secret=flo.secret) == lines
    assert open_list(asker=ned.asker, incident=incident, secret=ned.secret) == ()
    with pytest.raises(Refused) as refused:
        open_list(asker=flo.asker, incident=incident, secret=ned.secret)
    assert fault(refused) is RecordFault.PHRASE_OTHER
    for asker in (house.cast.steward, house.cast.representative):
        with pytest.raises(Refused):
            open_list(asker=asker, incident=incident, secret=flo.secret)


def test_a_dump_holds_no_name_no_answer_and_no_number_of_people(house: Incidents) -> None:
    incident, other = house.happened(), house.happened()
    kept(house.facilitator, incident, people=1)
    kept(house.facilitator, other, answers="no", people=25)
    whole = dump()
    assert not any(name.encode() in whole for name in (*NAMES, "second_check"))
    sizes = {len(bytes(row.sealed)) for row in AskingList.objects.all()}
    assert len(sizes) == 1


def test_keeping_a_list_again_leaves_no_count_of_it(house: Incidents) -> None:
    incident = house.happened()
    kept(house.facilitator, incident)
    first = AskingList.objects.get()
    kept(house.facilitator, incident)
    again = AskingList.objects.get()
    assert first.id != again.id
    assert (first.account, first.destroy_on) == (again.account, again.destroy_on)
    assert AnswerTally.objects.count() == 1


def test_a_list_is_over_on_day_31_and_the_night_destroys_it(
    house: Incidents, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident, flo = house.happened(), house.facilitator
    kept(flo, incident)
    assert frame_of(asker=flo.asker, incident=incident).destroy_on == days_later(31)
    set_day(monkeypatch, days_later(30))
    destroy_what_is_over()
    assert len(own_frames(flo.asker)) == 1
    set_day(monkeypatch, days_later(31))
    # Whether or not the night has been there.
    assert own_frames(flo.asker) == ()
    with pytest.raises(Refused) as refused:
        open_list(asker=flo.asker, incident=incident, secret=flo.secret)
    assert fault(refused) is IncidentFault.LIST_OVER
    with pytest.raises(Refused):
        kept(flo, incident)
    destroy_what_is_over()
    assert not AskingList.objects.exists()


def test_no_backup_holds_a_list_or_a_count() -> None:
    sealed = {"debrief_askinglist", "debrief_answertally"}
    assert sealed <= LEFT_OUT.keys()
    assert not sealed & set(KEPT)


def test_a_list_goes_with_an_incident_that_was_a_mistake_and_when_it_is_given_up(house: Incidents) -> None:
    incident, other = house.happened(), house.happened()
    kept(house.facilitator, incident)
    kept(house.facilitator, other)
    take_back(asker=house.cast.steward, incident=incident)
    give_up_list(asker=house.facilitator.asker, incident=other)
    assert not AskingList.objects.exists()


def test_after_a_lost_phrase_a_list_stays_closed_and_another_can_begin(house: Incidents) -> None:
    incident, flo = house.happened(), house.facilitator
    kept(flo, incident)
    fresh = RecordSecret.new()
    replace_lost_key(asker=flo.asker, secret=fresh)
    with pytest.raises(Refused) as refused:
        open_list(asker=flo.asker, incident=incident, secret=fresh)
    assert fault(refused) is RecordFault.CLOSED
    give_up_list(asker=flo.asker, incident=incident)
    keep_list(asker=flo.asker, incident=incident, secret=fresh, lines=[Line("Jo")])
    assert open_list(asker=flo.asker, incident=incident, secret=fresh) == (Line("Jo"),)


@pytest.mark.parametrize(
    "lines",
    [
        [Line("x" * 61)],
        [Line(str(at)) for at in range(41)],
        [Line("Jo", "she cried")],
        [Line("Jo", "", "maybe")],
    ],
)
def test_a_list_has_room_for_names_and_three_answers_alone(house: Incidents, lines: list[Line]) -> None:
    with pytest.raises(Refused):
        keep_list(
            asker=house.facilitator.asker,
            incident=house.happened(),
            secret=house.facilitator.secret,
            lines=lines,
        )
    assert not AskingList.objects.exists()


def told_when_it_is_time(house: Incidents, monkeypatch: pytest.MonkeyPatch) -> list[BandOfAnswers]:
    (tally,) = own_tallies(house.facilitator.asker)
    set_day(monkeypatch, tally.from_day)
    told = tell_quarter(asker=house.facilitator.asker, quarter=QUARTER, secret=house.facilitator.secret)
    return [one.band for one in told]


def test_seven_offers_are_told_as_a_band_and_six_never(
    house: Incidents, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = house.happened()
    kept(house.facilitator, incident, people=6)
    with pytest.raises(Refused) as refused:
        tell_quarter(asker=house.facilitator.asker, quarter=QUARTER, secret=house.facilitator.secret)
    assert fault(refused) is IncidentFault.QUARTER_OPEN
    # Counted once, however often the list is kept.
    kept(house.facilitator, incident, people=6)
    assert told_when_it_is_time(house, monkeypatch) == []
    assert not AnswerTally.objects.exists()
    assert answers_told(house.cast.organisation) == ()


def test_lists_of_a_quarter_are_counted_together(house: Incidents, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(house.facilitator, house.happened(), people=4)
    kept(house.facilitator, house.happened(), people=3, answers="no")
    assert told_when_it_is_time(house, monkeypatch) == [BandOfAnswers("7-12", 50, 60)]
    (told,) = answers_told(house.cast.organisation)
    assert (told.quarter, told.check) == (QUARTER, "second_check")
    with pytest.raises(Refused) as refused:
        tell_quarter(asker=house.facilitator.asker, quarter=QUARTER, secret=house.facilitator.secret)
    assert fault(refused) is IncidentFault.TALLY_UNKNOWN


def test_two_facilitators_below_seven_are_not_put_together(
    house: Incidents, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Else each of them could take off their own answers and know the other's.
    incident, ned = house.happened(), facilitator_of(house.cast, "Ned Marsh")
    kept(house.facilitator, incident, people=6)
    kept(ned, incident, people=6)
    assert told_when_it_is_time(house, monkeypatch) == []
    assert tell_quarter(asker=ned.asker, quarter=QUARTER, secret=ned.secret) == ()


def test_counts_that_nobody_told_are_destroyed(house: Incidents, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(house.facilitator, house.happened(), people=9)
    (tally,) = own_tallies(house.facilitator.asker)
    set_day(monkeypatch, tally.destroy_on)
    assert own_tallies(house.facilitator.asker) == ()
    destroy_what_is_over()
    assert not AnswerTally.objects.exists()


def answers_ruled_out(asked: int, yes: int, known: int, known_yes: int) -> set[int]:
    """Which answers of one more person can be ruled out by somebody who knows some of the others."""
    band = band_of_answers(asked, yes)
    possible = {count for count in range(asked + 1) if band_of_answers(asked, count) == band}
    others = asked - known - 1
    return {
        answer
        for answer in (0, 1)
        if not any(0 <= count - known_yes - answer <= others for count in possible)
    }


@pytest.mark.parametrize("asked", range(FLOOR, 61))
def test_no_answer_of_anybody_can_be_ruled_out(asked: int) -> None:
    """The proof attack: the adversary knows who was asked, how many, and what `known` of them said."""
    known = colluders(asked)
    for yes, known_yes in product(range(asked + 1), range(known + 1)):
        if known_yes <= yes <= asked - known + known_yes:
            assert answers_ruled_out(asked, yes, known, known_yes) == set()


def test_the_proof_would_find_an_exact_number(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = "tests.debrief.test_asking_again.band_of_answers"
    monkeypatch.setattr(exact, lambda asked, yes: (asked, yes))
    assert answers_ruled_out(7, 7, 0, 0) == {0}
    assert answers_ruled_out(7, 0, 0, 0) == {1}
    assert answers_ruled_out(7, 1, 1, 1) == {1}


def test_below_the_floor_nothing_depends_on_the_answers() -> None:
    assert {band_of_answers(asked, yes) for asked in range(FLOOR) for yes in range(asked + 1)} == {None}
    assert band_of_answers(9, 4, floor=10) is None
    assert {band_of_answers(asked, 0).size for asked in range(FLOOR, 40)} == {  # type: ignore[union-attr]
        one.label for one in SIZE_CLASSES
    }
