"""Rounds from the slips to the release, with carers who hold nothing but their card."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from tests.conditions import worlds
from tests.conditions.instances import Instance
from tests.conditions.organisations import Staffed, staffed

from replenish.basis.errors import Refused
from replenish.basis.faults import PeopleFault
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions import gate, queries, rounds
from replenish.conditions.models import PublishedRelease, Round, State
from replenish.conditions.rounds.seasons import RENEW_DAYS
from replenish.ledger.queries import entries, verify
from replenish.people.actions import dissolve_unit, move_unit, raise_floor, rename_unit
from replenish.sealing.round_key import RoundKeys
from replenish.sealing.secret import Secret
from replenish.voices import actions
from replenish.voices.contributing import Contributed
from replenish.voices.models import Contribution, OpenRound
from replenish.voices.nightly import rewrite
from replenish.voices.weeks import week_of

pytestmark = pytest.mark.patient

BEGINS = worlds.BEGINS
TEAMS: Mapping[str, Mapping[str, int]] = {"Care": {"Ash": 12, "Elm": 12}}
WEEKLY = {"replenish-weekly": {"sign.flatness": 2.0, "sign.patience": 1.0, "sign.cynicism": 3.0,
                               "sign.recovery": 2.0, "sign.motions": 1.0, "sign.dread": 2.0}}  # fmt: skip


def _joined(made: Staffed, season: str, slips: Mapping[str, int]) -> list[Secret]:
    """So many people of each team, each with a card and a seat."""
    drawn = rounds.draw_slips(asker=made.steward, proposal=made.agree_on_slips(season, slips))
    cards = [Secret.new() for _ in drawn]
    for card, slip in zip(cards, drawn, strict=True):
        actions.spend_slip(card, slip.code)
    return cards


def _check_in(cards: list[Secret], week: str) -> set[Contributed]:
    return {actions.check_in(card, WEEKLY, week).contributed for card in cards}


def _organisation(monkeypatch: pytest.MonkeyPatch) -> tuple[Staffed, list[Secret]]:
    """Two teams of twelve, everybody with a seat, on the first day of the first round."""
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed(TEAMS)
    season = rounds.plan_season(asker=made.steward)
    cards = _joined(made, season.id, {"Ash": 11, "Elm": 10})
    rounds.open_due()
    return made, cards


def test_from_slips_to_bands(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    made, cards = _organisation(monkeypatch)
    assert _check_in(cards, week_of(BEGINS)) == {Contributed.YES}
    rewrite(today=BEGINS)
    row = Round.objects.get(number=1)
    worlds.set_day(monkeypatch, row.closes_on)
    (outcome,) = rounds.close_due()
    assert (outcome.refused, outcome.cancelled) == (None, False)
    assert queries.releases(made.id) == ()
    worlds.set_day(monkeypatch, row.closes_on + timedelta(days=1))
    (published,) = queries.releases(made.id)
    cells = {group.label: group.cells["relational"] for group in published.release.groups}
    assert {label: cell.size and cell.size.label for label, cell in cells.items()} == {
        "Care: Ash": "7-12",
        "Care: Elm": "7-12",
    }
    assert published.release.response_quarter == "three quarters or more"
    assert not Contribution.objects.exists()
    assert worlds.key_files(instance.keys) == []
    told = [entry.event for entry in entries(made.id)]
    assert told[-3:] == ["round_closed", "release_published", "round_key_destroyed"]
    assert verify().unbroken


def test_who_joins_during_a_round_counts_from_the_next(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, cards = _organisation(monkeypatch)
    _check_in(cards, week_of(BEGINS))
    season = queries.seasons(made.id)[0].season
    late = _joined(made, season, {"Ash": 1})
    assert _check_in(late, week_of(BEGINS)) == {Contributed.COUNTS_LATER}
    row = Round.objects.get(number=1)
    worlds.set_day(monkeypatch, row.closes_on)
    rounds.close_due()
    rounds.open_due()
    assert _check_in(late, week_of(row.closes_on)) == {Contributed.YES}


def test_nothing_that_happens_later_changes_a_released_byte(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, cards = _organisation(monkeypatch)
    _check_in(cards, week_of(BEGINS))
    day = Round.objects.get(number=1).closes_on
    worlds.set_day(monkeypatch, day)
    rounds.close_due()
    rounds.open_due()
    before = worlds.published_bytes()
    worlds.set_day(monkeypatch, day + timedelta(days=1))
    for card in cards[:5]:
        actions.erase(card)
    move_unit(asker=made.operator, unit=made.units["Elm"], parent=None)
    rename_unit(asker=made.operator, unit=made.units["Care"], name="Support")
    dissolve_unit(asker=made.operator, unit=made.units["Ash"])
    raise_floor(asker=made.operator, floor=9)
    made.declare({"Elm": 30})
    rewrite(today=day + timedelta(days=1))
    worlds.set_day(monkeypatch, Round.objects.get(number=2).closes_on)
    rounds.close_due()
    rounds.open_due()
    assert worlds.published_bytes()[:1] == before
    first, second = PublishedRelease.objects.order_by("number")
    assert second.previous == first.hash
    assert json.loads(second.body)["partition"] == json.loads(first.body)["partition"]
    assert Round.objects.get(number=3).floor == 9, "the raised floor counts from the next round that opens"


def test_a_lost_key_is_replaced_and_everybody_contributes_again(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, cards = _organisation(monkeypatch)
    _check_in(cards, week_of(BEGINS))
    row = Round.objects.get(number=1)
    assert rounds.replace_lost_keys() == ()
    RoundKeys(instance.keys).destroy(row.id)
    assert [replaced.id for replaced in rounds.replace_lost_keys()] == [row.id]
    assert not Contribution.objects.exists()
    assert {actions.contribute_again(card) for card in cards} == {Contributed.YES}
    assert [entry.event for entry in entries(made.id)][-1] == "round_key_replaced"
    worlds.set_day(monkeypatch, row.closes_on)
    rounds.close_due()
    assert PublishedRelease.objects.count() == 1


def test_a_replacement_that_was_interrupted_is_finished(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new key is there and nobody seals to it yet."""
    _, cards = _organisation(monkeypatch)
    row = Round.objects.get(number=1)
    RoundKeys(instance.keys).destroy(row.id)
    fresh = RoundKeys(instance.keys).create(row.id)
    rounds.replace_lost_keys()
    assert OpenRound.objects.get().recipient == fresh
    assert _check_in(cards[:1], week_of(BEGINS)) == {Contributed.YES}


