"""What two keys have agreed on, and who holds them: figures and names that are public in the organisation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db.models import Q

from replenish.basis import clock
from replenish.people import rules
from replenish.people.askers import Asker
from replenish.people.models import (
    SLIP_KINDS,
    Account,
    Headcount,
    Proposal,
    ProposalKind,
    ProposalState,
    Role,
)
from replenish.people.pending import drawn_until
from replenish.people.queries import unit_tree
from replenish.people.roles import KEY_HOLDERS, RoleKind
from replenish.people.tree import UnitInTree, subtree


class Part(Enum):
    """What somebody can do about a proposal that waits."""

    TURN = "turn the second key, or decline"
    TAKE_BACK = "take it back"
    LOOK = "look at it"


@dataclass(frozen=True)
class AgreedSlips:
    """Slips that two people agreed on and nobody has drawn yet.

    Attributes:
        proposal: its id.
        season: the season they are for.
        are_replacements: whether they stand in place of lost cards.
        proposed_by: the name of the one.
        confirmed_by: the name of the other.
        drawn_until: the last day on which they can be drawn.
        slips: how many, by name of unit.
        units: the ids of these units.
    """

    proposal: str
    season: str
    are_replacements: bool
    proposed_by: str
    confirmed_by: str
    drawn_until: date
    slips: tuple[tuple[str, int], ...]
    units: frozenset[str]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(number for _, number in self.slips)


@dataclass(frozen=True)
class Declaration:
    """A headcount of a unit from a day on, and who agreed on it."""

    unit: str
    people: int
    declared_on: date
    proposed_by: str
    confirmed_by: str


@dataclass(frozen=True)
class KeyHolder:
    """Somebody who holds one of the two keys today; a unit of None is the whole organisation."""

    account: str
    name: str
    kind: str
    unit: str | None


def agreed_slips(organisation: str) -> tuple[AgreedSlips, ...]:
    """What can be drawn today, oldest first."""
    rows = Proposal.objects.filter(
        organisation=organisation, kind__in=SLIP_KINDS, state=ProposalState.CONFIRMED
    )
    names = {unit.unit: " / ".join(unit.path) for unit in unit_tree(organisation)}
    chosen = rows.select_related("proposed_by", "confirmed_by").order_by("proposed_on", "id")
    return tuple(_agreed(row, names) for row in chosen if clock.today() <= drawn_until(row))


def _agreed(row: Proposal, names: dict[str, str]) -> AgreedSlips:
    units: dict[str, int] = row.content["units"]
    return AgreedSlips(
        row.id,
        row.content["season"],
        row.kind == ProposalKind.REPLACEMENTS,
        row.proposed_by.name,
        row.confirmed_by.name if row.confirmed_by else "",
        drawn_until(row),
        tuple(sorted((names.get(unit, ""), number) for unit, number in units.items())),
        frozenset(units),
    )


def declarations(organisation: str, units: Collection[str]) -> tuple[Declaration, ...]:
    """Every headcount that was declared for these units, newest first."""
    rows = Headcount.objects.filter(organisation=organisation, unit__in=units).order_by(
        "-declared_on", "-entry"
    )
    named = ("unit", "people", "declared_on", "proposal__proposed_by__name", "proposal__confirmed_by__name")
    return tuple(Declaration(*row) for row in rows.values_list(*named))


def key_holders(organisation: str) -> tuple[KeyHolder, ...]:
    """Who holds which key today, by name."""
    today = clock.today()
    here = Account.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=today), organisation=organisation)
    rows = Role.objects.filter(
        Q(until_date__isnull=True) | Q(until_date__gt=today),
        kind__in=KEY_HOLDERS,
        from_date__lte=today,
        account__in=here,
    )
    named = rows.order_by("account__name", "id").values_list("account", "account__name", "kind", "unit")
    return tuple(KeyHolder(*row) for row in named)


def parts_in_pending(asker: Asker) -> dict[str, Part]:
    """For each proposal that waits for the second key, what the asker can do about it."""
    tree = unit_tree(asker.organisation)
    rows = Proposal.objects.filter(organisation=asker.organisation, state=ProposalState.PENDING)
    return {row.id: _part(asker, row, tree) for row in rows}


def _part(asker: Asker, row: Proposal, tree: tuple[UnitInTree, ...]) -> Part:
    if asker.account == row.proposed_by_id:
        return Part.TAKE_BACK
    other = rules.OTHER_KEY[RoleKind(row.proposed_as)]
    return Part.TURN if rules.holds_key(asker, other, row.content["units"], tree) else Part.LOOK


def was_proposed(organisation: str, proposal: str) -> bool:
    """Whether the organisation has this proposal, whatever became of it."""
    return Proposal.objects.filter(pk=proposal, organisation=organisation).exists()


def units_answered_for(asker: Asker) -> tuple[UnitInTree, ...]:
    """The units for which the asker holds one of the two keys, in the order of their paths."""
    tree = unit_tree(asker.organisation)
    held: set[str | None] = set(
        rules.roles_of(asker).filter(kind__in=KEY_HOLDERS).values_list("unit", flat=True)
    )
    if None in held:
        return tree
    below = frozenset[str]().union(*(subtree(tree, unit) for unit in held if unit is not None))
    return tuple(unit for unit in tree if unit.unit in below)
