"""Organisations and accounts: who is appointed, what their code opens, and what ends when they leave."""

from __future__ import annotations

import math
import re
from importlib import reload

import pytest
from django.db import DatabaseError, transaction
from tests.people.cast import Cast, later, set_day

from replenish.basis.errors import Refused
from replenish.basis.faults import PeopleFault
from replenish.ledger.queries import entries
from replenish.people import codes, queries
from replenish.people.actions import (
    add_unit,
    appoint,
    create_organisation,
    end_account,
    end_role,
    raise_floor,
    replace_code,
)
from replenish.people.askers import Asker, operator_of
from replenish.people.models import Account, Organisation
from replenish.people.queries import account_by_code, accounts, organisation_summary, organisations


def fault_of(refusal: pytest.ExceptionInfo[Refused]) -> object:
    return refusal.value.fault


def test_a_code_has_a_hundred_bits_and_no_signs_that_look_alike() -> None:
    assert len(set(codes.SIGNS)) == 32
    assert not set("IO01") & set(codes.SIGNS)
    assert codes.LENGTH * math.log2(len(codes.SIGNS)) >= 80
    made = {codes.new_code() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(rf"([{codes.SIGNS}]{{5}}-){{3}}[{codes.SIGNS}]{{5}}", code) for code in made)


def test_the_kept_hash_is_argon2id_at_the_recommended_cost() -> None:
    kept = reload(codes).hash_code("AB2CD-EFGH3")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert "AB2CD" not in kept


def test_a_code_opens_its_own_account_however_it_is_typed(ours: Cast) -> None:
    made = appoint(asker=ours.operator, name="Jo", role="steward")
    assert made.code
    for typed in (made.code, made.code.lower(), made.code.replace("-", " "), f" {made.code}\n"):
        assert account_by_code(made.account, typed) == Asker(ours.organisation, made.account)


