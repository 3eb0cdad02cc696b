"""A headcount and slips need two people with two roles; nothing else moves them."""

from __future__ import annotations

import pytest
from tests.people.cast import Cast, later, set_day

from replenish.basis.errors import Refused
from replenish.basis.faults import PeopleFault
from replenish.ledger.events import Event
from replenish.ledger.queries import entries, verify
from replenish.people.actions import (
    add_unit,
    appoint,
    confirm,
    end_account,
    end_lapsed_proposals,
    end_role,
    propose_headcount,
    propose_slips,
    use_agreed_slips,
    withdraw,
)
from replenish.people.actions.proposals import MOST_WAITING
from replenish.people.askers import Asker
from replenish.people.models import Role
from replenish.people.pending import pending_proposal, pending_proposals, slips_drawn_until
from replenish.people.queries import headcount, headcount_history, slips_agreed
from replenish.people.tasks import end_all_lapsed_proposals

Fault = PeopleFault


def events(cast: Cast) -> list[str]:
    return [entry.event for entry in entries(cast.organisation)]


def declare(cast: Cast, people: dict[str, int]) -> None:
    confirm(asker=cast.representative, proposal=propose_headcount(asker=cast.steward, people=people))


@pytest.mark.parametrize("first", ["steward", "representative"])
def test_either_key_may_begin_and_the_other_completes(ours: Cast, first: str) -> None:
    keys = [ours.steward, ours.representative]
    begins, completes = keys if first == "steward" else keys[::-1]
    proposal = propose_headcount(asker=begins, people={ours.oak: 9, ours.elm: 0})
    assert headcount(ours.organisation) == {}
    confirm(asker=completes, proposal=proposal)
    assert headcount(ours.organisation) == {ours.oak: 9, ours.elm: 0}
    told = entries(ours.organisation)[-2:]
    assert [(one.event, one.actor) for one in told] == [
        ("headcount_proposed", begins.account),
        ("headcount_confirmed", completes.account),
    ]
    assert told[1].content == {
        "proposal": proposal,
        "people": {ours.oak: 9, ours.elm: 0},
        "proposed_by": begins.account,
    }
    assert verify().unbroken


def test_a_proposal_shows_its_exact_numbers_beside_those_that_hold(ours: Cast) -> None:
    declare(ours, {ours.oak: 9})
    proposal = propose_headcount(asker=ours.steward, people={ours.oak: 12, ours.elm: 8})
    shown = pending_proposal(ours.organisation, proposal)
    assert [(one.path, one.number, one.declared) for one in shown.numbers] == [
        (("Care", "Elm"), 8, None),
        (("Care", "Oak"), 12, 9),
    ]
    assert (shown.total, shown.waits_for, shown.proposed_by) == (20, "representative", "Sam Steward")
    assert (shown.open_until, shown.ended_by) == (later(14), None)


def test_nobody_turns_both_keys(ours: Cast) -> None:
    proposal = propose_headcount(asker=ours.steward, people={ours.oak: 9})
    with pytest.raises(Refused) as refusal:
        confirm(asker=ours.steward, proposal=proposal)
    assert refusal.value.fault is Fault.PROPOSAL_SAME_PERSON
    second = appoint(asker=ours.operator, name="Second Steward", role="steward").account
    with pytest.raises(Refused) as refusal:
        confirm(asker=Asker(ours.organisation, second), proposal=proposal)
    assert refusal.value.fault is Fault.PROPOSAL_SAME_KEY
    with pytest.raises(Refused) as refusal:
        confirm(asker=ours.operator, proposal=proposal)
    assert refusal.value.fault is Fault.NO_KEY
    assert headcount(ours.organisation) == {}


