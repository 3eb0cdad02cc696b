"""Reading: every query names one organisation, and knows nothing of any other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.people import codes
from replenish.people.askers import Asker
from replenish.people.models import (
    Account,
    Headcount,
    Organisation,
    Proposal,
    ProposalKind,
    ProposalState,
    UnitPlace,
)
from replenish.people.tree import Place, UnitInTree, tree_on


@dataclass(frozen=True)
class OrganisationSummary:
    """An organisation as every page of its own may show it."""

    organisation: str
    name: str
    setting: str
    floor: int
    created_on: date


@dataclass(frozen=True)
class RoleHeld:
    """A part somebody plays; a unit of None is the whole organisation."""

    kind: str
    unit: str | None
    from_date: date
    until_date: date | None


@dataclass(frozen=True)
class AccountSummary:
    """Somebody who acts for the organisation: these names are public in it."""

    account: str
    name: str
    roles: tuple[RoleHeld, ...]


@dataclass(frozen=True)
class HeadcountDeclared:
    """How many people two people declared for a unit, and from when."""

    people: int
    declared_on: date
    proposed_by: str
    confirmed_by: str


def organisations() -> tuple[OrganisationSummary, ...]:
    """All of them: for the operator and the timetable, never for a page."""
    return tuple(_summary(one) for one in Organisation.objects.order_by("name", "id"))


def organisation_summary(organisation: str) -> OrganisationSummary:
    """One organisation.

    Raises:
        Refused: there is none of this id.
    """
    found = Organisation.objects.filter(pk=organisation).first()
    if found is None:
        refuse(PeopleFault.ORGANISATION_UNKNOWN, organisation=organisation)
    return _summary(found)


def unit_tree(organisation: str, on: date | None = None) -> tuple[UnitInTree, ...]:
    """The units that stand on a day (today unless given), by path; public in the organisation.

    What it says about a day that is over never changes: a later move, name or end begins on its own day.
    """
    return tree_on(places_of(organisation), on or clock.today())


def places_of(organisation: str) -> list[Place]:
    """Every dated place of every unit of one organisation."""
    rows = UnitPlace.objects.filter(unit__organisation=organisation)
    return [Place(*row) for row in rows.values_list("unit", "parent", "name", "from_date", "until_date")]


def path_of(unit: str, on: date | None = None, *, organisation: str) -> tuple[str, ...]:
    """The names from the top down to the unit on a day (today unless given).

    Raises:
        Refused: no such unit stands then in this organisation; a foreign one is as unknown as none.
    """
    return unit_on(unit, unit_tree(organisation, on), on).path


def unit_on(unit: str, tree: tuple[UnitInTree, ...], on: date | None = None) -> UnitInTree:
    """The unit in a tree, or a refusal that says no more than that it is not there."""
    found = next((one for one in tree if one.unit == unit), None)
    if found is None:
        refuse(PeopleFault.UNIT_UNKNOWN, unit=unit, on=(on or clock.today()).isoformat())
    return found


def headcount(organisation: str, on: date | None = None) -> dict[str, int]:
    """By unit, how many people were declared; public to every carer of the organisation.

    Units that stand on the day and have a declaration from that day or an earlier one.
    """
    day = on or clock.today()
    standing = {unit.unit for unit in unit_tree(organisation, day)}
    rows = Headcount.objects.filter(organisation=organisation, declared_on__lte=day)
    declared = dict(rows.order_by("declared_on", "entry").values_list("unit", "people"))
    return {unit: people for unit, people in declared.items() if unit in standing}


def headcount_history(organisation: str, unit: str) -> tuple[HeadcountDeclared, ...]:
    """Every declaration for a unit, oldest first; public to every carer of the organisation."""
    rows = Headcount.objects.filter(organisation=organisation, unit=unit).order_by("declared_on", "entry")
    return tuple(
        HeadcountDeclared(*row)
        for row in rows.values_list(
            "people", "declared_on", "proposal__proposed_by__name", "proposal__confirmed_by__name"
        )
    )


def slips_agreed(organisation: str, season: str) -> Mapping[str, int]:
    """By unit, how many slips two people agreed on for a season; public to the organisation's carers."""
    chosen = Proposal.objects.filter(
        organisation=organisation,
        kind=ProposalKind.SLIPS,
        state__in=[ProposalState.CONFIRMED, ProposalState.USED],
    )
    agreed: dict[str, int] = {}
    for content in chosen.values_list("content", flat=True):
        if content["season"] == season:
            for unit, slips in content["units"].items():
                agreed[unit] = agreed.get(unit, 0) + slips
    return agreed


def accounts(organisation: str) -> tuple[AccountSummary, ...]:
    """Those who act for the organisation today, by name; those who have left are not in it."""
    rows = Account.objects.filter(organisation=organisation, left_on__isnull=True)
    return tuple(
        AccountSummary(
            account.id,
            account.name,
            tuple(
                RoleHeld(role.kind, role.unit_id, role.from_date, role.until_date)
                for role in sorted(account.roles.all(), key=lambda role: (role.from_date, role.kind, role.id))
                if role.until_date is None or role.until_date > max(clock.today(), role.from_date)
            ),
        )
        for account in rows.prefetch_related("roles").order_by("name", "id")
    )


def names_of_accounts(organisation: str) -> dict[str, str]:
    """By account, who it is, also of those who have left: the ledger of the organisation names accounts."""
    return dict(Account.objects.filter(organisation=organisation).values_list("id", "name"))


def account_by_code(account: str, code: str) -> Asker:
    """Who asks, by account and printed code.

    Raises:
        Refused: they do not belong together. An unknown account, one that has ended and a wrong code are one
            and the same answer, after the same work.
    """
    found = Account.objects.filter(pk=account, left_on__isnull=True).first()
    if not codes.fits(found.code_hash if found else codes.NO_HASH, code) or found is None:
        refuse(PeopleFault.CODE_WRONG)
    return Asker(found.organisation_id, found.id)


def _summary(one: Organisation) -> OrganisationSummary:
    return OrganisationSummary(one.id, one.name, one.setting, one.floor, one.created_on)
