"""What somebody types stays words wherever it is shown: on pages, in drawings, tables, letters, calendars."""

from __future__ import annotations

import csv
import io
import re
from email import message_from_bytes
from email.policy import default

import pytest
from pytest_django import Settings
from tests.attacks.test_waiting_release import crawled
from tests.conditions.facts_world import JANUARY, fact
from tests.conditions.instances import Instance, instance, prepared
from tests.web.rounds_world import RoundsWorld, begin_rounds_world, days_after_close, live_round
from tests.web.staff_world import quick, signed_in

from replenish.conditions.facts.entering import enter_fact
from replenish.conditions.response import Promise, respond
from replenish.conditions.shared_list import Agreed, agree
from replenish.conditions.telling.occasions import Kind
from replenish.people.actions import appoint
from replenish.people.actions.telling import keep_own_words, renew_calendar
from replenish.people.roles import RoleKind
from replenish.people.telling import ways_to_tell
from replenish.report.files import FORMULA_STARTS

__all__ = ["instance", "prepared", "quick"]
pytestmark = pytest.mark.patient

TAG = "<i data-hostile>"
HOSTILE = f"=1+1\"'{TAG}{{{{7*7}}}}</script></title>]]>"
SHORT = f"=2{TAG}"
WAY_IN = re.compile(r"<i data-hostile")
TEAMS = {f"=Care {TAG}": {f"@Ash {TAG}": 14, f"-Elm {TAG}": 12}, "Surgery": {"Fir": 20}}
READERS = (RoleKind.STEWARD, RoleKind.REPRESENTATIVE, RoleKind.OPERATOR, RoleKind.FACILITATOR)


@pytest.fixture
def world(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> RoundsWorld:
    """An organisation in which everything that can be typed is hostile."""
    settings.REPLENISH_ADDRESS = "https://replenish.example"
    made = begin_rounds_world(monkeypatch, f"House {TAG}", TEAMS)
    voices = {f"@Ash {TAG}": 12, f"-Elm {TAG}": 10, "Fir": 18}
    for _ in range(2):
        row = live_round(monkeypatch, made, voices=voices)
    days_after_close(monkeypatch, row, 3)
    steward, unit = made.staffed.steward, made.staffed.units[f"@Ash {TAG}"]
    for number in (0, 1):
        words = (Promise(f"{HOSTILE} {number}", "", None),)
        respond(asker=steward, round_id=row.id, unit=(None, unit)[number], promises=words)
    agree(asker=steward, unit=unit, said=Agreed(HOSTILE, "workload", "team"))
    agree(asker=steward, unit=None, said=Agreed(HOSTILE, "workload", "leaders"))
    for place in (unit, ""):
        enter_fact(asker=steward, entry=fact(place, days=JANUARY, source=SHORT))
    for kind in Kind:
        keep_own_words(asker=steward, kind=kind.value, words=f"{TAG}\n\n{SHORT}\nBcc: all@example.org")
    renew_calendar(asker=steward, instead_of="")
    appoint(asker=made.staffed.operator, role="supervisor", name=HOSTILE, unit=None)
    return made


def test_no_page_and_no_drawing_runs_what_was_typed(world: RoundsWorld) -> None:
    shown = 0
    for role in READERS:
        client = signed_in(world.people[role])
        for address, said in crawled(client):
            path = address.split("?")[0]
            shown += "&lt;i data-hostile" in said
            if not path.endswith((".csv", ".txt", ".eml")):
                assert not WAY_IN.search(said), (role, address)
    assert shown > 20, "the words were typed in vain"


def test_no_table_holds_a_formula(world: RoundsWorld) -> None:
    client = signed_in(world.people[RoleKind.STEWARD])
    for address in ("report/report.csv", "provision/facts.csv", "provision/example.csv"):
        text = client.get(f"/staff/{address}").content.decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert any(TAG in cell for cell in cells), address
        assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS)], address


def test_no_letter_and_no_calendar_takes_a_line_from_it(world: RoundsWorld) -> None:
    client = signed_in(world.people[RoleKind.STEWARD])
    letter = message_from_bytes(client.get("/staff/telling/message.eml").content, policy=default)
    assert set(letter) == {"Subject", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
    assert "Bcc: all@example.org" in letter.get_content()
    key = ways_to_tell(world.organisation).calendar_key
    for address in ("/staff/telling/rounds.ics", f"/calendar/{key}.ics"):
        found = client.get(address)
        assert found.status_code == 200
        assert "hostile" not in found.content.decode()