def test_every_wrong_answer_is_the_same_answer_after_the_same_work(
    ours: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = appoint(asker=ours.operator, name="Left", role="steward")
    made = appoint(asker=ours.operator, name="Jo", role="steward")
    assert made.code
    assert left.code
    end_account(asker=ours.operator, account=left.account)
    work: list[str] = []
    hasher = codes.HASHER

    class Counted:
        def verify(self, kept: str, code: str) -> bool:
            work.append(kept.split("$")[1])
            return hasher.verify(kept, code)

    monkeypatch.setattr(codes, "HASHER", Counted())
    told = set()
    attempts = [
        (made.account, "AAAAA-AAAAA-AAAAA-AAAAA"),
        ("0" * 32, made.code),
        ("", ""),
        (left.account, left.code),
        (left.account, ""),
        (made.account, left.code),
    ]
    for account, code in attempts:
        with pytest.raises(Refused) as refusal:
            account_by_code(account, code)
        told.add(str(refusal.value))
    assert len(told) == 1
    assert work == ["argon2id"] * len(attempts)
    assert account_by_code(made.account, made.code).account == made.account


def test_nobodys_hash_opens_nothing(ours: Cast) -> None:
    """Even a code that fitted the stand-in would open no account."""
    codes_of_nobody = codes.hash_code("X")
    assert codes.fits(codes_of_nobody, "x")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(codes, "_NOBODY", codes_of_nobody)
        assert not codes.fits(codes.NO_HASH, "X")
        with pytest.raises(Refused):
            account_by_code("0" * 32, "X")


def test_a_damaged_hash_opens_nothing() -> None:
    assert not codes.fits("$argon2id$broken", "X")
    assert not codes.fits("X", "X")


def test_an_account_that_has_ended_opens_nothing_even_where_its_hash_was_kept(ours: Cast) -> None:
    made = appoint(asker=ours.operator, name="Jo", role="steward")
    assert made.code
    Account.objects.filter(pk=made.account).update(left_on=later(0))
    with pytest.raises(Refused) as refusal:
        account_by_code(made.account, made.code)
    assert fault_of(refusal) is PeopleFault.CODE_WRONG


def test_a_new_code_closes_the_old_one(ours: Cast) -> None:
    made = appoint(asker=ours.operator, name="Jo", role="steward")
    assert made.code
    fresh = replace_code(asker=Asker(ours.organisation, made.account), account=made.account)
    assert account_by_code(made.account, fresh).account == made.account
    with pytest.raises(Refused):
        account_by_code(made.account, made.code)
    with pytest.raises(Refused) as refusal:
        replace_code(asker=ours.steward, account=made.account)
    assert fault_of(refusal) is PeopleFault.NOT_ALLOWED


def test_no_code_is_kept_or_told(ours: Cast) -> None:
    made = appoint(asker=ours.operator, name="Jo Unusual", role="steward")
    assert made.code
    kept = Account.objects.get(pk=made.account).code_hash
    assert made.code not in kept
    told = str(entries(ours.organisation))
    for secret in (made.code, kept, "Jo Unusual"):
        assert secret not in told
    assert made.account in told


def test_an_account_takes_a_second_role_without_a_second_code(ours: Cast) -> None:
    made = appoint(asker=ours.operator, name="Jo", role="steward", unit=ours.oak)
    again = appoint(asker=ours.operator, account=made.account, role="steward", unit=ours.elm)
    assert (again.account, again.code) == (made.account, None)
    for role, unit, fault in (
        ("steward", ours.elm, PeopleFault.ROLE_HELD),
        ("representative", None, PeopleFault.BOTH_KEYS),
        ("representative", ours.elm, PeopleFault.ROLE_WITH_UNIT),
        ("king", None, PeopleFault.ROLE_UNKNOWN),
        ("steward", "0" * 32, PeopleFault.UNIT_UNKNOWN),
    ):
        with pytest.raises(Refused) as refusal:
            appoint(asker=ours.operator, account=made.account, role=role, unit=unit)
        assert fault_of(refusal) is fault


@pytest.mark.parametrize("name", ["Sam Steward", "sam  steward", "SAM STEWARD "])
def test_one_person_has_one_account(ours: Cast, name: str) -> None:
    with pytest.raises(Refused) as refusal:
        appoint(asker=ours.operator, name=name, role="representative")
    assert fault_of(refusal) is PeopleFault.ACCOUNT_NAME_TAKEN
    assert ours.steward.account
    end_account(asker=ours.operator, account=ours.steward.account)
    appoint(asker=ours.operator, name=name, role="representative")


@pytest.mark.parametrize("name", [None, "", "a\nb"])
def test_a_person_has_a_name(ours: Cast, name: str | None) -> None:
    with pytest.raises(Refused) as refusal:
        appoint(asker=ours.operator, name=name, role="steward")
    assert fault_of(refusal) is PeopleFault.NAME


def test_only_the_operator_appoints_and_nobody_themselves(ours: Cast) -> None:
    operator = appoint(asker=ours.operator, name="Alex", role="operator").account
    for asker in (ours.steward, ours.representative):
        with pytest.raises(Refused) as refusal:
            appoint(asker=asker, name="Friend", role="representative")
        assert fault_of(refusal) is PeopleFault.NOT_ALLOWED
    by_account = Asker(ours.organisation, operator)
    appoint(asker=by_account, name="Friend", role="steward")
    with pytest.raises(Refused) as refusal:
        appoint(asker=by_account, account=operator, role="steward")
    assert fault_of(refusal) is PeopleFault.NOT_ALLOWED


def test_an_ended_role_or_account_allows_nothing(ours: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    operator = appoint(asker=ours.operator, name="Alex", role="operator", on=later(3)).account
    asker = Asker(ours.organisation, operator)
    with pytest.raises(Refused):
        add_unit(asker=asker, name="Too early")
    set_day(monkeypatch, later(3))
    add_unit(asker=asker, name="In time")
    end_role(asker=asker, account=operator, role="operator")
    with pytest.raises(Refused):
        add_unit(asker=asker, name="Too late")
    with pytest.raises(Refused) as refusal:
        end_role(asker=ours.operator, account=operator, role="operator")
    assert fault_of(refusal) is PeopleFault.ROLE_NOT_HELD
    assert operator in {one.account for one in accounts(ours.organisation)}
    end_account(asker=asker, account=operator)
    assert operator not in {one.account for one in accounts(ours.organisation)}
    with pytest.raises(Refused) as refusal:
        end_account(asker=ours.operator, account=operator)
    assert fault_of(refusal) is PeopleFault.ACCOUNT_UNKNOWN


def test_a_role_to_come_can_be_called_off(ours: Cast) -> None:
    made = appoint(asker=ours.operator, name="Soon", role="representative", on=later(7))
    end_role(asker=ours.operator, account=made.account, role="representative")
    appoint(asker=ours.operator, account=made.account, role="steward")
    (one,) = [one for one in accounts(ours.organisation) if one.account == made.account]
    assert [role.kind for role in one.roles] == ["steward"]


@pytest.mark.parametrize("floor", [6, 0, -1, True, 10_001])
def test_nothing_lowers_the_floor(db: None, floor: int) -> None:
    with pytest.raises(Refused) as refusal:
        create_organisation(name="Low", setting="school", floor=floor)
    assert fault_of(refusal) is PeopleFault.FLOOR_LOWERED
    assert organisations() == ()


def test_the_floor_rises_and_never_falls(ours: Cast) -> None:
    head = Asker(ours.organisation, appoint(asker=ours.operator, name="Head", role="steward").account)
    raise_floor(asker=head, floor=9)
    for floor in (8, 7):
        with pytest.raises(Refused) as refusal:
            raise_floor(asker=ours.operator, floor=floor)
        assert fault_of(refusal) is PeopleFault.FLOOR_LOWERED
    for asker in (ours.steward, ours.representative):
        with pytest.raises(Refused) as refusal:
            raise_floor(asker=asker, floor=12)
        assert fault_of(refusal) is PeopleFault.NOT_ALLOWED
    before = entries(ours.organisation)
    raise_floor(asker=head, floor=9)
    assert entries(ours.organisation) == before
    assert organisation_summary(ours.organisation).floor == 9
    assert before[-1].content == {"before": 7, "floor": 9}


def test_the_database_refuses_a_lowered_floor(ours: Cast) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Organisation.objects.filter(pk=ours.organisation).update(floor=6)
    assert organisation_summary(ours.organisation).floor == 7


@pytest.mark.parametrize(
    ("setting", "name", "fault"),
    [("bank", "Ours", PeopleFault.SETTING_UNKNOWN), ("school", " ", PeopleFault.NAME)],
)
def test_an_organisation_is_a_known_kind_of_place(
    db: None, setting: str, name: str, fault: PeopleFault
) -> None:
    with pytest.raises(Refused) as refusal:
        create_organisation(name=name, setting=setting)
    assert fault_of(refusal) is fault


def test_an_organisation_that_is_none(db: None) -> None:
    nowhere = operator_of("0" * 32)
    for attempt in (
        lambda: add_unit(asker=nowhere, name="Oak"),
        lambda: organisation_summary(nowhere.organisation),
    ):
        with pytest.raises(Refused) as refusal:
            attempt()
        assert fault_of(refusal) is PeopleFault.ORGANISATION_UNKNOWN


def test_a_list_of_accounts_asks_the_same_few_questions_however_long_it_is(
    ours: Cast, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for number in (2, 5):
        with django_assert_num_queries(2):  # type: ignore[operator]
            assert len(queries.accounts(ours.organisation)) == number
        for one in range(3):
            appoint(asker=ours.operator, name=f"Person {number} {one}", role="steward")
