"""A lost card is replaced, a few times in a season, and nobody can hide that it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.conditions import worlds
from tests.conditions.instances import Instance
from tests.conditions.organisations import Staffed, staffed

from replenish.basis.errors import Refused
from replenish.basis.faults import PeopleFault
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions import queries, rounds
from replenish.conditions.models import Season
from replenish.conditions.rounds.replacements import most_replacements
from replenish.disclosure.bands import FLOOR, SIZE_CLASSES, colluders, cut_is_safe, cuts
from replenish.ledger.events import Event
from replenish.ledger.queries import entries
from replenish.sealing.secret import Secret
from replenish.voices import actions
from replenish.voices.nightly import rewrite
from replenish.voices.slips import SLIP_DAYS, SlipToPrint

TEAMS = {"Care": {"Ash": 12, "Elm": 24}, "Home": {"Bay": 5, "Cove": 6}}


@pytest.fixture
def begun(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> tuple[Staffed, Season]:
    """Ash has as many seats as people; Bay and Cove are one group."""
    worlds.set_day(monkeypatch, worlds.BEGINS)
    made = staffed(TEAMS)
    season = rounds.plan_season(asker=made.steward)
    proposal = made.agree_on_slips(season.id, {"Ash": 12})
    for slip in rounds.draw_slips(asker=made.operator, proposal=proposal):
        actions.spend_slip(Secret.new(), slip.code)
    return made, season


def replace(made: Staffed, season: Season, **counts: int) -> list[SlipToPrint]:
    proposal = made.agree_on_slips(season.id, counts, replacements=True)
    return rounds.draw_slips(asker=made.operator, proposal=proposal)


def refused(made: Staffed, season: Season, **counts: int) -> bool:
    with pytest.raises(Refused) as refusal:
        replace(made, season, **counts)
    return refusal.value.fault is RoundFault.SLIPS_REPLACEMENTS


def test_a_lost_card_is_replaced_where_all_slips_are_used(begun: tuple[Staffed, Season]) -> None:
    made, season = begun
    with pytest.raises(Refused):
        rounds.draw_slips(asker=made.operator, proposal=made.agree_on_slips(season.id, {"Ash": 1}))
    (slip,) = replace(made, season, Ash=1)
    card = Secret.new()
    assert actions.spend_slip(card, slip.code) is actions.Joined.SEATED
    rewrite()
    counts = [(one.kind, one.made, one.used) for one in actions.visit(card).slips]
    assert sorted(counts) == [("drawn", 12, 12), ("replacement", 1, 1)], "everybody in the group sees it"
    told = [entry.event for entry in entries(made.id)][-3:]
    assert told == ["replacements_proposed", "replacements_confirmed", "replacements_drawn"]
    (drawn,) = entries(made.id, event=Event.REPLACEMENTS_DRAWN)
    assert drawn.content["slips"] == {made.units["Ash"]: 1}


def test_there_are_few_in_each_group_and_season(begun: tuple[Staffed, Season]) -> None:
    made, season = begun
    replace(made, season, Ash=1)
    assert refused(made, season, Ash=1)
    assert refused(made, season, Elm=3)
    replace(made, season, Elm=1)
    replace(made, season, Elm=1)
    assert refused(made, season, Elm=1)
    assert refused(made, season, Bay=1, Cove=1), "one for the group, not for each of its units"
    replace(made, season, Bay=1)
    assert refused(made, season, Cove=1)


def test_one_that_nobody_used_makes_room_when_it_is_over(
    begun: tuple[Staffed, Season], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, season = begun
    replace(made, season, Ash=1)
    assert refused(made, season, Ash=1)
    worlds.set_day(monkeypatch, worlds.BEGINS + timedelta(days=SLIP_DAYS + 1))
    rewrite()
    assert len(replace(made, season, Ash=1)) == 1


def seated(slips: list[SlipToPrint]) -> list[Secret]:
    cards = [Secret.new() for _ in slips]
    for card, slip in zip(cards, slips, strict=True):
        actions.spend_slip(card, slip.code)
    return cards


def next_season(made: Staffed, monkeypatch: pytest.MonkeyPatch) -> Season:
    """The season after the newest one, on its first day, with the rounds before it given up."""
    for summary in queries.rounds(made.id):
        if summary.state in ("planned", "open"):
            rounds.cancel(summary.round, asker=made.operator)
    later = rounds.plan_season(asker=made.steward)
    worlds.set_day(monkeypatch, later.starts_on)
    return later


def weeks_of_renewing_end(later: Season, monkeypatch: pytest.MonkeyPatch) -> None:
    worlds.set_day(monkeypatch, later.starts_on + timedelta(days=SLIP_DAYS))
    rewrite()


def test_a_kept_replacement_leaves_no_room_for_another_while_it_is_renewed(
    begun: tuple[Staffed, Season], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else whoever keeps one in every season would have two known voices after a year, then three."""
    made, season = begun
    (kept,) = seated(replace(made, season, Ash=1))
    for _ in range(3):
        season = next_season(made, monkeypatch)
        assert refused(made, season, Ash=1), "it may be renewed"
        assert actions.renew_seat(kept)
        weeks_of_renewing_end(season, monkeypatch)
        assert [(one.kind, one.made) for one in actions.visit(kept).slips] == [("carried", 1)]
        assert refused(made, season, Ash=1), "it was renewed"
    season = next_season(made, monkeypatch)
    weeks_of_renewing_end(season, monkeypatch)
    assert replace(made, season, Ash=1), "nobody renewed it"


def test_a_fresh_draw_makes_room_for_a_replacement(
    begun: tuple[Staffed, Season], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, season = begun
    (kept,) = seated(replace(made, season, Ash=1))
    season = next_season(made, monkeypatch)
    assert actions.renew_seat(kept)
    weeks_of_renewing_end(season, monkeypatch)
    proposal = made.agree_on_slips(season.id, {"Ash": 12})
    rounds.draw_slips(asker=made.operator, proposal=proposal, fresh=True)
    assert replace(made, season, Ash=1)


def test_they_need_both_keys_and_let_no_seat_lapse(begun: tuple[Staffed, Season]) -> None:
    made, season = begun
    ash = {made.units["Ash"]: 1}
    alone = rounds.propose_slips(asker=made.steward, season=season.id, slips=ash, replacements=True)
    with pytest.raises(Refused) as refusal:
        rounds.draw_slips(asker=made.operator, proposal=alone)
    assert refusal.value.fault is PeopleFault.PROPOSAL_UNKNOWN
    with pytest.raises(Refused) as refusal:
        rounds.propose_slips(
            asker=made.steward, season=season.id, slips={made.units["Ash"]: 2}, replacements=True
        )
    assert refusal.value.fault is RoundFault.SLIPS_REPLACEMENTS
    agreed = made.agree_on_slips(season.id, {"Ash": 1}, replacements=True)
    with pytest.raises(Refused) as refusal:
        rounds.draw_slips(asker=made.operator, proposal=agreed, fresh=True)
    assert refusal.value.fault is RoundFault.SLIPS_REPLACEMENTS_FRESH


def test_bands_withstand_as_many_known_voices_as_there_can_be_replacements() -> None:
    """Where as many answer as a planned group expects: eight in ten."""
    for people in range(10, 200):
        n = max(FLOOR, int(0.8 * people))
        assert most_replacements(people) <= colluders(n)
        size = next(size for size in SIZE_CLASSES if n in size)
        assert all(cut_is_safe(cut, n, most_replacements(people)) for cut in cuts(size))
    assert most_replacements(9) == colluders(FLOOR) == 1
