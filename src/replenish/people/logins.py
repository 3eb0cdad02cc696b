"""Reading what a login opens, and by which ways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import is_password_usable

from replenish.basis import clock
from replenish.people.askers import Asker
from replenish.people.models import Account, Login, RecoveryCode, Role, Session
from replenish.people.queries import RoleHeld
from replenish.people.roles import RoleKind


@dataclass(frozen=True)
class HeldAccount:
    """An account that a login opens, with the parts its holder plays today."""

    account: str
    name: str
    organisation: str
    organisation_name: str
    roles: tuple[RoleHeld, ...]

    @property
    def asker(self) -> Asker:
        """As every action and query wants them."""
        return Asker(self.organisation, self.account)

    def is_any_of(self, kinds: tuple[RoleKind, ...]) -> bool:
        """Whether they play one of these parts today; no part asked for is everybody's."""
        return not kinds or any(role.kind in kinds for role in self.roles)


@dataclass(frozen=True)
class Passkey:
    """A key that a device or a password manager keeps for the person."""

    number: int
    name: str
    added_on: date


@dataclass(frozen=True)
class Ways:
    """The ways in that belong to a login, beside the printed codes of its accounts."""

    password: bool
    passkeys: tuple[Passkey, ...]
    recovery_codes: int
    outside: bool
    email: str | None

    @property
    def has_one(self) -> bool:
        """Whether there is one at all."""
        return any((self.password, self.passkeys, self.recovery_codes, self.outside, self.email))


@dataclass(frozen=True)
class SignedInBrowser:
    """A browser that is signed in: since when, and whether it is the one that asks."""

    begun_at: datetime
    is_this: bool


def held_accounts(login: str) -> tuple[HeldAccount, ...]:
    """The accounts a login opens today, by the name of their organisation."""
    today = clock.today()
    accounts = Account.objects.filter(login=login, left_on__isnull=True)
    return tuple(
        HeldAccount(
            account.id,
            account.name,
            account.organisation_id,
            account.organisation.name,
            tuple(_held(role) for role in account.roles.all() if _holds(role, today)),
        )
        for account in accounts.select_related("organisation")
        .prefetch_related("roles")
        .order_by("organisation__name", "id")
    )


def ways_of(login: str) -> Ways:
    """By which ways a login is opened."""
    found = Login.objects.get(pk=login)
    return Ways(
        is_password_usable(found.password),
        passkeys_of(login),
        RecoveryCode.objects.filter(login=login).count(),
        found.outside_names.exists(),
        found.email,
    )


def passkeys_of(login: str) -> tuple[Passkey, ...]:
    """The passkeys of a login, oldest first."""
    rows = Authenticator.objects.filter(user=login, type=Authenticator.Type.WEBAUTHN).order_by("pk")
    return tuple(Passkey(row.pk, row.data["name"], row.created_at.date()) for row in rows)


def browsers_of(login: str, this: str) -> tuple[SignedInBrowser, ...]:
    """The browsers that are signed in with a login; `this` is the digest that names the asking one."""
    rows = Session.objects.filter(login=login, ends_at__gt=clock.now()).order_by("-begun_at", "id")
    return tuple(SignedInBrowser(row.begun_at, row.id == this) for row in rows)


def login_of_email(email: str) -> str | None:
    """The login that can be opened by a code sent to this address."""
    return Login.objects.filter(email=plain_email(email)).values_list("pk", flat=True).first()


def plain_email(email: str) -> str:
    """An address as it is compared and kept."""
    return email.strip().casefold()


def _holds(role: Role, today: date) -> bool:
    return role.from_date <= today and (role.until_date is None or role.until_date > today)


def _held(role: Role) -> RoleHeld:
    return RoleHeld(role.kind, role.unit_id, role.from_date, role.until_date)
