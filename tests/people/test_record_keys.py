"""Keys of records: one's own alone, opened by one's own phrase, replaced when it is lost."""

from __future__ import annotations

import pytest
from tests.people.cast import Cast

from replenish.basis.errors import Refused
from replenish.basis.faults import PeopleFault
from replenish.basis.faults.records import RecordFault
from replenish.people.actions import end_account
from replenish.people.askers import Asker
from replenish.people.models import RecordKey as Row
from replenish.people.record_keys import (
    change_phrase,
    make_key,
    opened_key,
    own_half,
    public_halves,
    replace_lost_key,
)
from replenish.sealing.record_key import RecordSecret


def refusal(call: object, **said: object) -> object:
    assert callable(call)
    with pytest.raises(Refused) as refused:
        call(**said)
    return refused.value.fault


def account_of(asker: Asker) -> str:
    assert asker.account is not None
    return asker.account


def test_a_key_is_made_once_and_opens_with_its_phrase(ours: Cast) -> None:
    secret = RecordSecret.new()
    assert own_half(ours.steward) is None
    half = make_key(asker=ours.steward, secret=secret)
    assert own_half(ours.steward) == half
    assert half.number == 1
    assert opened_key(ours.steward, secret).public() == half.public
    assert refusal(make_key, asker=ours.steward, secret=secret) is RecordFault.KEY_THERE
    assert refusal(opened_key, asker=ours.steward, secret=RecordSecret.new()) is RecordFault.PHRASE_OTHER
    assert refusal(opened_key, asker=ours.representative, secret=secret) is RecordFault.KEY_MISSING


def test_another_account_opens_nothing_with_the_phrase(ours: Cast) -> None:
    """Nor where a row of the table was put under another account."""
    secret = RecordSecret.new()
    make_key(asker=ours.steward, secret=secret)
    Row.objects.update(account=account_of(ours.representative))
    assert refusal(opened_key, asker=ours.representative, secret=secret) is RecordFault.PHRASE_OTHER


def test_a_lost_key_is_replaced_and_the_earlier_phrase_opens_nothing(ours: Cast) -> None:
    lost, found = RecordSecret.new(), RecordSecret.new()
    first = make_key(asker=ours.steward, secret=lost)
    second = replace_lost_key(asker=ours.steward, secret=found)
    assert (second.number, second.public == first.public) == (2, False)
    assert refusal(opened_key, asker=ours.steward, secret=lost) is RecordFault.PHRASE_OTHER
    assert opened_key(ours.steward, found).public() == second.public
    assert refusal(replace_lost_key, asker=ours.representative, secret=found) is RecordFault.KEY_MISSING


def test_a_phrase_can_be_changed_while_the_key_stays(ours: Cast) -> None:
    old, new = RecordSecret.new(), RecordSecret.new()
    half = make_key(asker=ours.steward, secret=old)
    assert refusal(change_phrase, asker=ours.steward, old=new, new=old) is RecordFault.PHRASE_OTHER
    change_phrase(asker=ours.steward, old=old, new=new)
    assert own_half(ours.steward) == half
    assert opened_key(ours.steward, new).public() == half.public
    assert refusal(opened_key, asker=ours.steward, secret=old) is RecordFault.PHRASE_OTHER


def test_public_halves_are_of_ones_own_organisation_and_of_those_who_are_there(
    ours: Cast, theirs: Cast
) -> None:
    for asker in (ours.steward, ours.representative, theirs.steward):
        make_key(asker=asker, secret=RecordSecret.new())
    named = [account_of(one) for one in (ours.steward, ours.representative, theirs.steward)]
    assert set(public_halves(ours.organisation, named)) == set(named[:2])
    end_account(asker=ours.operator, account=named[1])
    assert set(public_halves(ours.organisation, named)) == {named[0]}


def test_the_command_line_and_those_who_left_have_no_key(ours: Cast) -> None:
    secret = RecordSecret.new()
    assert refusal(make_key, asker=ours.operator, secret=secret) is PeopleFault.ACCOUNT_UNKNOWN
    make_key(asker=ours.steward, secret=secret)
    end_account(asker=ours.operator, account=account_of(ours.steward))
    assert refusal(opened_key, asker=ours.steward, secret=secret) is PeopleFault.ACCOUNT_UNKNOWN


def test_nothing_in_the_table_opens_a_key(ours: Cast) -> None:
    secret = RecordSecret.new()
    make_key(asker=ours.steward, secret=secret)
    row = Row.objects.get()
    held = secret.text().encode(), secret.wrapping_key()
    assert not any(one in bytes(part) for one in held for part in (row.public, row.wrapped))
