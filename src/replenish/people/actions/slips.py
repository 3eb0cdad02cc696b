"""Slips that two people agreed on are handed over for drawing, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.people.actions.organisations import locked
from replenish.people.askers import operator_of
from replenish.people.models import SLIP_KINDS, Proposal, ProposalKind, ProposalState
from replenish.people.pending import drawn_until


@dataclass(frozen=True)
class SlipsAgreed:
    """How many slips two people agreed on, by unit, for a season."""

    proposal: str
    season: str
    slips: Mapping[str, int]
    replacements: bool
    """Whether they stand in place of lost cards."""


def use_agreed_slips(*, organisation: str, proposal: str) -> SlipsAgreed:
    """Take a confirmed proposal for drawing; a second taking is refused.

    Call it inside the transaction that makes the slips and writes `Event.SLIPS_DRAWN`. It holds the
    organisation until that transaction ends, so that two drawings at once do not both count the same slips.

    Raises:
        Refused: the organisation has no such confirmed proposal, its slips were made already, or it is four
            weeks old.
    """
    with transaction.atomic():
        locked(operator_of(organisation))
        chosen = Proposal.objects.filter(
            pk=proposal, organisation=organisation, kind__in=SLIP_KINDS, state=ProposalState.CONFIRMED
        )
        found = chosen.first()
        if found is not None and clock.today() > drawn_until(found):
            refuse(PeopleFault.PROPOSAL_LAPSED, until=drawn_until(found).isoformat())
        # Claimed by the change itself: of two drawings at once, one changes no row.
        if found is None or not chosen.update(state=ProposalState.USED):
            refuse(PeopleFault.PROPOSAL_UNKNOWN, proposal=proposal)
    replacements = found.kind == ProposalKind.REPLACEMENTS
    return SlipsAgreed(proposal, found.content["season"], found.content["units"], replacements)
