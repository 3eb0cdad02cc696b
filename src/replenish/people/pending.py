"""Proposals as they are shown before the second key: exact figures beside the figures that hold now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.people import rules
from replenish.people.models import SLIP_KINDS, Proposal, ProposalKind, ProposalState
from replenish.people.queries import headcount, slips_agreed, unit_tree
from replenish.people.roles import RoleKind
from replenish.people.tree import UnitInTree, tree_hash

OPEN_FOR = timedelta(days=14)

DRAWN_WITHIN = timedelta(days=28)
"""From the proposal on: what two people agreed on was about the people there were then."""


@dataclass(frozen=True)
class ProposedNumber:
    """One unit of a proposal.

    Attributes:
        unit: its id.
        path: its names from the top down, as they were when it was proposed.
        number: people or slips, exactly as proposed.
        declared: the people declared for it now; None where nobody has declared any.
        agreed: for slips, how many were agreed before for this season.
    """

    unit: str
    path: tuple[str, ...]
    number: int
    declared: int | None
    agreed: int


@dataclass(frozen=True)
class ProposalShown:
    """A proposal that waits for its second key, or that no longer can get it.

    Attributes:
        waits_for: the role whose key is missing.
        open_until: the last day on which it can be confirmed.
        ended_by: why it must be made anew; None while it can be confirmed.
    """

    proposal: str
    kind: str
    season: str | None
    proposed_by: str
    proposed_as: str
    proposed_on: date
    waits_for: str
    open_until: date
    ended_by: PeopleFault | None
    numbers: tuple[ProposedNumber, ...]

    @property
    def total(self) -> int:
        """All people, or all slips, of the proposal."""
        return sum(one.number for one in self.numbers)


def pending_proposals(organisation: str) -> tuple[ProposalShown, ...]:
    """What waits for the second key, oldest first; public to every carer of the organisation."""
    rows = Proposal.objects.filter(organisation=organisation, state=ProposalState.PENDING)
    tree, declared = unit_tree(organisation), headcount(organisation)
    chosen = rows.select_related("proposed_by").order_by("proposed_on", "id")
    return tuple(_shown(proposal, tree, declared) for proposal in chosen)


def pending_proposal(organisation: str, proposal: str) -> ProposalShown:
    """One proposal that waits for the second key.

    Raises:
        Refused: there is none of this id in the organisation.
    """
    found = next((one for one in pending_proposals(organisation) if one.proposal == proposal), None)
    if found is None:
        refuse(PeopleFault.PROPOSAL_UNKNOWN, proposal=proposal)
    return found


def open_until(proposal: Proposal) -> date:
    """The last day on which it can be confirmed."""
    return proposal.proposed_on + OPEN_FOR


def drawn_until(proposal: Proposal) -> date:
    """The last day on which the slips of a confirmed proposal can be drawn."""
    return proposal.proposed_on + DRAWN_WITHIN


def slips_drawn_until(organisation: str, proposal: str) -> date | None:
    """The same for a proposal by its id; None for one that makes no slips, or waits for none."""
    found = Proposal.objects.filter(
        pk=proposal, organisation=organisation, kind__in=SLIP_KINDS, state=ProposalState.CONFIRMED
    ).first()
    return None if found is None else drawn_until(found)


def why_ended(proposal: Proposal, tree: tuple[UnitInTree, ...]) -> PeopleFault | None:
    """Why a pending proposal can no longer be confirmed by anybody; None while it can."""
    if clock.today() > open_until(proposal):
        return PeopleFault.PROPOSAL_EXPIRED
    if tree_hash(tree) != proposal.tree:
        return PeopleFault.PROPOSAL_TREE_CHANGED
    if not rules.proposer_still_holds_key(proposal, tree):
        return PeopleFault.PROPOSER_GONE
    return None


def _shown(proposal: Proposal, tree: tuple[UnitInTree, ...], declared: dict[str, int]) -> ProposalShown:
    season = proposal.content.get("season")
    agreed = slips_agreed(proposal.organisation_id, season) if proposal.kind == ProposalKind.SLIPS else {}
    paths = {unit.unit: unit.path for unit in unit_tree(proposal.organisation_id, proposal.proposed_on)}
    numbers = (
        ProposedNumber(unit, paths.get(unit, ()), number, declared.get(unit), agreed.get(unit, 0))
        for unit, number in proposal.content["units"].items()
    )
    return ProposalShown(
        proposal=proposal.id,
        kind=proposal.kind,
        season=season,
        proposed_by=proposal.proposed_by.name,
        proposed_as=proposal.proposed_as,
        proposed_on=proposal.proposed_on,
        waits_for=rules.OTHER_KEY[RoleKind(proposal.proposed_as)].value,
        open_until=open_until(proposal),
        ended_by=why_ended(proposal, tree),
        numbers=tuple(sorted(numbers, key=lambda one: (one.path, one.unit))),
    )
