"""What may be written: exactly the listed keys, by a known kind of actor, or nothing at all."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.writing import ORGANISATION, OTHER, dissolve

from replenish.basis.errors import Refused
from replenish.basis.faults import LedgerFault
from replenish.ledger import actions
from replenish.ledger.actions import OPERATOR, TIMETABLE, WHOLE_INSTALLATION, record
from replenish.ledger.content import require_content
from replenish.ledger.events import KEYS, Event, Kind
from replenish.ledger.queries import entries, head, verify

EXAMPLES: Mapping[Kind, object] = {
    Kind.IDENTIFIER: "a-1",
    Kind.IDENTIFIER_OR_NONE: None,
    Kind.WORDS: "Oak",
    Kind.NUMBER: 7,
    Kind.DAY: "2026-09-07",
    Kind.DAY_OR_NONE: None,
    Kind.HASH: "a" * 64,
    Kind.LIST_OF_WORDS: ["Oak", "Elm and Ash"],
    Kind.NUMBERS_BY_UNIT: {"a1": 9},
}
WRONG: Mapping[Kind, tuple[object, ...]] = {
    Kind.IDENTIFIER: ("", "a b", "x" * 81, None, 7, "a\n", "été"),
    Kind.IDENTIFIER_OR_NONE: ("", "a b", 7),
    Kind.WORDS: ("", "a\nb", "a\x00", "\ud800", "x" * 501, None, 7, "a\u202eb"),
    Kind.NUMBER: (-1, 1.0, True, "7", None, 2**31),
    Kind.DAY: ("2026-9-7", "20260907", "2026-09-07T10:00", "2026-02-30", None),
    Kind.DAY_OR_NONE: ("yesterday", 20260907),
    Kind.HASH: ("a" * 63, "A" * 64, None),
    Kind.LIST_OF_WORDS: ("Oak", [""], [None], {"Oak": 1}),
    Kind.NUMBERS_BY_UNIT: ([9], {"a b": 9}, {"a": -1}, {"a": 0.5}, {"a": None}),
}
# The whole vocabulary. A new word here is a decision: it may stand for nothing about a carer.
WORDS = {
    "about", "account", "action", "backup", "before", "closes_on", "commitment", "commitments",
    "condition", "expires_on", "fact", "facts", "floor", "from", "group", "groups", "hash",
    "incident", "kind", "name", "number", "on", "parent", "people", "point", "proposal",
    "proposed_by", "quarter", "release", "role", "round", "rule", "season", "session", "setting",
    "slips", "starts_on", "state", "step", "taken_on", "unit", "until", "version", "visible_from",
    "why",
}  # fmt: skip


def example(event: Event) -> dict[str, object]:
    return {key: EXAMPLES[kind] for key, kind in KEYS[event].items()}


@pytest.mark.django_db
@pytest.mark.parametrize("event", Event, ids=lambda event: event.value)
def test_every_event_can_be_written_and_read_back(event: Event) -> None:
    with transaction.atomic():
        record(organisation=ORGANISATION, event=event, actor=TIMETABLE, content=example(event))
    (entry,) = entries(ORGANISATION)
    assert (entry.event, entry.actor, entry.content) == (event.value, TIMETABLE, example(event))
    assert verify().unbroken


@pytest.mark.parametrize("event", Event, ids=lambda event: event.value)
def test_an_event_has_a_public_name_in_the_past(event: Event) -> None:
    assert event.value == event.name.lower()
    past = ("ed", "made", "drawn", "shown", "withdrawn", "called_off", "taken_back", "_set")
    assert event.value.endswith(past)


def test_no_entry_has_a_key_beyond_the_vocabulary() -> None:
    assert {key for keys in KEYS.values() for key in keys} == WORDS


@given(st.sampled_from(Event), st.data())
def test_a_missing_or_an_added_key_is_refused(event: Event, data: st.DataObject) -> None:
    content = example(event)
    fewer = data.draw(st.booleans())
    if content and fewer:
        del content[data.draw(st.sampled_from(sorted(content)))]
    else:
        content[data.draw(st.text(min_size=1).filter(lambda key: key not in content))] = "x"
    with pytest.raises(Refused) as refusal:
        require_content(event, content)
    assert refusal.value.fault is LedgerFault.KEYS


@pytest.mark.parametrize("event", Event, ids=lambda event: event.value)
def test_a_value_of_another_kind_is_refused(event: Event) -> None:
    for key, kind in KEYS[event].items():
        for wrong in WRONG[kind]:
            with pytest.raises(Refused) as refusal:
                require_content(event, {**example(event), key: wrong})
            assert refusal.value.fault is LedgerFault.VALUE, (key, wrong)


@pytest.mark.parametrize(
    "name", ["jo@example.org", "Oak (10.1.2.3)", "mail: a.b@c.example now", "2001:0db8:85a3:0000"]
)
def test_a_name_that_is_an_address_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refusal:
        require_content(Event.UNIT_ADDED, {**example(Event.UNIT_ADDED), "name": name})
    assert refusal.value.fault is LedgerFault.ADDRESS
    with pytest.raises(Refused):
        require_content(Event.SEASON_PLANNED, {**example(Event.SEASON_PLANNED), "groups": ["Oak", name]})


@pytest.mark.parametrize("name", ["Team @ Home", "Ward 3.2", "Oak: nights", "Été 10"])
def test_an_ordinary_name_is_kept(name: str) -> None:
    assert require_content(Event.UNIT_ADDED, {**example(Event.UNIT_ADDED), "name": name})["name"] == name


@pytest.mark.django_db
@pytest.mark.parametrize("actor", ["", "jo", "Operator", "A" * 32, "a" * 31, "192.168.1.1", "a" * 33])
def test_an_actor_is_an_account_the_operator_or_the_timetable(actor: str) -> None:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        record(
            organisation=ORGANISATION,
            event=Event.ACCOUNT_ENDED,
            actor=actor,
            content={"account": "a" * 32},
        )
    assert refusal.value.fault is LedgerFault.ACTOR
    assert head() is None


@pytest.mark.django_db
def test_an_entry_is_undone_with_what_it_tells() -> None:
    dissolve("oak")
    before = head()

    def undone() -> None:
        with transaction.atomic():
            dissolve("elm")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    assert head() == before
    assert dissolve("ash") == 2, "an undone entry leaves no gap"
    assert verify().unbroken


@pytest.mark.django_db
def test_an_entry_needs_a_transaction_to_belong_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "connection", SimpleNamespace(in_atomic_block=False))
    content = {"unit": "oak", "on": "2026-09-07"}
    with pytest.raises(transaction.TransactionManagementError):
        record(organisation=ORGANISATION, event=Event.UNIT_DISSOLVED, actor=OPERATOR, content=content)
    assert head() is None


@pytest.mark.django_db
def test_the_entries_of_one_organisation_hold_nothing_of_another() -> None:
    dissolve("oak")
    dissolve("elm", organisation=OTHER)
    dissolve("ash")
    dissolve("yew", organisation=WHOLE_INSTALLATION)
    assert [(one.number, one.content["unit"]) for one in entries(ORGANISATION)] == [(1, "oak"), (3, "ash")]
    assert [one.number for one in entries(OTHER)] == [2]
    assert [one.number for one in entries(ORGANISATION, after=1, limit=5)] == [3]
    assert entries(ORGANISATION, event=Event.UNIT_ADDED) == ()
    assert verify().entries == 4


@pytest.mark.django_db
def test_a_head_that_is_none_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        verify(pinned="abc")
    assert refusal.value.fault is LedgerFault.HEAD
