"""What is done about agreements: proposed by one of those who will meet, agreed by all, changed, and ended.

Nobody agrees for another, and no record is written before all have agreed and said that they read who can
see what. None of it is in the ledger: it belongs to named people, and is no act of administration.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.basis.faults.supervision import SupervisionFault
from replenish.people.askers import Asker
from replenish.people.queries import accounts, unit_tree
from replenish.people.roles import RoleKind
from replenish.supervision.models import (
    LONGEST_WORDS,
    MOST_SUPERVISEES,
    Agreement,
    AgreementKind,
    AgreementState,
    Part,
    Party,
    Terms,
)
from replenish.supervision.wording import Wording, rebook_days, taken

ENDED_WHY = ("by-choice", "changed-post", "left", "another-supervisor", "not-agreed")
"""Why an agreement ended, as far as it is kept."""


@dataclass(frozen=True)
class Proposed:
    """An agreement as it is proposed.

    Attributes:
        kind: who meets.
        unit: where the people work who are supervised.
        supervisor: the account; empty among equals and where the supervisor is from outside.
        external: who supervises, in words, where they are from outside.
        others: the accounts of all others, with the asker or without.
        wording: what is agreed.
        follows: the agreement it takes over from; empty where there was none.
    """

    kind: AgreementKind
    unit: str
    supervisor: str
    external: str
    others: tuple[str, ...]
    wording: Wording
    follows: str = ""


def propose(*, asker: Asker, said: Proposed) -> str:
    """Propose an agreement to those who will meet, and give its id.

    Raises:
        Refused: somebody cannot belong to it in this part, the asker does not belong to it, or its wording
            cannot be.
    """
    own = _account(asker)
    wording = taken(said.wording)
    with transaction.atomic():
        parties = _parties(asker.organisation, own, said)
        external = " ".join(said.external.split())
        _require_external(said.kind, external)
        if said.unit not in {one.unit for one in unit_tree(asker.organisation)}:
            refuse(SupervisionFault.UNIT)
        agreement = Agreement.objects.create(
            id=_new_id(),
            organisation=asker.organisation,
            unit=said.unit,
            kind=said.kind,
            external=external,
            proposed_by=own,
            proposed_on=clock.today(),
            follows=_earlier(asker, said.follows),
        )
        Party.objects.bulk_create(
            Party(id=_new_id(), agreement=agreement, account=account, part=part)
            for account, part in sorted(parties.items())
        )
        _write(agreement, 1, own, wording)
    return agreement.id


def reword(*, asker: Asker, agreement: str, read: int, wording: Wording) -> int:
    """Propose other terms; those in force stay until all have agreed. Gives the new version.

    Args:
        asker: one of the parties.
        agreement: its id.
        read: the version the asker had before them.
        wording: the new terms.

    Raises:
        Refused: the agreement has ended, or was changed since; the terms cannot be.
    """
    clean = taken(wording)
    with transaction.atomic():
        row, _party = held(asker, agreement)
        _require_open(row)
        latest = _latest(row)
        if latest.version != read:
            refuse(SupervisionFault.VERSION)
        return _write(row, latest.version + 1, _account(asker), clean).version


def agree(*, asker: Asker, agreement: str, version: int, has_read_limits: bool) -> None:
    """Agree to the terms as they stand; with the last of the parties they are in force. Again is harmless.

    Raises:
        Refused: the asker has not said that they read who can see what; the terms are not those any more.
    """
    with transaction.atomic():
        row, party = held(asker, agreement)
        _require_open(row)
        latest = _latest(row)
        if latest.version != version:
            refuse(SupervisionFault.VERSION)
        if not (has_read_limits or party.read_limits):
            refuse(SupervisionFault.LIMITS)
        if party.agreed_version != version:
            party.read_limits, party.agreed_version, party.agreed_on = True, version, clock.today()
            party.save(update_fields=["read_limits", "agreed_version", "agreed_on"])
            _settle(row, latest)


def end(*, asker: Asker, agreement: str, why: str) -> None:
    """End an agreement, or decline one that was proposed; again changes nothing.

    Raises:
        Refused: there is none for this asker, or the reason is none of the list.
    """
    if why not in ENDED_WHY:
        refuse(SupervisionFault.POINT, point="why it ends")
    with transaction.atomic():
        row, _party = held(asker, agreement)
        if row.state != AgreementState.ENDED:
            _end(row, why)


def leave(*, asker: Asker, agreement: str) -> None:
    """Leave an agreement of several; where one person or no supervisor would be left, it ends.

    Raises:
        Refused: there is none for this asker, or it has ended.
    """
    with transaction.atomic():
        row, party = held(asker, agreement)
        _require_open(row)
        party.left_on = clock.today()
        party.save(update_fields=["left_on"])
        _after_leaving(row)


def end_for_those_who_left(organisation: str) -> None:
    """Whoever has left the organisation leaves their agreements as well; for the night."""
    here = {one.account for one in accounts(organisation)}
    rows = Agreement.objects.filter(organisation=organisation).exclude(state=AgreementState.ENDED)
    with transaction.atomic():
        for row in rows.select_for_update():
            gone = row.parties.filter(left_on__isnull=True).exclude(account__in=here)
            if gone.update(left_on=clock.today()):
                _after_leaving(row)


def held(asker: Asker, agreement: str) -> tuple[Agreement, Party]:
    """An agreement of the asker's own, locked, and their place in it.

    Raises:
        Refused: there is none for them; somebody else's is as unknown as none.
    """
    row = (
        Agreement.objects.select_for_update()
        .filter(pk=agreement, organisation=asker.organisation, parties__account=asker.account or "")
        .first()
    )
    party = None if row is None else row.parties.filter(account=_account(asker), left_on__isnull=True).first()
    if row is None or party is None:
        refuse(SupervisionFault.UNKNOWN)
    return row, party


def _settle(row: Agreement, latest: Terms) -> None:
    """Where all who belong to it agreed to the same terms, these hold from today."""
    waiting = row.parties.filter(left_on__isnull=True).exclude(agreed_version=latest.version)
    if waiting.exists() or latest.in_force_from is not None:
        return
    latest.in_force_from = clock.today()
    latest.save(update_fields=["in_force_from"])
    if row.state == AgreementState.PROPOSED:
        row.state, row.agreed_on = AgreementState.AGREED, clock.today()
        row.save(update_fields=["state", "agreed_on"])


def _after_leaving(row: Agreement) -> None:
    parts = list(row.parties.filter(left_on__isnull=True).values_list("part", flat=True))
    alone = len(parts) < (1 if row.kind == AgreementKind.EXTERNAL else 2)
    led = row.kind in (AgreementKind.PEER, AgreementKind.EXTERNAL) or Part.SUPERVISOR in parts
    if alone or not led:
        _end(row, "left")
    else:
        _settle(row, _latest(row))


def _end(row: Agreement, why: str) -> None:
    row.state, row.ended_on, row.ended_why = AgreementState.ENDED, clock.today(), why
    row.save(update_fields=["state", "ended_on", "ended_why"])


def _write(row: Agreement, version: int, by: str, said: Wording) -> Terms:
    return Terms.objects.create(
        id=_new_id(),
        agreement=row,
        version=version,
        written_by=by,
        written_on=clock.today(),
        rhythm=said.rhythm,
        every_days=said.every_days,
        minutes=said.minutes,
        reflective_share=said.reflective_share,
        rebook_days=rebook_days(),
        review_on=said.review_on,
        functions=list(said.functions),
        points={code: {"code": one.code, "words": one.words} for code, one in said.answers.items()},
    )


def _latest(row: Agreement) -> Terms:
    return row.terms.order_by("-version")[0]


def _parties(organisation: str, own: str, said: Proposed) -> dict[str, Part]:
    """By account, in what part they belong to it."""
    roles = {one.account: {role.kind for role in one.roles} for one in accounts(organisation)}
    led = said.kind in (AgreementKind.INDIVIDUAL, AgreementKind.GROUP)
    part = Part.PEER if said.kind == AgreementKind.PEER else Part.SUPERVISEE
    others = {*said.others, *([] if own == said.supervisor else [own])}
    if led and (RoleKind.SUPERVISOR not in roles.get(said.supervisor, ()) or said.supervisor in others):
        refuse(SupervisionFault.SUPERVISOR)
    if not led and said.supervisor:
        refuse(SupervisionFault.SUPERVISOR)
    if not others <= roles.keys() or not _fits(said.kind, others):
        refuse(SupervisionFault.PARTIES, most=MOST_SUPERVISEES)
    supervisor = {said.supervisor: Part.SUPERVISOR} if led else {}
    return {**dict.fromkeys(others, part), **supervisor}


def _fits(kind: AgreementKind, others: Collection[str]) -> bool:
    least = {AgreementKind.PEER: 2, AgreementKind.GROUP: 2}.get(kind, 1)
    most = 1 if kind == AgreementKind.INDIVIDUAL else MOST_SUPERVISEES
    return least <= len(others) <= most


def _require_external(kind: AgreementKind, external: str) -> None:
    wanted = kind == AgreementKind.EXTERNAL
    if bool(external) != wanted or len(external) > LONGEST_WORDS or not external.isprintable():
        refuse(SupervisionFault.EXTERNAL, most=LONGEST_WORDS)


def _earlier(asker: Asker, follows: str) -> Agreement | None:
    """The agreement it takes over from: one of the asker's own, in which they were supervised."""
    if not follows:
        return None
    supervised = Party.objects.filter(agreement=follows, account=asker.account, part=Part.SUPERVISEE)
    row = Agreement.objects.filter(pk=follows, organisation=asker.organisation).first()
    if row is None or not supervised.exists():
        refuse(SupervisionFault.UNKNOWN)
    return row


def _require_open(row: Agreement) -> None:
    if row.state == AgreementState.ENDED:
        refuse(SupervisionFault.ENDED)


def _account(asker: Asker) -> str:
    if asker.account is None:
        refuse(PeopleFault.ACCOUNT_UNKNOWN, account=asker.actor)
    return asker.account


def _new_id() -> str:
    return secrets.token_hex(16)
