"""Incidents without a case, their clocks, and what is said about each step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.debrief.incident_world import Incidents, begin_incidents, days_later, facilitator_of, said
from tests.people.cast import FIRST_DAY, make_cast, set_day

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.basis.faults.incidents import IncidentFault
from replenish.debrief.incidents.clocks import Moment, Quarter, Stand, clock_of, window
from replenish.debrief.incidents.codes import BANDS, KINDS, SETTINGS
from replenish.debrief.incidents.counts import counts_by_unit, first_incident_on, reasons_by_step
from replenish.debrief.incidents.model import step_model
from replenish.debrief.incidents.reading import heavy_loads, incident_told, incidents_of, standing_offers
from replenish.debrief.incidents.told import Became
from replenish.debrief.incidents.writing import forget_step, new_id, say_step, take_back, write_down
from replenish.debrief.models import Incident, TeamOffer
from replenish.debrief.windows import window_of
from replenish.ledger.queries import entries

NOON = Moment(FIRST_DAY, 12)


@pytest.fixture
def house(db: None) -> Incidents:
    return begin_incidents()


def refused_with(refused: pytest.ExceptionInfo[Refused]) -> object:
    return refused.value.problems[0].fault


def test_an_incident_holds_no_account_no_words_and_no_minute(house: Incidents) -> None:
    house.happened()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM debrief_incident")
        row = cursor.fetchone()
        names = [column[0] for column in cursor.description]
    kept = dict(zip(names, row, strict=True))
    assert house.cast.steward.account not in {str(cell) for cell in row}
    assert kept["entered_as"] == "steward"
    free = {name for name in names if name not in {"id", "organisation", "unit", "day", "band"}}
    assert free == {"kind", "setting", "severity", "restraint", "entered_as", "state"}
    assert kept["kind"] in KINDS
    assert kept["setting"] in SETTINGS


def test_the_database_refuses_what_no_form_offers(house: Incidents) -> None:
    for change in ({"severity": 4}, {"band": 4}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Incident.objects.filter(id=house.happened()).update(**change)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"kind": "because of Jo"}, IncidentFault.CHOICE),
        ({"setting": "room 4"}, IncidentFault.CHOICE),
        ({"severity": 0}, IncidentFault.CHOICE),
        ({"when": Moment(FIRST_DAY + timedelta(days=2), 9)}, IncidentFault.DAY),
        ({"when": Moment(FIRST_DAY - timedelta(days=93), 9)}, IncidentFault.DAY),
        ({"when": Moment(FIRST_DAY, 10)}, IncidentFault.DAY),
    ],
)
def test_what_cannot_be_is_refused(
    house: Incidents, changes: dict[str, object], fault: IncidentFault
) -> None:
    with pytest.raises(Refused) as refused:
        house.happened(**changes)  # type: ignore[arg-type]
    assert refused_with(refused) is fault
    assert not Incident.objects.exists()


def test_a_form_that_is_sent_twice_writes_one_incident(house: Incidents) -> None:
    once = new_id()
    first = write_down(asker=house.cast.steward, said=said(house.cast.oak), once=once)
    again = write_down(asker=house.cast.steward, said=said(house.cast.elm), once=once)
    assert (first, again, Incident.objects.count()) == (once, once, 1)


def test_each_part_writes_and_reads_for_its_own_units(house: Incidents) -> None:
    incident = house.happened()
    other = make_cast("Another place")
    for asker in (house.cast.representative, other.steward, other.representative):
        with pytest.raises(Refused):
            write_down(asker=asker, said=said(house.cast.oak))
        with pytest.raises(Refused):
            say_step(asker=asker, incident=incident, step="safe_now", became=Became("done", NOON))
    assert [one.incident for one in incidents_of(house.cast.representative)] == [incident]
    assert incidents_of(other.steward) == ()
    with pytest.raises(Refused):
        incident_told(other.steward, incident)


def test_the_steps_that_follow_depend_on_weight_and_restraint(house: Incidents) -> None:
    plain = incident_told(house.cast.steward, house.happened())
    heavy = incident_told(house.cast.steward, house.happened(severity=3, restraint=True))
    codes = [one.step.code for one in plain.steps]
    assert "learning_review" not in codes
    assert "learning_debrief" not in codes
    assert [one.step.code for one in heavy.steps] == [step.code for step in step_model().steps]
    with pytest.raises(Refused) as refused:
        say_step(
            asker=house.cast.steward,
            incident=plain.incident,
            step="learning_review",
            became=Became("done", NOON),
        )
    assert refused_with(refused) is IncidentFault.STEP


def test_support_and_learning_are_two_kinds_of_steps() -> None:
    by_code = step_model().by_code
    support = {code for code, step in by_code.items() if not step.learning}
    assert support == {
        "safe_now", "ten_minutes", "check_in", "supervision_sooner", "other_person", "second_check",
    }  # fmt: skip
    assert all(
        by_code[code].ends_as == "offered" for code in ("check_in", "supervision_sooner", "second_check")
    )


def test_what_became_of_a_step_is_said_once_and_can_be_mended(house: Incidents) -> None:
    incident, steward = house.happened(), house.cast.steward
    say_step(
        asker=steward, incident=incident, step="hot_debrief", became=Became("not_done", NOON, "no_cover")
    )
    say_step(asker=steward, incident=incident, step="hot_debrief", became=Became("done", NOON))
    say_step(asker=steward, incident=incident, step="hot_debrief", became=Became("done", NOON))
    step = incident_told(steward, incident).step("hot_debrief")
    assert step is not None
    assert step.became == Became("done", NOON)
    forget_step(asker=steward, incident=incident, step="hot_debrief")
    step = incident_told(steward, incident).step("hot_debrief")
    assert step is not None
    assert step.is_open
    events = [one.event for one in entries(house.cast.organisation)]
    assert events.count("incident_step_entered") == 3


@pytest.mark.parametrize(
    ("step", "became", "fault"),
    [
        ("check_in", Became("done", NOON), IncidentFault.CHOICE),
        ("hot_debrief", Became("not_done", NOON), IncidentFault.REASON),
        ("hot_debrief", Became("not_done", NOON, "they were weak"), IncidentFault.REASON),
        ("hot_debrief", Became("done", Moment(days_later(-1), 9)), IncidentFault.STEP_EARLY),
        ("hot_debrief", Became("done", Moment(days_later(2), 9)), IncidentFault.STEP_EARLY),
    ],
)
def test_a_step_takes_its_own_outcomes_alone(
    house: Incidents, step: str, became: Became, fault: IncidentFault
) -> None:
    with pytest.raises(Refused) as refused:
        say_step(asker=house.cast.steward, incident=house.happened(), step=step, became=became)
    assert refused_with(refused) is fault


def test_a_check_is_never_written_down_as_accepted_or_declined() -> None:
    for step in step_model().steps:
        assert set(step.outcomes) <= {"done", "offered", "not_done"}
    assert step_model().by_code["check_in"].outcomes == ("offered", "not_done")
    # After an incident with one or two people a reason of theirs would name whoever declined.
    wants = re.compile("want|declin|refus|well")
    assert [why for step in step_model().steps for why in step.because if wants.search(why)] == []


def test_clocks_run_from_the_end_of_the_band(house: Incidents, monkeypatch: pytest.MonkeyPatch) -> None:
    incident = house.happened()

    def stands(step: str, days: int) -> Stand:
        set_day(monkeypatch, days_later(days))
        found = incident_told(house.cast.steward, incident).step(step)
        assert found is not None
        return found.clock.stand

    # It is noon: the band has just ended, and two hours are left.
    assert stands("safe_now", 0) is Stand.DUE
    assert stands("check_in", 0) is Stand.NOT_YET
    assert stands("safe_now", 1) is Stand.OVERDUE
    assert stands("check_in", 1) is Stand.DUE
    assert stands("check_in", 3) is Stand.DUE
    assert stands("check_in", 4) is Stand.OVERDUE
    assert stands("second_check", 27) is Stand.NOT_YET
    assert stands("second_check", 28) is Stand.DUE
    assert stands("second_check", 31) is Stand.DUE
    assert stands("second_check", 32) is Stand.OVERDUE


@given(st.sampled_from(step_model().steps), st.sampled_from(BANDS), st.integers(0, 24 * 60))
def test_a_clock_goes_one_way(step: object, band: int, hours: int) -> None:
    happened = Moment(FIRST_DAY, band)
    opens, due = window(step, happened)  # type: ignore[arg-type]
    now = happened.begins + timedelta(hours=hours)
    clock = clock_of(step, happened, now)  # type: ignore[arg-type]
    assert opens < due
    assert (clock.stand is Stand.OVERDUE) == (now > due) == (clock.over > timedelta())
    assert (clock.stand is Stand.NOT_YET) == (now < opens)
    done = Moment(now.date(), now.hour - now.hour % 3)
    afterwards = clock_of(step, happened, now, done=done)  # type: ignore[arg-type]
    # Nobody who did it within its time is ever called late.
    assert afterwards.stand is Stand.IN_TIME or now > due


def test_an_incident_that_was_a_mistake_counts_no_longer(house: Incidents) -> None:
    incident = house.happened()
    take_back(asker=house.cast.steward, incident=incident)
    assert incidents_of(house.cast.steward) == ()
    assert counts_by_unit(house.cast.organisation, FIRST_DAY, FIRST_DAY) == {}
    with pytest.raises(Refused):
        take_back(asker=house.cast.steward, incident=incident)


def test_counts_for_facts_are_out_of_incidents(house: Incidents) -> None:
    steward, organisation = house.cast.steward, house.cast.organisation
    became = [Became("done", NOON), Became("offered", NOON), Became("not_done", NOON, "no_cover"), None]
    for one in became:
        incident = house.happened(severity=3)
        if one is not None:
            say_step(asker=steward, incident=incident, step="hot_debrief", became=one)
    # Two debriefs after one incident are one incident with a debrief.
    both = house.happened(severity=3)
    for step in ("hot_debrief", "learning_debrief"):
        say_step(asker=steward, incident=both, step=step, became=Became("done", NOON))
    say_step(asker=steward, incident=both, step="ten_minutes", became=Became("done", NOON))
    house.happened(day=days_later(-40))
    counts = counts_by_unit(organisation, FIRST_DAY, FIRST_DAY)[house.cast.oak]
    assert (counts.incidents, counts.debrief_offered, counts.debrief_held, counts.ten_minutes) == (5, 3, 2, 1)
    assert reasons_by_step(organisation, FIRST_DAY, FIRST_DAY) == {"hot_debrief": {"no_cover": 1}}
    assert first_incident_on(organisation) == days_later(-40)


def test_a_team_that_had_much_in_four_weeks_is_named_not_a_person(house: Incidents) -> None:
    for day in (-1, -5, -29):
        house.happened(day=days_later(day), severity=3)
    assert heavy_loads(house.cast.steward) == ()
    house.happened(severity=2)
    (load,) = heavy_loads(house.cast.steward)
    assert (load.unit, load.incidents, load.weight) == (house.cast.oak, 3, 8)


def test_quarters_follow_one_another() -> None:
    days: Iterator[int] = iter(range(-400, 400, 7))
    for day in map(days_later, days):
        quarter = Quarter.of(day)
        assert quarter.first_day <= day <= quarter.last_day
        assert Quarter.named(quarter.name) == quarter
        assert Quarter.of(quarter.last_day + timedelta(days=1)) == quarter.after


def test_a_facilitator_writes_for_every_team(house: Incidents) -> None:
    other = facilitator_of(house.cast, "Ned Marsh")
    incident = write_down(asker=other.asker, said=said(house.cast.elm))
    assert incident_told(house.cast.steward, incident).entered_as == "facilitator"


def test_an_offer_shows_alike_whether_chance_made_it_or_somebody_asked(house: Incidents) -> None:
    codes = {"code of oak": house.cast.oak, "code of elm": house.cast.elm}
    now = window_of(clock.now())
    for code, made in (("code of oak", True), ("code of elm", False)):
        TeamOffer.objects.create(id=code, unit=code, kind="debrief", from_day=now, made=made)
    (by_chance,) = standing_offers(house.cast.steward, codes)
    TeamOffer.objects.filter(id="code of elm").update(made=True)
    both = standing_offers(house.cast.steward, codes)
    assert {replace(one, unit="") for one in both} == {replace(by_chance, unit="")}
    assert standing_offers(make_cast("Another place").steward, codes) == ()
