"""Planning seasons: who is published together, for how long, and when there is nothing to publish at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

import pytest
from tests.conditions import worlds
from tests.conditions.instances import Instance
from tests.conditions.organisations import staffed

from replenish.basis.errors import Refused
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions import queries, rounds
from replenish.conditions.calendar import Pause, Span, moved_by, open_days, plan_rounds
from replenish.conditions.models import Round, Season, State
from replenish.ledger.queries import entries
from replenish.people.actions import add_unit, dissolve_unit, move_unit
from replenish.voices.models import GroupOfUnit, OpenRound

pytestmark = pytest.mark.patient

BEGINS = worlds.BEGINS
TWO_TEAMS: Mapping[str, Mapping[str, int]] = {"Care": {"Ash": 12, "Elm": 12}}


def test_a_season_has_three_rounds_of_four_weeks_without_a_gap(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed()
    season = rounds.plan_season(asker=made.steward)
    found = queries.rounds(made.id)
    assert [(row.number, row.starts_on, row.closes_on) for row in found] == [
        (place + 1, BEGINS + timedelta(weeks=4 * place), BEGINS + timedelta(weeks=4 * place + 4))
        for place in range(3)
    ]
    (summary,) = queries.seasons(made.id)
    assert summary.ends_on == BEGINS + timedelta(weeks=12)
    assert summary.groups == ("Medicine: Ash", "Medicine: Elm and Oak", "Surgery: Fir", "Surgery: Yew")
    told = entries(made.id)[-1]
    assert (told.event, told.content["groups"]) == ("season_planned", list(summary.groups))
    placed = {row.unit: row.group for row in GroupOfUnit.objects.filter(season=season.id)}
    codes = {name: season.unit_codes[made.units[name]] for name in ("Ash", "Elm", "Oak", "Fir", "Yew")}
    assert placed[codes["Elm"]] == placed[codes["Oak"]]
    assert len(set(placed.values())) == 4
    assert not set(codes.values()) & set(made.units.values()), "the carers' side knows no unit by its id"


def test_an_organisation_that_forms_no_group_has_no_round_no_key_and_no_contribution(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed({"Care": {"Ash": 5, "Elm": 4}})
    season = rounds.plan_season(asker=made.steward)
    assert rounds.open_due() == ()
    assert queries.rounds(made.id) == ()
    assert queries.seasons(made.id)[0].reason is not None
    assert not OpenRound.objects.exists()
    assert worlds.key_files(instance.keys) == []
    drawn = rounds.draw_slips(asker=made.steward, proposal=made.agree_on_slips(season.id, {"Ash": 5}))
    assert len(drawn) == 5, "a seat is for reading, and is in no group"
    assert not GroupOfUnit.objects.exists()
    worlds.set_day(monkeypatch, BEGINS + timedelta(weeks=12))
    made.declare({"Ash": 12})
    later = rounds.plan_season(asker=made.steward)
    assert later.number == 2
    assert [row.state for row in queries.rounds(made.id)] == ["planned"] * 3


def test_a_season_begins_when_the_one_before_is_over(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed()
    rounds.plan_season(asker=made.steward)
    with pytest.raises(Refused) as refused:
        rounds.plan_season(asker=made.steward, starts_on=BEGINS + timedelta(weeks=12, days=-1))
    assert refused.value.fault is RoundFault.SEASON_OVERLAPS
    assert rounds.plan_season(asker=made.steward).starts_on == BEGINS + timedelta(weeks=12)


def test_a_unit_without_a_declared_headcount_is_named(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed()
    add_unit(asker=made.operator, name="Ivy", parent=made.units["Surgery"])
    with pytest.raises(Refused, match="Surgery / Ivy") as refused:
        rounds.plan_season(asker=made.steward)
    assert refused.value.fault is RoundFault.HEADCOUNT_MISSING
    assert not Season.objects.exists()


def test_branches_of_different_length_stand_side_by_side(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A team at the top level, and the staff of a service who are in none of its teams."""
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed()
    chaplains = add_unit(asker=made.operator, name="Chaplaincy")
    with_more = {**made.units, "Chaplaincy": chaplains}
    type(made)(made.id, with_more, made.operator, made.steward, made.representative).declare(
        {"Chaplaincy": 10, "Surgery": 3}
    )
    rounds.plan_season(asker=made.steward)
    labels = queries.seasons(made.id)[0].groups
    assert "Chaplaincy: Chaplaincy" in labels
    assert any(label.startswith("Surgery: ") and "Surgery" in label[9:] for label in labels)


