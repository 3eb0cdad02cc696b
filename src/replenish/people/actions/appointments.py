"""Who acts for an organisation: appointed, given a code, and let go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.ledger.actions import record
from replenish.ledger.events import Event
from replenish.people import codes, rules
from replenish.people.actions.ending import end_proposals_of
from replenish.people.actions.letting_go import let_go
from replenish.people.actions.organisations import chosen_day, locked, new_id
from replenish.people.askers import Asker
from replenish.people.models import Account, Organisation, Role
from replenish.people.names import clean_name, look
from replenish.people.queries import places_of, unit_on
from replenish.people.roles import OF_UNITS, RoleKind
from replenish.people.tree import tree_on


@dataclass(frozen=True)
class Appointment:
    """What an appointment gives.

    Attributes:
        account: the account's id; it is typed together with the code.
        code: the printed code of a new account, shown this once; None for an account there was.
    """

    account: str
    code: str | None


def appoint(
    *,
    asker: Asker,
    role: str,
    name: str | None = None,
    account: str | None = None,
    unit: str | None = None,
    on: date | None = None,
) -> Appointment:
    """Give a role to somebody new (`name`) or to an account there is (`account`).

    Args:
        asker: the operator; nobody appoints themselves.
        role: a `RoleKind`.
        name: of a person without an account.
        account: instead of a name.
        unit: for a steward or a deputy, the unit they answer for with all below it; else the whole
            organisation.
        on: the first day, today unless given.

    Raises:
        Refused: the person would hold both keys, has an account under this name or the role already, the
            unit does not stand on that day, or the asker may not.
    """
    day, kind = chosen_day(on), _role_kind(role, unit)
    with transaction.atomic():
        organisation = locked(asker)
        if not rules.may_appoint(asker, account=account):
            refuse(PeopleFault.NOT_ALLOWED, needed="the operator, and never oneself,")
        if unit is not None:
            unit_on(unit, tree_on(places_of(organisation.id), day), day)
        if account is None:
            holder, code = _new_account(organisation, name or "")
        else:
            holder, code = _living(asker, account), None
        _require_free_for(holder, kind, unit, day)
        Role.objects.create(id=new_id(), account=holder, kind=kind, unit_id=unit, from_date=day)
        _tell(asker, Event.PERSON_APPOINTED, holder, role=kind.value, unit=unit, on=day.isoformat())
    return Appointment(holder.id, code)


def end_role(*, asker: Asker, account: str, role: str, unit: str | None = None) -> None:
    """End a role today. Proposals that rested on it end with it.

    Raises:
        Refused: the account does not hold it, or the asker is neither the operator nor its holder.
    """
    kind = _role_kind(role, unit)
    with transaction.atomic():
        locked(asker)
        _require_may_end(asker, account)
        holder = _living(asker, account)
        if not _end(_open_roles(holder).filter(kind=kind, unit=unit)):
            refuse(PeopleFault.ROLE_NOT_HELD, role=kind.value)
        _tell(asker, Event.ROLE_ENDED, holder, role=kind.value, unit=unit)
        end_proposals_of(asker, holder.id, lost={kind.value})


def end_account(*, asker: Asker, account: str) -> None:
    """Somebody leaves: their roles and their code end today, and proposals that rested on them.

    Raises:
        Refused: there is no such account, or the asker is neither the operator nor its holder.
    """
    with transaction.atomic():
        locked(asker)
        _require_may_end(asker, account)
        holder = _living(asker, account)
        held = {role.kind for role in _open_roles(holder)}
        _end(_open_roles(holder))
        holder.left_on, holder.code_hash = clock.today(), codes.NO_HASH
        holder.save(update_fields=["left_on", "code_hash"])
        let_go(holder)
        _tell(asker, Event.ACCOUNT_ENDED, holder)
        end_proposals_of(asker, holder.id, lost=held)


def replace_code(*, asker: Asker, account: str) -> str:
    """A new printed code, shown this once; the old one no longer opens anything.

    From another hand than the holder's it also lets the account go from its sign-in. Else whoever holds the
    new code could reach the other organisations of that person, and whoever found an old passkey could stay.

    Raises:
        Refused: there is no such account, or the asker is neither the operator nor its holder.
    """
    with transaction.atomic():
        locked(asker)
        _require_may_end(asker, account)
        holder, code = _living(asker, account), codes.new_code()
        holder.code_hash = codes.hash_code(code)
        holder.save(update_fields=["code_hash"])
        if asker.account != holder.id:
            let_go(holder)
        _tell(asker, Event.CODE_REPLACED, holder)
    return code


def _role_kind(role: str, unit: str | None) -> RoleKind:
    if role not in RoleKind.values:
        refuse(PeopleFault.ROLE_UNKNOWN, role=role, known=", ".join(RoleKind.values))
    kind = RoleKind(role)
    if unit is not None and kind not in OF_UNITS:
        refuse(PeopleFault.ROLE_WITH_UNIT, role=kind.value)
    return kind


def _new_account(organisation: Organisation, name: str) -> tuple[Account, str]:
    """Two accounts of one person would be two keys in one hand; the name is what can be checked."""
    name = clean_name(name, what="person")
    for account in Account.objects.filter(organisation=organisation, left_on__isnull=True):
        if look(account.name) == look(name):
            refuse(PeopleFault.ACCOUNT_NAME_TAKEN, name=name, account=account.id)
    code = codes.new_code()
    account = Account.objects.create(
        id=new_id(), organisation=organisation, name=name, code_hash=codes.hash_code(code)
    )
    return account, code


def _living(asker: Asker, account: str) -> Account:
    found = Account.objects.filter(pk=account, organisation=asker.organisation, left_on__isnull=True).first()
    if found is None:
        refuse(PeopleFault.ACCOUNT_UNKNOWN, account=account)
    return found


def _require_free_for(holder: Account, kind: RoleKind, unit: str | None, day: date) -> None:
    held = list(_open_roles(holder).filter(Q(until_date__isnull=True) | Q(until_date__gt=day)))
    if kind in rules.OTHER_KEY and any(role.kind == rules.OTHER_KEY[kind] for role in held):
        refuse(PeopleFault.BOTH_KEYS)
    if any(kind == one and role.kind == other for role in held for one, other in rules.APART):
        refuse(PeopleFault.LEADS_AND_REPRESENTS)
    if any(role.kind == kind and role.unit_id == unit for role in held):
        refuse(PeopleFault.ROLE_HELD, role=kind.value)


def _open_roles(holder: Account) -> QuerySet[Role]:
    """Those that hold today or will: one that is still to come counts, so that no two keys ever meet.

    One that was called off before it began is empty, and counts for nothing.
    """
    ends_later = Q(until_date__gt=clock.today()) & Q(until_date__gt=F("from_date"))
    return Role.objects.filter(Q(until_date__isnull=True) | ends_later, account=holder)


def _end(roles: QuerySet[Role]) -> int:
    """End them today; one that has not begun ends on the day it would have begun."""
    return roles.update(until_date=Greatest(F("from_date"), clock.today()))


def _require_may_end(asker: Asker, account: str) -> None:
    if not rules.may_end_account(asker, account=account):
        refuse(PeopleFault.NOT_ALLOWED, needed="the operator, or the holder of the account")


def _tell(asker: Asker, event: Event, holder: Account, **content: object) -> None:
    record(
        organisation=asker.organisation,
        event=event,
        actor=asker.actor,
        content={"account": holder.id, **content},
    )
