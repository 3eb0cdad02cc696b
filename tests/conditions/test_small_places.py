"""A place below the floor: seats for reading, nothing counted, and what shrinking and growing change."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.conditions import worlds
from tests.conditions.instances import Instance, instance, prepared
from tests.conditions.organisations import Staffed, staffed
from tests.conditions.test_rounds import WEEKLY
from tests.conditions.worlds import BEGINS

from replenish.basis.errors import Refused
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions import queries, rounds
from replenish.conditions.read_together import read_together
from replenish.sealing.secret import Secret
from replenish.voices.actions import check_in, spend_slip, visit
from replenish.voices.contributing import Contributed
from replenish.voices.models import ArrivingSeat, Contribution, GroupDoubt, GroupOfUnit, OpenRound, Seat
from replenish.voices.nightly import rewrite
from replenish.voices.queries import my_seat, slip_counts_of_my_group
from replenish.voices.weeks import week_of

__all__ = ["instance", "prepared"]

SEASON = timedelta(weeks=12)
SMALL = {"Care": {"Willow": 6}}


def seat_in(made: Staffed, season: str, team: str) -> Secret:
    agreed = made.agree_on_slips(season, {team: 1})
    secret = Secret.new()
    spend_slip(secret, rounds.draw_slips(asker=made.steward, proposal=agreed)[0].code)
    return secret


def test_a_seat_without_a_group_lets_its_owner_read_and_counts_for_nobody(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed(SMALL)
    season = rounds.plan_season(asker=made.steward)
    secret = seat_in(made, season.id, "Willow")
    seat = my_seat(secret)
    assert seat is not None
    assert (seat.season, seat.group, seat.round) == (season.id, None, None)
    assert slip_counts_of_my_group(secret) == ()
    assert check_in(secret, WEEKLY, week_of(BEGINS)).contributed is Contributed.WITHOUT_ROUND
    assert not any(table.objects.exists() for table in (GroupOfUnit, GroupDoubt, OpenRound, Contribution))


def test_no_more_slips_than_people_and_one_in_place_of_a_lost_card(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed({"Care": {"Willow": 3, "Birch": 4}})
    season = rounds.plan_season(asker=made.steward)
    drawn = made.agree_on_slips(season.id, {"Willow": 3})
    assert len(rounds.draw_slips(asker=made.steward, proposal=drawn)) == 3
    with pytest.raises(Refused) as refused:
        rounds.draw_slips(asker=made.steward, proposal=made.agree_on_slips(season.id, {"Willow": 1}))
    assert refused.value.fault is RoundFault.SLIPS_ABOVE_PEOPLE
    lost = made.agree_on_slips(season.id, {"Willow": 1}, replacements=True)
    assert len(rounds.draw_slips(asker=made.steward, proposal=lost)) == 1
    another = made.agree_on_slips(season.id, {"Birch": 1}, replacements=True)
    with pytest.raises(Refused) as refused:
        rounds.draw_slips(asker=made.steward, proposal=another)
    assert refused.value.fault is RoundFault.SLIPS_REPLACEMENTS, "the whole place counts as one group"


def test_a_place_that_grows_counts_its_seats_from_the_first_round_with_groups(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed(SMALL)
    secret = seat_in(made, rounds.plan_season(asker=made.steward).id, "Willow")
    assert visit(secret).seat is not None
    worlds.set_day(monkeypatch, BEGINS + SEASON)
    made.declare({"Willow": 12})
    season = rounds.plan_season(asker=made.steward)
    rounds.open_due()
    seat = visit(secret).seat
    assert seat is not None
    assert (seat.season, seat.group is not None, seat.counts_from) == (season.id, True, 1)


def test_a_place_that_shrinks_keeps_its_seats_and_counts_no_more(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed({"Care": {"Willow": 12}})
    first = rounds.plan_season(asker=made.steward)
    renewed, late = (seat_in(made, first.id, "Willow") for _ in range(2))
    assert read_together(made.id, made.units["Willow"]).group == "Care: Willow"
    for planned in queries.rounds(made.id):
        rounds.cancel(planned.round, asker=made.steward)
    worlds.set_day(monkeypatch, BEGINS + SEASON)
    made.declare({"Willow": 6})
    second = rounds.plan_season(asker=made.steward)
    assert rounds.open_due() == ()
    assert not read_together(made.id, made.units["Willow"]).has_groups
    seat = visit(renewed).seat
    assert seat is not None
    assert (seat.season, seat.group) == (second.id, None)
    worlds.set_day(monkeypatch, BEGINS + SEASON + timedelta(days=15))
    rewrite()
    assert my_seat(late) is None, "whoever does not come by lapses, as in every season"
    again = made.agree_on_slips(second.id, {"Willow": 1})
    spend_slip(late, rounds.draw_slips(asker=made.steward, proposal=again)[0].code)
    found = my_seat(late)
    assert found is not None
    assert found.group is None
    assert Seat.objects.count() + ArrivingSeat.objects.count() == 2
