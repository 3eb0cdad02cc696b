"""How a proposal ends without its second key."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from replenish.ledger.actions import record
from replenish.ledger.events import Event
from replenish.people.askers import Asker
from replenish.people.models import Proposal, ProposalState
from replenish.people.roles import RoleKind


def end_proposals_of(asker: Asker, account: str, *, lost: Collection[str]) -> None:
    """End what rested on somebody who no longer holds a role.

    A steward takes along what they proposed. When a representative goes, everything that is pending ends:
    staff have not yet heard who speaks for them next, and nothing may be waiting for that person's first day.
    """
    chosen = Q(proposed_by=account, proposed_as__in=list(lost))
    if RoleKind.REPRESENTATIVE in lost:
        chosen = Q()
    pending = Proposal.objects.filter(chosen, organisation=asker.organisation, state=ProposalState.PENDING)
    for proposal in pending.order_by("id"):
        end_proposal(proposal, actor=asker.actor, why="role-ended")


AFTER = {
    ProposalState.PENDING.value: ProposalState.ENDED,
    ProposalState.CONFIRMED.value: ProposalState.LAPSED,
}


def end_proposal(proposal: Proposal, *, actor: str, why: str) -> None:
    """End one proposal that waits, for its second key or for the drawing of its slips; once."""
    changed = Proposal.objects.filter(pk=proposal.pk, state=proposal.state)
    if changed.update(state=AFTER[proposal.state]):
        record(
            organisation=proposal.organisation_id,
            event=Event.PROPOSAL_ENDED,
            actor=actor,
            content={"proposal": proposal.id, "kind": proposal.kind, "why": why},
        )
