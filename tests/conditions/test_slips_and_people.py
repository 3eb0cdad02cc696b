"""No more slips than people: whoever invents members around a real one reaches the floor with them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.conditions import worlds
from tests.conditions.instances import Instance
from tests.conditions.organisations import Staffed, staffed

from replenish.basis.errors import Refused
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions import queries, rounds
from replenish.conditions.models import Round, Season, State
from replenish.people.queries import slips_agreed
from replenish.sealing.secret import Secret
from replenish.voices import actions
from replenish.voices.models import SeatSeason
from replenish.voices.nightly import rewrite
from replenish.voices.queries import my_seat
from replenish.voices.slips import SLIP_DAYS, SlipToPrint

pytestmark = pytest.mark.patient

BEGINS = worlds.BEGINS
TEAMS = {"Care": {"Ash": 12, "Elm": 12}}


def _begun(monkeypatch: pytest.MonkeyPatch) -> tuple[Staffed, Season]:
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed(TEAMS)
    return made, rounds.plan_season(asker=made.steward)


def _draw(made: Staffed, season: Season, count: int, *, fresh: bool = False) -> list[SlipToPrint]:
    proposal = made.agree_on_slips(season.id, {"Ash": count})
    return rounds.draw_slips(asker=made.operator, proposal=proposal, fresh=fresh)


def _seated(slips: list[SlipToPrint]) -> list[Secret]:
    cards = [Secret.new() for _ in slips]
    for card, slip in zip(cards, slips, strict=True):
        actions.spend_slip(card, slip.code)
    return cards


def _to_next_season(made: Staffed, monkeypatch: pytest.MonkeyPatch) -> Season:
    for _ in range(3):
        worlds.set_day(monkeypatch, Round.objects.filter(state=State.OPEN).get().closes_on)
        rounds.close_due()
        rounds.open_due()
    return rounds.plan_season(asker=made.steward)


def test_slips_are_proposed_for_a_season_that_runs_or_is_planned(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, season = _begun(monkeypatch)
    ash = {made.units["Ash"]: 12}
    rounds.propose_slips(asker=made.steward, season=season.id, slips=ash)
    rounds.open_due()
    later = _to_next_season(made, monkeypatch)
    rounds.propose_slips(asker=made.steward, season=later.id, slips=ash)
    foreign = rounds.plan_season(asker=staffed({"Home": {"Bay": 12}}).steward)
    for none in ("anything", foreign.id, season.id):
        with pytest.raises(Refused) as refused:
            rounds.propose_slips(asker=made.steward, season=none, slips=ash)
        assert refused.value.fault is RoundFault.SLIPS_SEASON
    with pytest.raises(Refused) as refused:
        rounds.propose_slips(asker=made.steward, season=later.id, slips={made.units["Care"]: 1})
    assert refused.value.fault is RoundFault.SLIPS_UNIT


def test_several_agreements_of_a_season_make_no_more_slips_than_people(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, season = _begun(monkeypatch)
    assert len(_draw(made, season, 8)) == 8
    with pytest.raises(Refused) as refused:
        _draw(made, season, 5)
    assert refused.value.fault is RoundFault.SLIPS_ABOVE_PEOPLE
    assert len(_draw(made, season, 4)) == 4
    assert slips_agreed(made.id, season.id)[made.units["Ash"]] == 17, "the refused ones stay agreed, undrawn"


def test_slips_that_nobody_used_make_room_when_they_are_over(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, season = _begun(monkeypatch)
    _seated(_draw(made, season, 12)[:7])
    worlds.set_day(monkeypatch, BEGINS + timedelta(days=SLIP_DAYS + 1))
    with pytest.raises(Refused):
        _draw(made, season, 5)
    rewrite()
    with pytest.raises(Refused):
        _draw(made, season, 6)
    assert len(_draw(made, season, 5)) == 5


def test_a_lower_headcount_counts_when_slips_are_drawn(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, season = _begun(monkeypatch)
    proposal = made.agree_on_slips(season.id, {"Ash": 12})
    made.declare({"Ash": 9})
    for fresh in (False, True):
        with pytest.raises(Refused) as refused:
            rounds.draw_slips(asker=made.operator, proposal=proposal, fresh=fresh)
        assert refused.value.fault is RoundFault.SLIPS_ABOVE_PEOPLE


def test_a_fresh_draw_counts_anew(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    made, season = _begun(monkeypatch)
    early = _seated(_draw(made, season, 12)[:7])
    fresh = _draw(made, season, 12, fresh=True)
    assert [my_seat(card) for card in early] == [None] * 7
    with pytest.raises(Refused):
        _draw(made, season, 1)
    (card,) = _seated(fresh[:1])
    rewrite()
    counts = actions.visit(card).slips
    assert sorted((one.made, one.used) for one in counts) == [(12, 0), (12, 1)]


def test_seats_that_are_renewed_leave_no_room_for_new_slips(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else two people could invent members beside a full unit from the second season on."""
    made, season = _begun(monkeypatch)
    cards = _seated(_draw(made, season, 12))
    rounds.open_due()
    later = _to_next_season(made, monkeypatch)
    rounds.open_due()
    told = []
    for card in (None, *cards[:9]):
        if card is not None:
            assert actions.renew_seat(card)
        with pytest.raises(Refused) as refused:
            _draw(made, later, 1)
        told.append(str(refused.value))
    assert len(set(told)) == 1, "the refusal does not tell who came by"
    assert "would be too many beside those made or renewed before; it has 12 people" in told[0]

    worlds.set_day(monkeypatch, later.starts_on + timedelta(days=14))
    rewrite()
    assert [(one.made, one.used, one.kind) for one in actions.visit(cards[0]).slips] == [(9, 9, "renewed")]
    with pytest.raises(Refused):
        _draw(made, later, 4)
    newcomers = _seated(_draw(made, later, 3))
    actions.erase(cards[8])
    rewrite()
    with pytest.raises(Refused):
        _draw(made, later, 1)
    assert sum(my_seat(card) is not None for card in (*cards, *newcomers)) == 11
    fresh = _draw(made, later, 12, fresh=True)
    assert not any(my_seat(card) for card in (*cards, *newcomers))
    assert len(fresh) == 12


