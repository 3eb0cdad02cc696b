"""Two keys: a headcount or a number of slips is proposed by one role and confirmed by the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.ledger.actions import TIMETABLE, record
from replenish.ledger.content import IDENTIFIER
from replenish.ledger.events import Event
from replenish.people import rules
from replenish.people.actions.ending import end_proposal
from replenish.people.actions.organisations import locked, new_id
from replenish.people.askers import Asker, operator_of
from replenish.people.models import (
    SLIP_KINDS,
    Headcount,
    Proposal,
    ProposalKind,
    ProposalState,
)
from replenish.people.pending import drawn_until, open_until, why_ended
from replenish.people.queries import headcount, unit_on, unit_tree
from replenish.people.roles import RoleKind
from replenish.people.tree import UnitInTree, tree_hash

MOST_PEOPLE = 100_000
MOST_WAITING = 20
"""Of one person. Everybody in an organisation, carers too, is shown what waits, and each is in the ledger."""
PROPOSED = {
    ProposalKind.HEADCOUNT: Event.HEADCOUNT_PROPOSED,
    ProposalKind.SLIPS: Event.SLIPS_PROPOSED,
    ProposalKind.REPLACEMENTS: Event.REPLACEMENTS_PROPOSED,
}
CONFIRMED = {
    ProposalKind.HEADCOUNT: Event.HEADCOUNT_CONFIRMED,
    ProposalKind.SLIPS: Event.SLIPS_CONFIRMED,
    ProposalKind.REPLACEMENTS: Event.REPLACEMENTS_CONFIRMED,
}

LAPSED = {
    PeopleFault.PROPOSAL_EXPIRED: "expired",
    PeopleFault.PROPOSAL_TREE_CHANGED: "units-changed",
    PeopleFault.PROPOSER_GONE: "proposer-gone",
}
NOT_DRAWN = "not-drawn"


def propose_headcount(*, asker: Asker, people: Mapping[str, int]) -> str:
    """Propose how many people work in each of these units, and give the proposal's id.

    Raises:
        Refused: a unit does not stand today, a number is none, or the asker holds neither key for them all.
    """
    return _propose(asker, ProposalKind.HEADCOUNT, {"units": dict(people)})


def propose_slips(*, asker: Asker, season: str, slips: Mapping[str, int], replacements: bool = False) -> str:
    """Propose how many slips are made for each of these units, and give the proposal's id.

    Args:
        asker: holds one of the two keys.
        season: the season they are for.
        slips: by unit, how many.
        replacements: whether they stand in place of lost cards, beyond the headcount.

    Raises:
        Refused: as for a headcount; or there would be more slips than declared people.
    """
    if not IDENTIFIER.fullmatch(season):
        refuse(PeopleFault.PROPOSAL_SEASON, season=season)
    kind = ProposalKind.REPLACEMENTS if replacements else ProposalKind.SLIPS
    return _propose(asker, kind, {"season": season, "units": dict(slips)})


def confirm(*, asker: Asker, proposal: str) -> None:
    """Turn the second key. A headcount holds from today; slips may then be drawn, once, for some weeks.

    Saying it twice changes nothing.

    Raises:
        Refused: the asker made the proposal or does not hold the other key for all its units; it has
            expired, the units have changed, or whoever proposed it no longer holds the first key.
    """
    with transaction.atomic():
        locked(asker)
        found = _of_organisation(asker, proposal, [ProposalState.PENDING, ProposalState.CONFIRMED])
        if found.state == ProposalState.CONFIRMED:
            if found.confirmed_by_id == asker.account:
                return
            refuse(PeopleFault.PROPOSAL_UNKNOWN, proposal=proposal)
        tree = unit_tree(asker.organisation)
        _require_other_key(asker, found, tree)
        if (ended := why_ended(found, tree)) is not None:
            refuse(ended, until=open_until(found).isoformat())
        kind, units = ProposalKind(found.kind), found.content["units"]
        if kind in SLIP_KINDS:
            _require_headcount(asker, units, tree)
        found.state, found.confirmed_by_id = ProposalState.CONFIRMED, asker.account
        found.save(update_fields=["state", "confirmed_by"])
        number = _tell(asker, CONFIRMED[kind], found, proposed_by=found.proposed_by_id)
        if kind is ProposalKind.HEADCOUNT:
            _declare(found, number)


def withdraw(*, asker: Asker, proposal: str) -> None:
    """Take back one's own proposal, or decline one that waits for one's key.

    Raises:
        Refused: there is no such pending proposal, or the asker has no part in it.
    """
    with transaction.atomic():
        locked(asker)
        found = _of_organisation(asker, proposal, [ProposalState.PENDING])
        if not rules.may_withdraw(asker, found, unit_tree(asker.organisation)):
            _refuse_without_key(rules.OTHER_KEY[RoleKind(found.proposed_as)].value)
        found.state = ProposalState.WITHDRAWN
        found.save(update_fields=["state"])
        record(
            organisation=asker.organisation,
            event=Event.PROPOSAL_WITHDRAWN,
            actor=asker.actor,
            content={"proposal": found.id, "kind": found.kind},
        )


def end_lapsed_proposals(organisation: str) -> int:
    """End what nobody can confirm or draw any longer, and say how many; for the nightly task."""
    with transaction.atomic():
        locked(operator_of(organisation))
        tree = unit_tree(organisation)
        pending = Proposal.objects.filter(organisation=organisation, state=ProposalState.PENDING)
        ended = [(one, LAPSED[why]) for one in pending.order_by("id") if (why := why_ended(one, tree))]
        undrawn = Proposal.objects.filter(
            organisation=organisation, kind__in=SLIP_KINDS, state=ProposalState.CONFIRMED
        )
        ended += [(one, NOT_DRAWN) for one in undrawn.order_by("id") if clock.today() > drawn_until(one)]
        for proposal, reason in ended:
            end_proposal(proposal, actor=TIMETABLE, why=reason)
    return len(ended)


def _propose(asker: Asker, kind: ProposalKind, content: Mapping[str, object]) -> str:
    units = content["units"]
    assert isinstance(units, dict)  # noqa: S101
    with transaction.atomic():
        organisation = locked(asker)
        tree = unit_tree(organisation.id)
        _require_numbers(kind, units, tree)
        held = [key for key in rules.OTHER_KEY if rules.holds_key(asker, key, units, tree)]
        if not held or asker.account is None:
            _refuse_without_key("steward of all these units or a representative")
        if kind in SLIP_KINDS:
            _require_headcount(asker, units, tree)
        if (same := _same_today(asker, kind, content, tree)) is not None:
            return same
        _require_few_waiting(asker)
        proposal = Proposal.objects.create(
            id=new_id(),
            organisation=organisation,
            kind=kind,
            content=content,
            tree=tree_hash(tree),
            proposed_by_id=asker.account,
            proposed_as=held[0],
            proposed_on=clock.today(),
            state=ProposalState.PENDING,
        )
        _tell(asker, PROPOSED[kind], proposal)
    return proposal.id


def _same_today(
    asker: Asker, kind: ProposalKind, content: Mapping[str, object], tree: tuple[UnitInTree, ...]
) -> str | None:
    """The same proposal that the asker made already today: a form that was sent twice proposes once."""
    made = Proposal.objects.filter(
        organisation=asker.organisation,
        kind=kind,
        state=ProposalState.PENDING,
        proposed_by=asker.account,
        proposed_on=clock.today(),
        tree=tree_hash(tree),
    )
    return next((one.id for one in made.order_by("id") if one.content == content), None)


def _require_few_waiting(asker: Asker) -> None:
    waiting = Proposal.objects.filter(
        organisation=asker.organisation, state=ProposalState.PENDING, proposed_by=asker.account
    )
    if waiting.count() >= MOST_WAITING:
        refuse(PeopleFault.PROPOSAL_MANY, most=MOST_WAITING)


def _require_numbers(kind: ProposalKind, units: Mapping[str, object], tree: tuple[UnitInTree, ...]) -> None:
    if not units:
        refuse(PeopleFault.PROPOSAL_EMPTY)
    low = rules.least_number(kind)
    for unit, number in units.items():
        name = unit_on(unit, tree).name
        if not isinstance(number, int) or isinstance(number, bool) or not low <= number <= MOST_PEOPLE:
            refuse(PeopleFault.PROPOSAL_NUMBER, unit=name, number=number, low=low, high=MOST_PEOPLE)


def _require_headcount(asker: Asker, slips: Mapping[str, int], tree: tuple[UnitInTree, ...]) -> None:
    """Invented members around a real one are how a small group is unmasked: no slip without a person."""
    declared = headcount(asker.organisation)
    for unit, number in slips.items():
        name = unit_on(unit, tree).name
        if unit not in declared:
            refuse(PeopleFault.HEADCOUNT_MISSING, unit=name)
        if number > declared[unit]:
            refuse(PeopleFault.SLIPS_ABOVE_HEADCOUNT, unit=name, slips=number, people=declared[unit])


def _require_other_key(asker: Asker, proposal: Proposal, tree: tuple[UnitInTree, ...]) -> None:
    if asker.account == proposal.proposed_by_id:
        refuse(PeopleFault.PROPOSAL_SAME_PERSON)
    first = RoleKind(proposal.proposed_as)
    other, units = rules.OTHER_KEY[first], proposal.content["units"]
    if rules.holds_key(asker, other, units, tree):
        return
    if rules.holds_key(asker, first, units, tree):
        refuse(PeopleFault.PROPOSAL_SAME_KEY, role=first.value, other=other.value)
    _refuse_without_key(other.value)


def _refuse_without_key(needed: str) -> NoReturn:
    refuse(PeopleFault.NO_KEY, needed=needed)


def _of_organisation(asker: Asker, proposal: str, states: list[ProposalState]) -> Proposal:
    found = Proposal.objects.filter(pk=proposal, organisation=asker.organisation, state__in=states).first()
    if found is None:
        refuse(PeopleFault.PROPOSAL_UNKNOWN, proposal=proposal)
    return found


def _declare(proposal: Proposal, entry: int) -> None:
    Headcount.objects.bulk_create(
        Headcount(
            id=new_id(),
            organisation_id=proposal.organisation_id,
            unit_id=unit,
            people=people,
            declared_on=clock.today(),
            entry=entry,
            proposal=proposal,
        )
        for unit, people in proposal.content["units"].items()
    )


def _tell(asker: Asker, event: Event, proposal: Proposal, **more: object) -> int:
    named = "people" if proposal.kind == ProposalKind.HEADCOUNT else "slips"
    content = {key: value for key, value in proposal.content.items() if key != "units"}
    entry = record(
        organisation=asker.organisation,
        event=event,
        actor=asker.actor,
        content={"proposal": proposal.id, **content, named: proposal.content["units"], **more},
    )
    return entry.number
