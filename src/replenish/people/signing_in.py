"""The session of somebody who has opened a login: how they came in, when, and for which account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from django.contrib.auth import login as begin_session
from django.contrib.auth import logout as end_session
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from replenish.basis import clock
from replenish.people.actions.logins import Opened
from replenish.people.logins import HeldAccount, SignedInBrowser, browsers_of, held_accounts, ways_of
from replenish.people.models import Login
from replenish.people.sessions import SessionStore, digest

# After this long the ways of signing in are changed only by whoever signs in again: a browser that was left
# open must not be enough to take a login over.
FRESH = timedelta(minutes=10)
_WAY, _SINCE, _ONLY, _CHOSEN = "way", "since", "only", "chosen"
_KEPT = "replenish_standing"


class Way(Enum):
    """By which way somebody came in."""

    CODE = "code"
    PASSWORD = "password"  # noqa: S105 - a word, not a secret
    PASSKEY = "passkey"
    RECOVERY_CODE = "recovery"
    EMAIL = "email"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Standing:
    """Somebody who is signed in.

    Attributes:
        login: what they opened.
        way: how.
        accounts: those they may choose among; one, where a printed code opened it.
        chosen: the one they act under now; None until they choose.
        is_fresh: whether they came in within the last minutes.
    """

    login: str
    way: Way
    accounts: tuple[HeldAccount, ...]
    chosen: HeldAccount | None
    is_fresh: bool

    @property
    def may_change_ways(self) -> bool:
        """Whether they may change how this login is opened; see `actions.logins`."""
        return self.is_fresh and (self.way is not Way.CODE or not ways_of(self.login).has_one)


class ByLogin(BaseBackend):
    """Finds the login that a session names; nothing is tried here, each way of signing in checks itself."""

    def get_user(self, user_id: str) -> Login | None:
        """The login; None where it is gone."""
        return Login.objects.filter(pk=user_id).first()


def sign_in(request: HttpRequest, opened: Opened, way: Way) -> None:
    """Begin a session under a new name; whatever was kept for another login is forgotten."""
    begin_session(request, Login.objects.get(pk=opened.login))
    for name in (_ONLY, _CHOSEN):
        request.session.pop(name, None)
    if opened.account is not None:
        request.session[_ONLY] = opened.account
    mark(request, way)


def mark(request: HttpRequest, way: Way) -> None:
    """Note that the person has just shown, by this way, that they are who they are."""
    request.session[_WAY] = way.value
    request.session[_SINCE] = clock.now().timestamp()
    forget_standing(request)


def sign_out(request: HttpRequest) -> None:
    """End this session."""
    end_session(request)
    forget_standing(request)


def stay_signed_in(request: HttpRequest) -> None:
    """After a change of password this browser stays, and no other."""
    update_session_auth_hash(request, Login.objects.get(pk=login_of(request)))


def choose(request: HttpRequest, account: str) -> bool:
    """Act under another of one's accounts, and say whether it is one."""
    standing = standing_of(request)
    if standing is None or account not in {one.account for one in standing.accounts}:
        return False
    request.session[_CHOSEN] = account
    forget_standing(request)
    return True


def standing_of(request: HttpRequest) -> Standing | None:
    """Who is signed in, asked once for each request; None for a stranger."""
    if not hasattr(request, _KEPT):
        setattr(request, _KEPT, _standing(request))
    found: Standing | None = getattr(request, _KEPT)
    return found


def login_of(request: HttpRequest) -> str | None:
    """The login of the session; None for a stranger."""
    user = getattr(request, "user", None)
    return str(user.pk) if user is not None and user.is_authenticated else None


def browsers(request: HttpRequest, login: str) -> tuple[SignedInBrowser, ...]:
    """Where the person is signed in."""
    return browsers_of(login, digest(request.session.session_key or ""))


def forget_standing(request: HttpRequest) -> None:
    """Ask anew: something has changed during this request."""
    if hasattr(request, _KEPT):
        delattr(request, _KEPT)


def _standing(request: HttpRequest) -> Standing | None:
    login = login_of(request)
    if login is None or _WAY not in request.session:
        return None
    only, chosen = request.session.get(_ONLY), request.session.get(_CHOSEN)
    accounts = tuple(one for one in held_accounts(login) if only in (None, one.account))
    if not accounts:
        return None
    if isinstance(request.session, SessionStore):
        request.session.seen()
    by_id = {one.account: one for one in accounts}
    return Standing(
        login,
        Way(request.session[_WAY]),
        accounts,
        accounts[0] if len(accounts) == 1 else by_id.get(str(chosen)),
        clock.now().timestamp() - request.session[_SINCE] < FRESH.total_seconds(),
    )