def test_a_fresh_draw_in_the_first_weeks_counts_no_seat_that_it_let_go(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, season = _begun(monkeypatch)
    _seated(_draw(made, season, 12))
    rounds.open_due()
    later = _to_next_season(made, monkeypatch)
    assert len(_draw(made, later, 12, fresh=True)) == 12


def test_whoever_moved_is_counted_where_they_moved_to(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, season = _begun(monkeypatch)
    cards = _seated(_draw(made, season, 11))
    rounds.open_due()
    proposal = made.agree_on_slips(season.id, {"Elm": 1})
    (slip,) = rounds.draw_slips(asker=made.operator, proposal=proposal)
    assert actions.spend_slip(cards[0], slip.code) is actions.Joined.MOVES
    later = _to_next_season(made, monkeypatch)
    assert all(actions.renew_seat(card) for card in cards)
    worlds.set_day(monkeypatch, later.starts_on + timedelta(days=14))
    rewrite()
    assert len(_draw(made, later, 2)) == 2, "ten are left in Ash"


def test_a_fresh_draw_is_not_undone_by_a_visit(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the first weeks of a season a seat of the last one would be renewed again at the next visit."""
    made, season = _begun(monkeypatch)
    cards = _seated(_draw(made, season, 12))
    rounds.open_due()
    later = _to_next_season(made, monkeypatch)
    rounds.open_due()
    assert all(actions.renew_seat(card) for card in cards[:6])
    _draw(made, later, 12, fresh=True)
    assert not any(actions.renew_seat(card) for card in cards)
    assert [actions.visit(card).seat for card in cards] == [None] * 12


def test_a_fresh_draw_waits_for_the_round_that_seats_of_last_season_count_in(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, season = _begun(monkeypatch)
    _seated(_draw(made, season, 12))
    rounds.open_due()
    later = rounds.plan_season(asker=made.steward)
    with pytest.raises(Refused) as refused:
        _draw(made, later, 12, fresh=True)
    assert refused.value.fault is RoundFault.SLIPS_FRESH_EARLY


def test_seats_lapse_also_where_the_next_season_has_no_groups(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise they would stay for ever, and their cards could never take a seat anywhere else."""
    made, season = _begun(monkeypatch)
    cards = _seated(_draw(made, season, 12))
    rounds.open_due()
    made.declare({"Ash": 3, "Elm": 3})
    small = _to_next_season(made, monkeypatch)
    assert not small.group_codes
    assert actions.visit(cards[0]).slips == ()
    worlds.set_day(monkeypatch, small.starts_on + timedelta(days=14))
    rewrite()
    assert not SeatSeason.objects.filter(id=season.id).exists()
    assert my_seat(cards[1]) is None
    made.declare({"Ash": 12})
    worlds.set_day(monkeypatch, queries.seasons(made.id)[-1].ends_on)
    again = rounds.plan_season(asker=made.steward)
    slips = _draw(made, again, 2)
    assert [actions.spend_slip(card, slip.code) for card, slip in zip(cards[1:], slips, strict=False)] == [
        actions.Joined.SEATED
    ] * 2
