"""Who may do what, as sentences. Each asks the database anew: an appointment may have ended a minute ago."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from replenish.basis import clock
from replenish.people.askers import Asker
from replenish.people.models import Account, Proposal, ProposalKind, Role
from replenish.people.roles import RoleKind
from replenish.people.tree import UnitInTree, subtree

OTHER_KEY = {RoleKind.STEWARD: RoleKind.REPRESENTATIVE, RoleKind.REPRESENTATIVE: RoleKind.STEWARD}

# A deputy answers in the place of a steward, and reads as one. Whoever does that on one day and turns the key
# of the staff on another would check their own side.
APART = ((RoleKind.DEPUTY, RoleKind.REPRESENTATIVE), (RoleKind.REPRESENTATIVE, RoleKind.DEPUTY))


def is_living(account: str, *, organisation: str) -> bool:
    """Whether the account is of this organisation and its holder has not left."""
    return Account.objects.filter(_not_left(), pk=account, organisation=organisation).exists()


def acts_as_operator(asker: Asker) -> bool:
    """Whether this is the command line, or an account that is operator today."""
    return asker.account is None or roles_of(asker).filter(kind=RoleKind.OPERATOR).exists()


def is_representative(asker: Asker) -> bool:
    """Whether staff are represented by this account today."""
    return roles_of(asker).filter(kind=RoleKind.REPRESENTATIVE).exists()


def is_steward_of(asker: Asker, units: Collection[str | None], tree: Collection[UnitInTree]) -> bool:
    """Whether the account is steward, today, of every one of these units.

    A unit of None stands for the top of the tree, which only a steward of the whole organisation holds.
    """
    held_for = roles_of(asker).filter(kind=RoleKind.STEWARD).values_list("unit", flat=True)
    scopes: list[str | None] = list(held_for)
    if None in scopes:
        return True
    held = frozenset[str]().union(*(subtree(tree, scope) for scope in scopes if scope is not None))
    return bool(scopes) and held.issuperset(units)


def may_change_units(asker: Asker, units: Collection[str | None], tree: Collection[UnitInTree]) -> bool:
    """The operator, and a steward of every unit that is touched."""
    return acts_as_operator(asker) or is_steward_of(asker, units, tree)


def may_tell_everybody(asker: Asker) -> bool:
    """The operator, and a steward of the whole organisation: a part of it is never told by itself."""
    return may_change_units(asker, [None], ())


def units_to_change(asker: Asker, tree: Collection[UnitInTree]) -> frozenset[str]:
    """The units of the tree that the asker may change: all for the operator, else those of a steward."""
    every = frozenset(unit.unit for unit in tree)
    if may_change_units(asker, [None], tree):
        return every
    held_for: list[str | None] = list(
        roles_of(asker).filter(kind=RoleKind.STEWARD).values_list("unit", flat=True)
    )
    return every & frozenset[str]().union(*(subtree(tree, scope) for scope in held_for if scope is not None))


def may_appoint(asker: Asker, *, account: str | None) -> bool:
    """The operator, and nobody themselves."""
    return acts_as_operator(asker) and (asker.account is None or asker.account != account)


def may_end_account(asker: Asker, *, account: str) -> bool:
    """The operator, and everybody their own."""
    return acts_as_operator(asker) or (
        asker.account == account and is_living(account, organisation=asker.organisation)
    )


def holds_key(asker: Asker, kind: str, units: Collection[str], tree: Collection[UnitInTree]) -> bool:
    """Whether the account holds this one of the two keys for these units; the command line holds none."""
    if asker.account is None:
        return False
    return is_representative(asker) if kind == RoleKind.REPRESENTATIVE else is_steward_of(asker, units, tree)


def proposer_still_holds_key(proposal: Proposal, tree: Collection[UnitInTree]) -> bool:
    """Whether whoever proposed it could propose it now."""
    proposer = Asker(proposal.organisation_id, proposal.proposed_by_id)
    return holds_key(proposer, proposal.proposed_as, proposal.content["units"], tree)


def may_withdraw(asker: Asker, proposal: Proposal, tree: Collection[UnitInTree]) -> bool:
    """Whoever proposed it, and whoever could confirm it (which declines it)."""
    other = OTHER_KEY[RoleKind(proposal.proposed_as)]
    own = asker.account == proposal.proposed_by_id and is_living(
        proposal.proposed_by_id, organisation=asker.organisation
    )
    return own or holds_key(asker, other, proposal.content["units"], tree)


def roles_of(asker: Asker, *, on: date | None = None) -> QuerySet[Role]:
    """The roles the asker holds on a day (today unless given); none after they have left."""
    day = on or clock.today()
    return Role.objects.filter(
        _not_left("account__"),
        Q(until_date__isnull=True) | Q(until_date__gt=day),
        from_date__lte=day,
        account=asker.account,
        account__organisation=asker.organisation,
    )


def least_number(kind: ProposalKind) -> int:
    """A unit may have nobody for a while; nobody makes no slips."""
    return 0 if kind is ProposalKind.HEADCOUNT else 1


def _not_left(before: str = "") -> Q:
    return Q(**{f"{before}left_on__isnull": True}) | Q(**{f"{before}left_on__gt": clock.today()})
