"""Upkeep for the operator, the ledger for both keys as well; nothing of another organisation in either."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django import Settings
from tests.web.staff_world import Browser, StaffWorld, ours, quick, signed_in, theirs

from replenish.basis import clock
from replenish.ledger.chain import LedgerEntry
from replenish.ledger.events import KEYS, Event, Kind
from replenish.ledger.queries import head
from replenish.people.actions import add_unit, confirm, propose_headcount, rename_unit
from replenish.people.roles import RoleKind
from replenish.safekeeping import doctor
from replenish.safekeeping.doctor.finding import advice, danger
from replenish.safekeeping.upkeep import Upkeep, remember
from replenish.web.staff.upkeep import health
from replenish.web.staff.upkeep.said import Teller

__all__ = ["ours", "quick", "theirs"]

UPKEEP, LEDGER = reverse("staff-upkeep"), reverse("staff-ledger")

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.REPLENISH_INSTANCE = tmp_path
    settings.REPLENISH_KEYS = tmp_path / "keys"
    return tmp_path


@pytest.fixture
def operator(ours: StaffWorld, folder: Path) -> Browser:
    return signed_in(ours.people[RoleKind.OPERATOR])


def test_the_operator_sees_nights_backups_and_what_to_do(operator: Browser) -> None:
    said = operator.get(UPKEEP).text
    for words in ("not done yet", "none yet", "No backup was ever made", "Do this soon", "need you now"):
        assert words in said
    remember(Upkeep(night=date(2026, 11, 3), backup=date(2026, 11, 4)))
    said = operator.get(UPKEEP).text
    assert ("3 November 2026" in said, "4 November 2026" in said) == (True, True)


def test_a_quiet_installation_says_so(operator: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "examine", lambda: (advice("keys.absent", "None yet.", "Wait."),))
    assert "Some things could be safer" in operator.get(UPKEEP).text
    monkeypatch.setattr(health, "examine", tuple)
    assert "Nothing needs you now" in operator.get(UPKEEP).text


@pytest.mark.parametrize("name", sorted(health.ABOUT_ROUNDS))
def test_findings_that_count_rounds_of_all_organisations_stay_at_the_command_line(
    operator: Browser, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(health, "examine", lambda: (danger(name, "Two rounds of somebody.", "Look."),))
    said = operator.get(UPKEEP).text
    assert "Two rounds" not in said
    assert "Nothing needs you now" in said


def test_every_finding_that_counts_rounds_is_left_out() -> None:
    """The counts come from one function and two queries; a new finding that uses them is to be listed."""
    told = "\n".join(path.read_text("utf-8") for path in Path(doctor.__file__).parent.glob("*.py"))
    found = re.findall(r'(?:danger|advice)\(\s*"([\w.]+)",\s*f?"([^\n]*)', told)
    counted = {name for name, what in found if "_rounds(" in what or "round" in what.lower()}
    assert len(found) > 15
    assert counted >= {"work.close_overdue", "keys.ended_rounds"}
    # The wrong clock says what would happen to rounds, and counts none.
    assert counted - {"server.clock"} <= health.ABOUT_ROUNDS


def test_the_ledger_is_for_the_operator_and_both_keys_with_names_for_numbers(
    ours: StaffWorld, theirs: StaffWorld, operator: Browser
) -> None:
    add_unit(asker=theirs.operator, name="Hidden")
    proposal = propose_headcount(asker=ours.asker(RoleKind.STEWARD), people={ours.unit: 9})
    confirm(asker=ours.asker(RoleKind.REPRESENTATIVE), proposal=proposal)
    later = clock.today() + timedelta(days=3)
    rename_unit(asker=ours.asker(RoleKind.OPERATOR), unit=ours.unit, name="Rowan", on=later)
    for role in RoleKind:
        answer = signed_in(ours.people[role]).get(LEDGER)
        if role not in (RoleKind.OPERATOR, RoleKind.STEWARD, RoleKind.REPRESENTATIVE):
            assert answer.status_code == 404
            continue
        for words in (
            "A headcount was confirmed. Steward of Ours had proposed it. ",
            "By Representative of Ours.",
            "The unit Oak is called Rowan from",
            "Oak: 9",
            "Facilitator of Ours is Facilitator for the whole organisation",
            "By the command line.",
            (head() or (0, "-"))[1],
        ):
            assert words in answer.text, words
        for hidden in ("Hidden", "Theirs", ours.unit, *(person.account for person in ours.people.values())):
            assert hidden not in answer.text


def test_the_ledger_is_read_a_page_at_a_time(ours: StaffWorld, operator: Browser) -> None:
    for number in range(60):
        add_unit(asker=ours.operator, name=f"Unit number {number}.")
    first, second = operator.get(LEDGER).text, operator.get(LEDGER, {"page": "2"}).text
    assert ("Unit number 59." in first, "Unit number 0." in first) == (True, False)
    assert ("Unit number 59." in second, "Unit number 0." in second) == (False, True)
    assert ("Older entries" in first, "Newer entries" in first) == (True, False)
    assert "Newer entries" in second
    assert "nothing more here" in operator.get(LEDGER, {"page": "99"}).text
    for odd in ("0", "-1", "x", "\u0662", "9" * 30):
        assert operator.get(LEDGER, {"page": odd}).status_code == 200


EXAMPLES: dict[Kind, object] = {
    Kind.IDENTIFIER: "abc", Kind.IDENTIFIER_OR_NONE: None, Kind.WORDS: "Words", Kind.NUMBER: 4,
    Kind.DAY: "2026-11-02", Kind.DAY_OR_NONE: None, Kind.HASH: "0" * 64, Kind.LIST_OF_WORDS: ["Oak", "Elm"],
    Kind.NUMBERS_BY_UNIT: {"abc": 3},
}  # fmt: skip


@pytest.mark.parametrize("event", list(Event))
def test_every_event_is_told_and_none_of_its_places_stays_open(ours: StaffWorld, event: Event) -> None:
    content = {key: EXAMPLES.get(kind, "abc") for key, kind in KEYS[event].items()}
    entry = LedgerEntry(
        1, ours.organisation, datetime(2026, 11, 2, tzinfo=UTC), event.value, "operator", content, "", ""
    )
    told = Teller(ours.organisation).told(entry)
    assert told.sentence.strip()
    assert "%(" not in told.sentence
