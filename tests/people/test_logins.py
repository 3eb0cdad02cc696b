"""Logins: what a printed code opens, what it may change, and what comes away with an account."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, connection, transaction
from tests.people.cast import FIRST_DAY, Cast, later, set_day

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.basis.faults import PeopleFault, SignInFault
from replenish.ledger.queries import entries
from replenish.people.actions import appoint, end_account, end_role, replace_code
from replenish.people.actions.logins import (
    RECOVERY_CODES,
    add_by_code,
    connect_outside_name,
    drop_password,
    keep_passkey,
    new_recovery_codes,
    open_by_code,
    open_by_outside_name,
    open_by_password,
    open_by_recovery_code,
    remove_passkey,
    set_email,
    set_password,
)
from replenish.people.logins import held_accounts, login_of_email, passkeys_of, ways_of
from replenish.people.models import Account, Login, RecoveryCode, Session
from replenish.people.sessions import IDLE, LONGEST, SessionStore
from replenish.people.tasks import forget_ended_sessions

LONG = "otter lamp river seven"


@pytest.fixture(autouse=True)
def quick_passwords(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


def new_person(cast: Cast, name: str = "Noor New", role: str = "facilitator") -> tuple[str, str]:
    made = appoint(asker=cast.operator, name=name, role=role)
    assert made.code
    return made.account, made.code


def refused(action: object, *arguments: object) -> object:
    with pytest.raises(Refused) as refusal:
        action(*arguments)  # type: ignore[operator]
    return refusal.value.fault


def test_the_first_use_of_a_code_begins_a_login_and_is_in_the_ledger(ours: Cast) -> None:
    account, code = new_person(ours)
    opened = open_by_code(f" {account.upper()} ", code.lower().replace("-", " "))
    assert opened.account == account
    assert open_by_code(account, code) == opened
    assert Login.objects.count() == 1
    told = [entry.content for entry in entries(ours.organisation) if entry.event == "sign_in_prepared"]
    assert told == [{"account": account}]


def test_wrong_unknown_and_ended_are_one_answer(ours: Cast, theirs: Cast) -> None:
    account, code = new_person(ours)
    other, _ = new_person(theirs)
    login = open_by_code(account, code).login
    set_password(login, LONG)
    end_account(asker=theirs.operator, account=other)
    codes_tried = [(account, "x"), (other, code), ("0" * 32, code)]
    assert {refused(open_by_code, *tried) for tried in codes_tried} == {SignInFault.WAY_WRONG}
    names = [(account, "x"), (other, LONG), ("0" * 32, LONG), ("a@b.org", LONG), ("", "")]
    assert {refused(open_by_password, *tried) for tried in names} == {SignInFault.WAY_WRONG}
    assert refused(open_by_recovery_code, code) is SignInFault.WAY_WRONG


def test_a_password_opens_by_account_and_by_address(ours: Cast) -> None:
    account, code = new_person(ours)
    login = open_by_code(account, code).login
    for short in ("short", "password1234", "x" * 300):
        assert refused(set_password, login, short) is SignInFault.PASSWORD_PLAIN
    set_password(login, LONG)
    set_email(login, "noor@example.org")
    assert (
        open_by_password(account, LONG).login == open_by_password(" Noor@Example.org ", LONG).login == login
    )
    assert open_by_password(account, LONG).account is None
    drop_password(login)
    assert refused(open_by_password, account, LONG) is SignInFault.WAY_WRONG


def test_a_recovery_code_opens_once_and_new_ones_end_the_old(ours: Cast) -> None:
    login = open_by_code(*new_person(ours)).login
    old, new = new_recovery_codes(login), new_recovery_codes(login)
    assert len(set(old + new)) == 2 * RECOVERY_CODES
    assert refused(open_by_recovery_code, old[0]) is SignInFault.WAY_WRONG
    assert open_by_recovery_code(new[0].lower()).login == login
    assert refused(open_by_recovery_code, new[0]) is SignInFault.WAY_WRONG
    assert ways_of(login).recovery_codes == RECOVERY_CODES - 1


def test_nothing_at_rest_opens_anything(ours: Cast) -> None:
    """A copy of the tables holds digests, scrambled secrets and public keys."""
    account, code = new_person(ours)
    login = open_by_code(account, code).login
    set_password(login, LONG)
    made = new_recovery_codes(login)
    connect_outside_name(login, "https://id.example", "noor-1234")
    store = SessionStore()
    store["way"] = "code"
    store.create()
    at_rest = json.dumps(every_row(), default=str)
    for secret in (code, code.replace("-", ""), LONG, *made, "noor-1234", store.session_key or ""):
        assert secret not in at_rest
    assert account in at_rest


def every_row() -> dict[str, list[object]]:
    rows: dict[str, list[object]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the tables there are
            rows[table] = list(cursor.fetchall())
    return rows


def test_one_login_opens_accounts_in_two_organisations_and_never_two_in_one(ours: Cast, theirs: Cast) -> None:
    account, code = new_person(ours)
    other, other_code = new_person(theirs)
    second, second_code = new_person(ours, "Noor Again")
    login = open_by_code(account, code).login
    add_by_code(login, other, other_code)
    assert {held.account for held in held_accounts(login)} == {account, other}
    assert refused(add_by_code, login, second, second_code) is SignInFault.ORGANISATION_HELD
    assert refused(add_by_code, login, second, code) is SignInFault.WAY_WRONG
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=second).update(login=login)


def test_an_account_with_ways_of_its_own_is_not_taken_over_by_its_code(ours: Cast, theirs: Cast) -> None:
    mine = open_by_code(*new_person(ours)).login
    other, other_code = new_person(theirs)
    elsewhere = open_by_code(other, other_code).login
    new_recovery_codes(elsewhere)
    assert refused(add_by_code, mine, other, other_code) is SignInFault.ACCOUNT_OPENED_OTHERWISE
    RecoveryCode.objects.all().delete()
    add_by_code(mine, other, other_code)
    assert not Login.objects.filter(pk=elsewhere).exists()


def test_a_code_made_by_another_hand_takes_the_account_away_from_its_login(ours: Cast, theirs: Cast) -> None:
    """Else an operator of one organisation could walk into another through a person who acts for both."""
    account, code = new_person(ours)
    other, other_code = new_person(theirs)
    login = open_by_code(account, code).login
    add_by_code(login, other, other_code)
    set_password(login, LONG)
    fresh = replace_code(asker=ours.operator, account=account)
    again = open_by_code(account, fresh)
    assert again.login != login
    assert [held.account for held in held_accounts(again.login)] == [account]
    assert [held.account for held in held_accounts(login)] == [other]


def test_whoever_replaces_their_own_code_stays_signed_in(ours: Cast) -> None:
    account, code = new_person(ours)
    login = open_by_code(account, code).login
    own = held_accounts(login)[0].asker
    fresh = replace_code(asker=own, account=account)
    assert open_by_code(account, fresh).login == login


def test_a_login_that_opens_nothing_is_gone_with_all_its_ways(ours: Cast) -> None:
    account, code = new_person(ours)
    login = open_by_code(account, code).login
    new_recovery_codes(login)
    keep_passkey(login, "my phone", {"id": "x"})
    connect_outside_name(login, "https://id.example", "noor")
    end_account(asker=ours.operator, account=account)
    assert not Login.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert not Authenticator.objects.exists()
    assert refused(open_by_outside_name, "https://id.example", "noor") is SignInFault.WAY_WRONG


def test_of_a_passkey_only_the_day_is_kept(ours: Cast) -> None:
    login = open_by_code(*new_person(ours)).login
    keep_passkey(login, "my phone", {"id": "x"})
    kept = Authenticator.objects.get()
    assert (kept.created_at.date(), kept.created_at.time().isoformat()) == (FIRST_DAY, "00:00:00")
    assert kept.last_used_at is None
    (passkey,) = passkeys_of(login)
    remove_passkey("0" * 32, passkey.number)
    assert passkeys_of(login) == (passkey,)
    remove_passkey(login, passkey.number)
    assert passkeys_of(login) == ()


def test_an_address_belongs_to_whoever_last_showed_that_they_read_it(ours: Cast, theirs: Cast) -> None:
    first, second = (open_by_code(*new_person(cast)).login for cast in (ours, theirs))
    set_email(first, "noor@example.org")
    set_email(second, "noor@example.org")
    assert login_of_email("NOOR@example.org") == second
    assert ways_of(first).email is None


def test_a_name_at_another_service_opens_one_login(ours: Cast, theirs: Cast) -> None:
    first, second = (open_by_code(*new_person(cast)).login for cast in (ours, theirs))
    connect_outside_name(first, "https://id.example", "noor")
    assert open_by_outside_name("https://id.example", "noor").login == first
    assert refused(open_by_outside_name, "https://other.example", "noor") is SignInFault.WAY_WRONG
    fault = refused(connect_outside_name, second, "https://id.example", "noor")
    assert fault is SignInFault.ACCOUNT_OPENED_OTHERWISE


def test_parts_that_have_ended_or_not_begun_are_not_held(ours: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    account, code = new_person(ours)
    login = open_by_code(account, code).login
    appoint(asker=ours.operator, account=account, role="supervisor", on=later(3))
    assert [role.kind for role in held_accounts(login)[0].roles] == ["facilitator"]
    end_role(asker=ours.operator, account=account, role="facilitator")
    assert held_accounts(login)[0].roles == ()
    set_day(monkeypatch, later(3))
    assert [role.kind for role in held_accounts(login)[0].roles] == ["supervisor"]


def test_a_deputy_may_stand_for_a_part_of_the_tree_and_a_facilitator_for_none(ours: Cast) -> None:
    appoint(asker=ours.operator, name="Dana Deputy", role="deputy", unit=ours.oak)
    with pytest.raises(Refused) as refusal:
        appoint(asker=ours.operator, name="Fay", role="facilitator", unit=ours.oak)
    assert refusal.value.fault is PeopleFault.ROLE_WITH_UNIT


def at(monkeypatch: pytest.MonkeyPatch, after: timedelta) -> None:
    start = clock.now()
    monkeypatch.setattr(clock, "now", lambda: start + after)


def test_a_session_ends_half_an_hour_after_the_last_sign_of_life(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SessionStore()
    store["way"] = "code"
    store.create()
    store["way"] = "code"
    store.save()
    at(monkeypatch, IDLE - timedelta(seconds=1))
    found = SessionStore(store.session_key)
    assert found["way"] == "code"
    found.seen()
    at(monkeypatch, IDLE - timedelta(seconds=1))
    assert SessionStore(store.session_key)["way"] == "code"
    at(monkeypatch, timedelta(seconds=1))
    assert "way" not in SessionStore(store.session_key)
    forget_ended_sessions()
    assert not Session.objects.exists()


def test_a_session_ends_after_twelve_hours_whatever_happens(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SessionStore()
    store.create()
    for _ in range(24):
        at(monkeypatch, LONGEST / 24 - timedelta(seconds=1))
        seen = SessionStore(store.session_key)
        seen["way"] = "code"
        seen.seen()
    assert "way" in seen
    at(monkeypatch, timedelta(minutes=1))
    assert SessionStore(store.session_key).load() == {}