def test_a_round_whose_key_is_lost_at_its_close_is_given_up(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A round that was closed, and came back with an older backup, must not be published a second time."""
    made, cards = _organisation(monkeypatch)
    _check_in(cards, week_of(BEGINS))
    row = Round.objects.get(number=1)
    RoundKeys(instance.keys).destroy(row.id)
    worlds.set_day(monkeypatch, row.closes_on)
    assert rounds.replace_lost_keys() == ()
    (outcome,) = rounds.close_due()
    assert outcome.cancelled
    assert Round.objects.get(id=row.id).state == State.CANCELLED
    assert not Contribution.objects.exists()
    assert not PublishedRelease.objects.exists()
    assert [entry.event for entry in entries(made.id)][-2:] == ["round_cancelled", "round_key_destroyed"]


def test_a_cancelled_round_leaves_nothing_and_cannot_be_closed(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, cards = _organisation(monkeypatch)
    _check_in(cards, week_of(BEGINS))
    row = Round.objects.get(number=1)
    with pytest.raises(Refused) as refused:
        rounds.cancel(row.id, asker=staffed(TEAMS).steward)
    assert refused.value.fault is RoundFault.ROUND_UNKNOWN, (
        "another organisation's round is as unknown as none"
    )
    rounds.cancel(row.id, asker=made.steward)
    assert not Contribution.objects.exists()
    assert worlds.key_files(instance.keys) == []
    worlds.set_day(monkeypatch, row.closes_on)
    for act in (lambda: gate.close(row.id), lambda: rounds.cancel(row.id, asker=made.steward)):
        with pytest.raises(Refused):
            act()
    (second,) = rounds.open_due()
    assert second.number == 2


def test_a_round_that_is_cancelled_while_it_is_being_opened_stays_cancelled(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed(TEAMS)
    rounds.plan_season(asker=made.steward)
    create = RoundKeys.create

    def cancelled_meanwhile(keys: RoundKeys, name: str, **more: None) -> str:
        recipient = create(keys, name, **more)
        rounds.cancel(name, asker=made.operator)
        return recipient

    monkeypatch.setattr(RoundKeys, "create", cancelled_meanwhile)
    assert rounds.open_due() == ()
    assert Round.objects.get(number=1).state == State.CANCELLED
    assert not OpenRound.objects.exists()


def test_slips_are_drawn_once_for_each_agreement(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed(TEAMS)
    season = rounds.plan_season(asker=made.steward)
    proposal = made.agree_on_slips(season.id, {"Ash": 12})
    assert len(rounds.draw_slips(asker=made.steward, proposal=proposal)) == 12
    with pytest.raises(Refused) as refused:
        rounds.draw_slips(asker=made.steward, proposal=proposal)
    assert refused.value.fault is PeopleFault.PROPOSAL_UNKNOWN
    assert entries(made.id)[-1].content["slips"] == {made.units["Ash"]: 12}


def test_more_seats_than_people_call_for_a_fresh_draw(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, cards = _organisation(monkeypatch)
    rewrite(today=BEGINS)
    assert rounds.units_to_draw_afresh(made.id) == ()
    first = queries.seasons(made.id)[0]
    for _ in range(3):
        worlds.set_day(monkeypatch, Round.objects.filter(state=State.OPEN).get().closes_on)
        rounds.close_due()
        rounds.open_due()
    assert first.ends_on == BEGINS + timedelta(weeks=12)
    worlds.set_day(monkeypatch, first.ends_on)
    made.declare({"Elm": 9})
    season = rounds.plan_season(asker=made.steward)
    rounds.open_due()
    assert all(actions.renew_seat(card) for card in cards)
    rewrite(today=first.ends_on)
    assert rounds.units_to_draw_afresh(made.id) == (), "who renews on which day shows nowhere"
    settled = first.ends_on + timedelta(days=RENEW_DAYS)
    worlds.set_day(monkeypatch, settled)
    rewrite(today=settled)
    assert rounds.units_to_draw_afresh(made.id) == (("Care", "Elm"),)
    drawn = rounds.draw_slips(
        asker=made.steward, proposal=made.agree_on_slips(season.id, {"Elm": 9}), fresh=True
    )
    assert len(drawn) == 9
    assert rounds.units_to_draw_afresh(made.id) == ()


def test_one_organisations_trouble_keeps_no_other_waiting(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, cards = _organisation(monkeypatch)
    _check_in(cards, week_of(BEGINS))
    other = staffed(TEAMS)
    rounds.plan_season(asker=other.steward)
    rounds.open_due()
    damaged = Round.objects.get(season__organisation=one.id, number=1)
    Contribution.objects.update(sealed=b"damaged")
    worlds.set_day(monkeypatch, damaged.closes_on)
    outcomes = {outcome.round: outcome for outcome in rounds.close_due()}
    assert len(outcomes) == 2
    refused = outcomes[damaged.id].refused
    assert refused is not None
    assert refused.fault is RoundFault.ROUND_NOT_COMPUTED
    assert Round.objects.get(season__organisation=other.id, number=1).state == State.CLOSED
    assert Round.objects.get(id=damaged.id).state == State.CLOSING


def test_a_season_without_room_for_lost_days_keeps_no_other_organisation_waiting(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No night came for a whole season, and the next one is planned already, so nothing can be moved."""
    worlds.set_day(monkeypatch, BEGINS)
    one, other = staffed(TEAMS), staffed(TEAMS, name="The other house")
    rounds.plan_season(asker=one.steward)
    following = rounds.plan_season(asker=one.steward)
    worlds.set_day(monkeypatch, following.starts_on)
    rounds.plan_season(asker=other.steward)
    for _again in range(2):
        with pytest.raises(Refused) as refused:
            rounds.open_due()
        assert refused.value.fault is RoundFault.PAUSE_NEXT_SEASON
    begun = Round.objects.filter(state=State.OPEN)
    assert {row.season.organisation for row in begun} == {one.id, other.id}
    assert begun.get(season__organisation=one.id).season_id == following.id


def test_a_split_key_closes_with_both_halves_only(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import pyrage

    worlds.set_day(monkeypatch, BEGINS)
    made = staffed(TEAMS)
    season = rounds.plan_season(asker=made.steward)
    cards = _joined(made, season.id, {"Ash": 11})
    holders = {name: pyrage.x25519.Identity.generate() for name in ("steward", "representative")}
    (row,) = rounds.open_due(holders={name: str(key.to_public()) for name, key in holders.items()})
    assert _check_in(cards, week_of(BEGINS)) == {Contributed.YES}
    halves = RoundKeys(instance.keys).halves(row.id)
    shares = {name: pyrage.decrypt(halves[name].encode(), [key]).decode() for name, key in holders.items()}
    worlds.set_day(monkeypatch, row.closes_on)
    (outcome,) = rounds.close_due()
    assert outcome.refused is not None
    assert not PublishedRelease.objects.exists()
    assert gate.close(row.id, shares=shares).number == 1
    assert worlds.key_files(instance.keys) == []