def test_a_group_that_still_expects_seven_stays_alone_and_one_that_shrinks_below_does_not(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed({"Care": {"Elm": 10, "Fir": 30}, "Ward": {"Ash": 10}})
    rounds.plan_season(asker=made.steward)
    day = BEGINS + timedelta(weeks=12)
    worlds.set_day(monkeypatch, day)
    made.declare({"Ash": 9, "Elm": 8})
    rounds.plan_season(asker=made.steward)
    first, second = queries.seasons(made.id)
    assert first.groups == ("Care: Elm", "Care: Fir", "Ward: Ash")
    # Nine people expect 7.2 voices, eight expect 6.4.
    assert second.groups == ("Care: Elm and Fir", "Ward: Ash")


def test_a_running_action_keeps_a_group_together(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed({"Care": {"Ash": 10, "Elm": 10, "Fir": 30}})
    rounds.plan_season(asker=made.steward)
    worlds.set_day(monkeypatch, BEGINS + timedelta(weeks=12))
    made.declare({"Elm": 8})
    rounds.plan_season(asker=made.steward, continuing=["Care: Elm"])
    assert "Care: Elm" in queries.seasons(made.id)[1].groups


def test_a_unit_dissolved_or_moved_during_a_season_stays_in_its_group_until_the_season_ends(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed()
    season = rounds.plan_season(asker=made.steward)
    (first,) = rounds.open_due()
    before = sorted(GroupOfUnit.objects.values_list("unit", "group"))
    worlds.set_day(monkeypatch, BEGINS + timedelta(days=10))
    dissolve_unit(asker=made.operator, unit=made.units["Oak"])
    move_unit(asker=made.operator, unit=made.units["Yew"], parent=made.units["Medicine"])
    worlds.set_day(monkeypatch, BEGINS + timedelta(weeks=4))
    assert [outcome.refused for outcome in rounds.close_due()] == [None]
    rounds.open_due()
    assert sorted(GroupOfUnit.objects.values_list("unit", "group")) == before
    second = Round.objects.get(season=season, number=2)
    assert second.people == Round.objects.get(id=first.id).people
    for _ in range(2):
        worlds.set_day(monkeypatch, Round.objects.filter(state=State.OPEN).get().closes_on)
        rounds.close_due()
        rounds.open_due()
    rounds.plan_season(asker=made.steward)
    assert queries.seasons(made.id)[1].groups == (
        "Medicine: Ash",
        "Medicine: Elm",
        "Medicine: Yew",
        "Surgery: Fir",
    )
    assert len(Season.objects.get(number=2).unit_codes) == 5, "codes of units are kept from season to season"


def test_a_pause_lengthens_the_rounds_and_takes_no_open_day(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed(TWO_TEAMS)
    rounds.plan_season(asker=made.steward)
    rounds.open_due()
    first, until = BEGINS + timedelta(days=7), BEGINS + timedelta(days=21)
    changed = rounds.pause(asker=made.steward, first=first, until=until)
    assert [row.number for row in changed] == [1, 2, 3]
    found = queries.rounds(made.id)
    assert [row.starts_on for row in found] == [BEGINS, *(row.closes_on for row in found[:2])]
    assert found[0].closes_on == BEGINS + timedelta(weeks=6)
    assert OpenRound.objects.get().closes_on == found[0].closes_on
    assert entries(made.id)[-1].event == "round_paused"
    for days in ((-1, 5), (3, 3), (2, 50), (300, 310)):
        with pytest.raises(Refused):
            rounds.pause(
                asker=made.steward, first=BEGINS + timedelta(days[0]), until=BEGINS + timedelta(days[1])
            )


def test_a_server_that_was_down_gives_the_days_back(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed(TWO_TEAMS)
    rounds.plan_season(asker=made.steward)
    back = BEGINS + timedelta(days=20)
    worlds.set_day(monkeypatch, back)
    (opened,) = rounds.open_due()
    assert (opened.starts_on, opened.closes_on) == (back, back + timedelta(weeks=4))
    later = [row.starts_on for row in queries.rounds(made.id)]
    assert later == [back + timedelta(weeks=4 * place) for place in range(3)]


def test_no_round_is_ever_open_for_less_than_two_weeks() -> None:
    for weeks in (2, 4, 8):
        spans = plan_rounds(BEGINS, weeks=weeks, pauses=[Pause(date(2026, 1, 20), date(2026, 2, 3))])
        pauses = [Pause(date(2026, 1, 20), date(2026, 2, 3))]
        assert all(open_days(span, pauses) == 7 * weeks for span in spans)
        more = Pause(date(2026, 2, 1), date(2026, 2, 20))
        moved = moved_by(spans, pauses, more, begun=1)
        assert all(open_days(span, [*pauses, more]) == 7 * weeks for span in moved)
        assert all(one.closes_on <= other.starts_on for one, other in pairwise(moved))
    for weeks in (0, 1, 9):
        with pytest.raises(Refused) as refused:
            plan_rounds(BEGINS, weeks=weeks)
        assert refused.value.fault is RoundFault.ROUND_LENGTH
    assert plan_rounds(date(2026, 1, 21), pauses=[Pause(date(2026, 1, 20), date(2026, 2, 3))])[0] == Span(
        date(2026, 2, 3), date(2026, 3, 3)
    )
