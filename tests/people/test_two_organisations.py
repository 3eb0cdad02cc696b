"""Two organisations are strictly apart: what is foreign is answered exactly as what does not exist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people.cast import Cast, later

from replenish.basis.errors import Refused
from replenish.ledger.queries import entries
from replenish.people.actions import (
    add_unit,
    appoint,
    confirm,
    dissolve_unit,
    end_account,
    end_role,
    move_unit,
    propose_headcount,
    propose_slips,
    rename_unit,
    replace_code,
    use_agreed_slips,
    withdraw,
)
from replenish.people.askers import Asker
from replenish.people.pending import pending_proposal, pending_proposals
from replenish.people.queries import accounts, headcount, headcount_history, path_of, slips_agreed, unit_tree

pytestmark = pytest.mark.patient

NOBODY = "0" * 32
Attempt = Callable[[Asker, str], object]

WITH_UNIT: Mapping[str, Attempt] = {
    "add below": lambda asker, unit: add_unit(asker=asker, name="New", parent=unit),
    "move": lambda asker, unit: move_unit(asker=asker, unit=unit, parent=None),
    "move to the day after": lambda asker, unit: move_unit(asker=asker, unit=unit, parent=None, on=later(1)),
    "rename": lambda asker, unit: rename_unit(asker=asker, unit=unit, name="New"),
    "rename to its own name": lambda asker, unit: rename_unit(asker=asker, unit=unit, name="Oak"),
    "dissolve": lambda asker, unit: dissolve_unit(asker=asker, unit=unit),
    "appoint for": lambda asker, unit: appoint(asker=asker, name="New", role="steward", unit=unit),
    "propose people": lambda asker, unit: propose_headcount(asker=asker, people={unit: 9}),
    "propose slips": lambda asker, unit: propose_slips(asker=asker, season="s", slips={unit: 9}),
    "path": lambda asker, unit: path_of(unit, organisation=asker.organisation),
}
WITH_ACCOUNT: Mapping[str, Attempt] = {
    "appoint": lambda asker, account: appoint(asker=asker, account=account, role="operator"),
    "end role": lambda asker, account: end_role(asker=asker, account=account, role="steward"),
    "end": lambda asker, account: end_account(asker=asker, account=account),
    "new code": lambda asker, account: replace_code(asker=asker, account=account),
}
WITH_PROPOSAL: Mapping[str, Attempt] = {
    "confirm": lambda asker, proposal: confirm(asker=asker, proposal=proposal),
    "withdraw": lambda asker, proposal: withdraw(asker=asker, proposal=proposal),
    "show": lambda asker, proposal: pending_proposal(asker.organisation, proposal),
    "draw": lambda asker, proposal: use_agreed_slips(organisation=asker.organisation, proposal=proposal),
}
ATTEMPTS = [*WITH_UNIT, *WITH_ACCOUNT, *WITH_PROPOSAL]


def answer(attempt: Attempt, asker: Asker, named: str) -> str:
    """What the asker is told, with the name they gave left out."""
    try:
        with transaction.atomic():
            attempt(asker, named)
    except Refused as refusal:
        return str(refusal).replace(named, "...")
    return "granted"


def asker_of(cast: Cast, who: str) -> Asker:
    return {"operator": cast.operator, "steward": cast.steward, "representative": cast.representative}[who]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    what=st.sampled_from(ATTEMPTS),
    who=st.sampled_from(["operator", "steward", "representative"]),
    place=st.integers(0, 2),
)
def test_a_foreign_name_is_answered_like_an_unknown_one(
    ours: Cast, theirs: Cast, what: str, who: str, place: int
) -> None:
    their_proposal = propose_headcount(asker=theirs.steward, people={theirs.oak: 9})
    asker = asker_of(ours, who)
    if what in WITH_UNIT:
        attempt, foreign = WITH_UNIT[what], (theirs.care, theirs.oak, theirs.elm)[place]
    elif what in WITH_ACCOUNT:
        account = (theirs.steward if place else theirs.representative).account
        assert account
        attempt, foreign = WITH_ACCOUNT[what], account
    else:
        attempt, foreign = WITH_PROPOSAL[what], their_proposal
    before = entries(theirs.organisation)
    told = answer(attempt, asker, foreign)
    assert told != "granted"
    assert told == answer(attempt, asker, NOBODY)
    assert entries(theirs.organisation) == before
    withdraw(asker=theirs.steward, proposal=their_proposal)


@pytest.mark.parametrize("what", ATTEMPTS)
def test_the_same_attempt_is_granted_at_home_to_somebody(ours: Cast, what: str) -> None:
    """Else the property above could hold because nothing is ever granted."""
    confirm(
        asker=ours.representative,
        proposal=propose_headcount(asker=ours.steward, people={ours.elm: 9, ours.oak: 9}),
    )
    slips = propose_slips(asker=ours.steward, season="s", slips={ours.oak: 9})
    if what == "draw":
        confirm(asker=ours.representative, proposal=slips)
    whole = appoint(asker=ours.operator, name="Head", role="steward").account
    attempt = {**WITH_UNIT, **WITH_ACCOUNT, **WITH_PROPOSAL}[what]
    named = ours.oak if what in WITH_UNIT else whole if what in WITH_ACCOUNT else slips
    told = [answer(attempt, asker, named) for asker in (ours.operator, ours.steward, ours.representative)]
    assert "granted" in told


def test_an_account_that_claims_another_organisation_is_nobody_there(ours: Cast, theirs: Cast) -> None:
    for asker in (theirs.steward, theirs.representative):
        intruder = replace(asker, organisation=ours.organisation)
        for attempt, named in (
            *((attempt, ours.oak) for name, attempt in WITH_UNIT.items() if name != "path"),
            *((attempt, ours.steward.account or "") for attempt in WITH_ACCOUNT.values()),
        ):
            assert answer(attempt, intruder, named) != "granted"


def test_every_list_holds_its_own_organisation_only(ours: Cast, theirs: Cast) -> None:
    proposal = propose_headcount(asker=theirs.steward, people={theirs.oak: 9})
    assert pending_proposals(ours.organisation) == ()
    confirm(asker=theirs.representative, proposal=proposal)
    assert headcount(theirs.organisation) == {theirs.oak: 9}
    assert headcount(ours.organisation) == {}
    assert headcount_history(ours.organisation, theirs.oak) == ()
    assert slips_agreed(ours.organisation, "s") == {}
    ids = {unit.unit for unit in unit_tree(ours.organisation)}
    assert ids == {ours.care, ours.oak, ours.elm}
    assert {one.account for one in accounts(ours.organisation)} == {
        ours.steward.account,
        ours.representative.account,
    }


def test_names_may_be_the_same_in_two_organisations(ours: Cast, theirs: Cast) -> None:
    assert [unit.path for unit in unit_tree(ours.organisation)] == [
        unit.path for unit in unit_tree(theirs.organisation)
    ]