def test_the_operator_holds_no_key(ours: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        propose_headcount(asker=ours.operator, people={ours.oak: 9})
    assert refusal.value.fault is Fault.NO_KEY


@pytest.mark.parametrize(("held", "wanted"), [("steward", "representative"), ("representative", "steward")])
def test_nobody_is_steward_and_representative_at_once(ours: Cast, held: str, wanted: str) -> None:
    account = (ours.steward if held == "steward" else ours.representative).account
    before = events(ours)
    for on in (None, later(30)):
        with pytest.raises(Refused) as refusal:
            appoint(asker=ours.operator, account=account, role=wanted, on=on)
        assert refusal.value.fault is Fault.BOTH_KEYS
    assert events(ours) == before


def test_a_role_that_is_still_to_come_counts_as_a_key(ours: Cast) -> None:
    """Else somebody appointed representative for next week could be made steward until then, and after."""
    soon = appoint(asker=ours.operator, name="Soon", role="representative", on=later(7))
    with pytest.raises(Refused) as refusal:
        appoint(asker=ours.operator, account=soon.account, role="steward")
    assert refusal.value.fault is Fault.BOTH_KEYS
    with pytest.raises(Refused) as refusal:
        propose_headcount(asker=Asker(ours.organisation, soon.account), people={ours.oak: 9})
    assert refusal.value.fault is Fault.NO_KEY


def test_a_steward_speaks_for_their_own_units_only(ours: Cast) -> None:
    school = add_unit(asker=ours.operator, name="School")
    for people in ({school: 9}, {school: 9, ours.oak: 9}):
        with pytest.raises(Refused) as refusal:
            propose_headcount(asker=ours.steward, people=people)
        assert refusal.value.fault is Fault.NO_KEY
    proposal = propose_headcount(asker=ours.representative, people={school: 9, ours.oak: 9})
    with pytest.raises(Refused) as refusal:
        confirm(asker=ours.steward, proposal=proposal)
    assert refusal.value.fault is Fault.NO_KEY


def test_a_proposal_waits_fourteen_days_and_no_longer(ours: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    early = propose_headcount(asker=ours.steward, people={ours.oak: 9})
    late = propose_headcount(asker=ours.steward, people={ours.oak: 10})
    set_day(monkeypatch, later(14))
    confirm(asker=ours.representative, proposal=early)
    set_day(monkeypatch, later(15))
    with pytest.raises(Refused) as refusal:
        confirm(asker=ours.representative, proposal=late)
    assert refusal.value.fault is Fault.PROPOSAL_EXPIRED
    assert str(later(14)) in str(refusal.value)
    assert pending_proposal(ours.organisation, late).ended_by is Fault.PROPOSAL_EXPIRED
    assert end_all_lapsed_proposals() == 1
    assert end_lapsed_proposals(ours.organisation) == 0
    assert pending_proposals(ours.organisation) == ()
    assert entries(ours.organisation)[-1].content["why"] == "expired"
    assert headcount(ours.organisation) == {ours.oak: 9}


def test_a_changed_tree_needs_a_new_proposal(ours: Cast) -> None:
    proposal = propose_headcount(asker=ours.steward, people={ours.oak: 9})
    add_unit(asker=ours.operator, name="Ash", parent=ours.care)
    with pytest.raises(Refused) as refusal:
        confirm(asker=ours.representative, proposal=proposal)
    assert refusal.value.fault is Fault.PROPOSAL_TREE_CHANGED


def test_confirming_twice_declares_once(ours: Cast) -> None:
    proposal = propose_headcount(asker=ours.steward, people={ours.oak: 9})
    confirm(asker=ours.representative, proposal=proposal)
    before = events(ours)
    confirm(asker=ours.representative, proposal=proposal)
    assert events(ours) == before
    assert len(headcount_history(ours.organisation, ours.oak)) == 1


def test_a_representative_who_leaves_ends_everything_that_waits(ours: Cast) -> None:
    by_steward = propose_headcount(asker=ours.steward, people={ours.oak: 9})
    propose_headcount(asker=ours.representative, people={ours.oak: 8})
    assert ours.representative.account
    end_account(asker=ours.operator, account=ours.representative.account)
    assert pending_proposals(ours.organisation) == ()
    assert events(ours)[-3:] == ["account_ended", "proposal_ended", "proposal_ended"]
    following = appoint(asker=ours.operator, name="Next Voice", role="representative").account
    with pytest.raises(Refused) as refusal:
        confirm(asker=Asker(ours.organisation, following), proposal=by_steward)
    assert refusal.value.fault is Fault.PROPOSAL_UNKNOWN


def test_a_steward_who_goes_takes_their_own_proposals_along(ours: Cast) -> None:
    propose_headcount(asker=ours.steward, people={ours.oak: 9})
    kept = propose_headcount(asker=ours.representative, people={ours.oak: 8})
    assert ours.steward.account
    end_role(asker=ours.steward, account=ours.steward.account, role="steward", unit=ours.care)
    assert [one.proposal for one in pending_proposals(ours.organisation)] == [kept]


def test_somebody_who_has_left_can_do_nothing(ours: Cast) -> None:
    proposal = propose_headcount(asker=ours.steward, people={ours.oak: 9})
    other = appoint(asker=ours.operator, name="Second Voice", role="representative").account
    assert ours.representative.account
    end_account(asker=ours.representative, account=ours.representative.account)
    for attempt in (confirm, withdraw):
        with pytest.raises(Refused):
            attempt(asker=ours.representative, proposal=proposal)
    assert other != ours.representative.account


def test_the_first_key_must_still_be_held_when_the_second_turns(ours: Cast) -> None:
    """Ending a role ends its proposals; this holds for an end that came by another road, such as SQL."""
    proposal = propose_headcount(asker=ours.steward, people={ours.oak: 9})
    Role.objects.filter(account=ours.steward.account).update(until_date=later(0))
    with pytest.raises(Refused) as refusal:
        confirm(asker=ours.representative, proposal=proposal)
    assert refusal.value.fault is Fault.PROPOSER_GONE
    assert end_lapsed_proposals(ours.organisation) == 1
    assert entries(ours.organisation)[-1].content["why"] == "proposer-gone"


@pytest.mark.parametrize("who", ["steward", "representative"])
def test_a_proposal_can_be_taken_back_or_declined(ours: Cast, who: str) -> None:
    proposal = propose_headcount(asker=ours.steward, people={ours.oak: 9})
    withdraw(asker=ours.steward if who == "steward" else ours.representative, proposal=proposal)
    with pytest.raises(Refused) as refusal:
        confirm(asker=ours.representative, proposal=proposal)
    assert refusal.value.fault is Fault.PROPOSAL_UNKNOWN
    assert events(ours)[-1] == "proposal_withdrawn"


def test_a_bystander_withdraws_nothing(ours: Cast) -> None:
    proposal = propose_headcount(asker=ours.steward, people={ours.oak: 9})
    other = appoint(asker=ours.operator, name="Other Steward", role="steward", unit=ours.elm).account
    for asker in (ours.operator, Asker(ours.organisation, other)):
        with pytest.raises(Refused) as refusal:
            withdraw(asker=asker, proposal=proposal)
        assert refusal.value.fault is Fault.NO_KEY


@pytest.mark.parametrize("number", [-1, 1.5, True, "9", None, 10**9])
def test_a_headcount_is_a_whole_number(ours: Cast, number: object) -> None:
    with pytest.raises(Refused) as refusal:
        propose_headcount(asker=ours.steward, people={ours.oak: number})  # type: ignore[dict-item]
    assert refusal.value.fault is Fault.PROPOSAL_NUMBER


def test_a_proposal_names_something(ours: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        propose_headcount(asker=ours.steward, people={})
    assert refusal.value.fault is Fault.PROPOSAL_EMPTY


def test_later_declarations_hold_from_their_day_and_history_stays(
    ours: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(ours, {ours.oak: 9})
    declare(ours, {ours.oak: 11})  # the same day: the later one holds
    set_day(monkeypatch, later(10))
    declare(ours, {ours.oak: 7})
    found = [headcount(ours.organisation, later(day)) for day in (-1, 0, 9, 10)]
    assert found == [{}, {ours.oak: 11}, {ours.oak: 11}, {ours.oak: 7}]
    assert [one.people for one in headcount_history(ours.organisation, ours.oak)] == [9, 11, 7]


def test_slips_need_two_keys_and_are_drawn_once(ours: Cast) -> None:
    declare(ours, {ours.oak: 9})
    proposal = propose_slips(asker=ours.steward, season="s1", slips={ours.oak: 9})
    with pytest.raises(Refused):
        use_agreed_slips(organisation=ours.organisation, proposal=proposal)
    confirm(asker=ours.representative, proposal=proposal)
    agreed = use_agreed_slips(organisation=ours.organisation, proposal=proposal)
    assert (agreed.season, dict(agreed.slips)) == ("s1", {ours.oak: 9})
    with pytest.raises(Refused) as refusal:
        use_agreed_slips(organisation=ours.organisation, proposal=proposal)
    assert refusal.value.fault is Fault.PROPOSAL_UNKNOWN
    assert slips_agreed(ours.organisation, "s1") == {ours.oak: 9}
    assert slips_agreed(ours.organisation, "s2") == {}
    assert Event.SLIPS_CONFIRMED.value in events(ours)


def test_slips_that_nobody_draws_in_four_weeks_need_a_new_agreement(
    ours: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(ours, {ours.oak: 9})
    first, second = (
        propose_slips(asker=ours.steward, season="s1", slips={ours.oak: slips}) for slips in (4, 5)
    )
    set_day(monkeypatch, later(14))
    for proposal in (first, second):
        confirm(asker=ours.representative, proposal=proposal)
    assert slips_drawn_until(ours.organisation, second) == later(28)
    set_day(monkeypatch, later(28))
    assert end_lapsed_proposals(ours.organisation) == 0
    use_agreed_slips(organisation=ours.organisation, proposal=first)
    assert slips_drawn_until(ours.organisation, first) is None

    set_day(monkeypatch, later(29))
    with pytest.raises(Refused) as refusal:
        use_agreed_slips(organisation=ours.organisation, proposal=second)
    assert refusal.value.fault is Fault.PROPOSAL_LAPSED
    assert end_lapsed_proposals(ours.organisation) == 1
    assert end_lapsed_proposals(ours.organisation) == 0
    told = entries(ours.organisation)[-1]
    assert (told.event, told.content["proposal"], told.content["why"]) == (
        "proposal_ended",
        second,
        "not-drawn",
    )
    assert slips_agreed(ours.organisation, "s1") == {ours.oak: 4}, "only what was drawn"
    assert headcount(ours.organisation) == {ours.oak: 9}, "a headcount holds on"
    with pytest.raises(Refused) as refusal:
        use_agreed_slips(organisation=ours.organisation, proposal=second)
    assert refusal.value.fault is Fault.PROPOSAL_UNKNOWN


def test_no_slip_without_a_person(ours: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        propose_slips(asker=ours.steward, season="s1", slips={ours.oak: 1})
    assert refusal.value.fault is Fault.HEADCOUNT_MISSING
    declare(ours, {ours.oak: 9})
    with pytest.raises(Refused) as refusal:
        propose_slips(asker=ours.steward, season="s1", slips={ours.oak: 10})
    assert refusal.value.fault is Fault.SLIPS_ABOVE_HEADCOUNT
    proposal = propose_slips(asker=ours.steward, season="s1", slips={ours.oak: 9})
    declare(ours, {ours.oak: 8})
    with pytest.raises(Refused) as refusal:
        confirm(asker=ours.representative, proposal=proposal)
    assert refusal.value.fault is Fault.SLIPS_ABOVE_HEADCOUNT


@pytest.mark.parametrize("season", ["", "a b", "../x", "s\n1"])
def test_a_season_is_named_by_its_short_name(ours: Cast, season: str) -> None:
    with pytest.raises(Refused) as refusal:
        propose_slips(asker=ours.steward, season=season, slips={ours.oak: 1})
    assert refusal.value.fault is Fault.PROPOSAL_SEASON


def test_one_person_has_twenty_proposals_waiting_and_no_more(ours: Cast, theirs: Cast) -> None:
    made = [propose_headcount(asker=ours.steward, people={ours.oak: one}) for one in range(MOST_WAITING)]
    with pytest.raises(Refused) as refused:
        propose_headcount(asker=ours.steward, people={ours.oak: 99})
    assert refused.value.fault is PeopleFault.PROPOSAL_MANY
    assert propose_headcount(asker=ours.steward, people={ours.oak: 0}) == made[0]
    propose_headcount(asker=ours.representative, people={ours.oak: 99})
    propose_headcount(asker=theirs.steward, people={theirs.oak: 99})
    withdraw(asker=ours.steward, proposal=made[0])
    propose_headcount(asker=ours.steward, people={ours.oak: 99})
