"""Opening a login, and changing the ways in which it is opened.

A printed code opens its own account, today and always. It sets up the first way of signing in; from then on
the ways of a login are changed by whoever comes in by one of them. Else whoever printed the code, years ago,
could put a passkey of theirs beside the person's own, and reach the other organisations of that person.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import check_password, is_password_usable, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import Refused, refuse
from replenish.basis.faults import SignInFault
from replenish.ledger.actions import record
from replenish.ledger.events import Event
from replenish.people import codes
from replenish.people.actions.letting_go import let_go
from replenish.people.actions.organisations import locked, new_id
from replenish.people.askers import Asker
from replenish.people.logins import plain_email, ways_of
from replenish.people.models import Account, Login, OutsideName, RecoveryCode, Session
from replenish.people.queries import account_by_code

RECOVERY_CODES = 8
LONGEST_PASSWORD = 256
LONGEST_EMAIL = 254


@dataclass(frozen=True)
class Opened:
    """A login that somebody has opened.

    Attributes:
        login: its id.
        account: the one account it was opened for, where a printed code opened it; else None.
    """

    login: str
    account: str | None = None


def open_by_code(account: str, code: str) -> Opened:
    """With the printed code of an account; the first time, its login begins.

    Raises:
        Refused: they do not belong together.
    """
    asker = _by_code(account, code)
    with transaction.atomic():
        locked(asker)
        held = _own(asker)
        if held.login_id is None:
            _join(asker, held, Login.objects.create(id=new_id(), password=make_password(None)))
        return Opened(str(held.login_id), held.id)


def open_by_password(name: str, password: str) -> Opened:
    """With a password, and an e-mail address or the number of an account.

    Raises:
        Refused: they do not belong together; the same answer, after the same work, whatever is unknown.
    """
    found = _named(name)
    kept = found.password if found and is_password_usable(found.password) else None
    fits = check_password(password[:LONGEST_PASSWORD], kept or _nobodys_password())
    if not fits or found is None or kept is None:
        refuse(SignInFault.WAY_WRONG)
    return Opened(found.id)


def open_by_recovery_code(code: str) -> Opened:
    """With a code that opens once.

    Raises:
        Refused: there is none such, or it was used.
    """
    with transaction.atomic():
        named = _digest("recovery", codes.plain(code))
        found = RecoveryCode.objects.select_for_update().filter(pk=named).first()
        if found is None or not RecoveryCode.objects.filter(pk=found.pk).delete()[0]:
            refuse(SignInFault.WAY_WRONG)
    return Opened(found.login_id)


def open_by_outside_name(service: str, name: str) -> Opened:
    """With the name under which another service has just vouched for the person.

    Raises:
        Refused: nobody here has connected it.
    """
    found = OutsideName.objects.filter(pk=_digest("outside", service, name)).first()
    if found is None:
        refuse(SignInFault.WAY_WRONG)
    return Opened(found.login_id)


def add_by_code(login: str, account: str, code: str) -> None:
    """Let a login open one more account, in another organisation.

    Raises:
        Refused: account and code do not belong together, the account has another login with ways of its own,
            or the login acts for that organisation already.
    """
    asker = _by_code(account, code)
    with transaction.atomic():
        locked(asker)
        held = _own(asker)
        if held.login_id == login:
            return
        if held.login_id is not None and ways_of(held.login_id).has_one:
            refuse(SignInFault.ACCOUNT_OPENED_OTHERWISE)
        if Account.objects.filter(login=login, organisation=asker.organisation).exists():
            refuse(SignInFault.ORGANISATION_HELD)
        let_go(held)
        _join(asker, held, Login.objects.get(pk=login))


def set_password(login: str, password: str) -> None:
    """A password in place of any there was; other browsers are signed out by it.

    Raises:
        Refused: it is too short, too long or too common.
    """
    try:
        validate_password(password)
    except ValidationError:
        refuse(SignInFault.PASSWORD_PLAIN, least=settings.LEAST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        refuse(SignInFault.PASSWORD_PLAIN, least=settings.LEAST_PASSWORD)
    Login.objects.filter(pk=login).update(password=make_password(password))


def drop_password(login: str) -> None:
    """No password opens the login any more."""
    Login.objects.filter(pk=login).update(password=make_password(None))


def new_recovery_codes(login: str) -> tuple[str, ...]:
    """Codes that open the login once each, shown this once; those there were open nothing any more."""
    made = tuple(codes.new_code() for _ in range(RECOVERY_CODES))
    with transaction.atomic():
        RecoveryCode.objects.filter(login=login).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(id=_digest("recovery", codes.plain(code)), login_id=login) for code in made
        )
    return made


def keep_passkey(login: str, name: str, credential: object) -> None:
    """Keep the public half of a passkey that has just been made; of its time only the day."""
    Authenticator.objects.create(
        user_id=login,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name, "credential": credential},
        created_at=datetime.combine(clock.today(), time.min, UTC),
    )


def remove_passkey(login: str, number: int) -> None:
    """A passkey opens nothing any more; one that is not there is gone already."""
    Authenticator.objects.filter(user=login, pk=number).delete()


def readable_email(email: str) -> str:
    """An address as it is kept.

    Raises:
        Refused: it is none.
    """
    kept = plain_email(email)
    try:
        validate_email(kept)
    except ValidationError:
        refuse(SignInFault.EMAIL_UNREADABLE)
    if len(kept) > LONGEST_EMAIL:
        refuse(SignInFault.EMAIL_UNREADABLE)
    return kept


def set_email(login: str, email: str | None) -> None:
    """An address whose owner has just shown that they read it; whoever had it before has it no more."""
    with transaction.atomic():
        if email is not None:
            Login.objects.filter(email=email).exclude(pk=login).update(email=None)
        Login.objects.filter(pk=login).update(email=email)


def connect_outside_name(login: str, service: str, name: str) -> None:
    """Let another service vouch for the person from now on; of their name there only a digest is kept.

    Raises:
        Refused: it opens another login already.
    """
    row, _ = OutsideName.objects.get_or_create(
        pk=_digest("outside", service, name), defaults={"login_id": login}
    )
    if row.login_id != login:
        refuse(SignInFault.ACCOUNT_OPENED_OTHERWISE)


def disconnect_outside_names(login: str) -> None:
    """No other service vouches for the person any more."""
    OutsideName.objects.filter(login=login).delete()


def end_browsers(login: str) -> None:
    """Sign out everywhere."""
    Session.objects.filter(login=login).delete()


@cache
def _nobodys_password() -> str:
    return make_password(new_id())


def _by_code(account: str, code: str) -> Asker:
    try:
        return account_by_code(account.strip().casefold(), code)
    except Refused:
        refuse(SignInFault.WAY_WRONG)


def _named(name: str) -> Login | None:
    if "@" in name:
        return Login.objects.filter(email=plain_email(name)).first()
    return Login.objects.filter(accounts__id=name.strip().casefold(), accounts__left_on__isnull=True).first()


def _own(asker: Asker) -> Account:
    return Account.objects.select_for_update().get(pk=asker.account)


def _join(asker: Asker, account: Account, login: Login) -> None:
    account.login = login
    account.save(update_fields=["login"])
    record(
        organisation=asker.organisation,
        event=Event.SIGN_IN_PREPARED,
        actor=asker.actor,
        content={"account": account.id},
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()
