"""The two keys on pages: who may propose, agree and draw, and that codes are shown once and kept nowhere."""

from __future__ import annotations

import logging
import re

import pytest
from django.db import connection
from tests.conditions.instances import Instance, instance, prepared
from tests.conditions.organisations import Staffed
from tests.web.rounds_world import RoundsWorld, begin_rounds_world
from tests.web.staff_world import Browser, quick, signed_in

from replenish.basis.errors import Refused
from replenish.basis.faults import PeopleFault
from replenish.conditions import queries
from replenish.conditions.doubts import doubts_of, show_doubts
from replenish.conditions.rounds import draw_slips, write_slips
from replenish.ledger.queries import entries
from replenish.people.actions import end_role
from replenish.people.pending import pending_proposals
from replenish.people.queries import headcount, slips_agreed
from replenish.people.roles import RoleKind
from replenish.people.two_keys import agreed_slips
from replenish.sealing.secret import Secret
from replenish.voices.actions import spend_slip
from replenish.voices.doubts import raise_doubt
from replenish.voices.models import Slip

__all__ = ["instance", "prepared", "quick"]

KEYS, DECIDE, HEADCOUNT, SLIPS, REPLACEMENTS, DRAW, DOUBTS = (
    f"/staff/keys/{place}"
    for place in ("", "decide/", "headcount/", "slips/", "replacements/", "draw/", "doubts/")
)


@pytest.fixture
def both(instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch) -> tuple[RoundsWorld, RoundsWorld]:
    return begin_rounds_world(monkeypatch), begin_rounds_world(monkeypatch, "Theirs")


@pytest.fixture
def world(both: tuple[RoundsWorld, RoundsWorld]) -> RoundsWorld:
    return both[0]


def steward(world: RoundsWorld) -> Browser:
    return signed_in(world.people[RoleKind.STEWARD])


def representative(world: RoundsWorld) -> Browser:
    return signed_in(world.people[RoleKind.REPRESENTATIVE])


def season_of(world: RoundsWorld) -> str:
    return queries.seasons(world.organisation)[0].season


def agreed(world: RoundsWorld, slips: dict[str, int]) -> str:
    made: Staffed = world.staffed
    return made.agree_on_slips(season_of(world), slips)


def test_a_headcount_is_proposed_by_one_key_and_holds_with_the_other(world: RoundsWorld) -> None:
    client, other = steward(world), representative(world)
    oak = world.staffed.units["Oak"]
    form = {f"people-{unit}": str(people) for unit, people in headcount(world.organisation).items()}
    for _ in range(2):
        assert client.post(HEADCOUNT, {**form, f"people-{oak}": "9"})["Location"] == KEYS
    (waiting,) = pending_proposals(world.organisation)
    assert [(one.unit, one.number) for one in waiting.numbers] == [(oak, 9)], "what stayed is not proposed"
    assert "Nothing waits for you" in client.get(KEYS).text
    on_top = other.get(KEYS).text
    assert f"{DECIDE}?proposal={waiting.proposal}" in on_top
    assert "Proposed by Ada Steward (Steward)" in on_top
    shown = other.get(DECIDE, {"proposal": waiting.proposal}).text
    assert "Turn my key" in shown
    assert "Turn my key" not in client.get(DECIDE, {"proposal": waiting.proposal}).text
    assert headcount(world.organisation)[oak] == 6
    for _ in range(2):
        sent = other.post(DECIDE, {"proposal": waiting.proposal, "key": "turn"})
        assert sent["Location"] == KEYS
    assert headcount(world.organisation)[oak] == 9
    assert "Medicine / Oak" in client.get(HEADCOUNT).text


def test_nobody_turns_both_keys(world: RoundsWorld) -> None:
    client = steward(world)
    oak = world.staffed.units["Oak"]
    client.post(HEADCOUNT, {f"people-{oak}": "9"})
    (waiting,) = pending_proposals(world.organisation)
    said = client.post(DECIDE, {"proposal": waiting.proposal, "key": "turn"})
    assert said.status_code == 409
    assert headcount(world.organisation)[oak] == 6


def test_a_proposal_is_declined_or_taken_back(world: RoundsWorld) -> None:
    client, other = steward(world), representative(world)
    oak = world.staffed.units["Oak"]
    for ends in (other, client):
        client.post(HEADCOUNT, {f"people-{oak}": "9"})
        (waiting,) = pending_proposals(world.organisation)
        for _ in range(2):
            sent = ends.post(DECIDE, {"proposal": waiting.proposal, "key": "end"})
            assert sent["Location"] == KEYS
        assert pending_proposals(world.organisation) == ()
    assert headcount(world.organisation)[oak] == 6


def test_the_steward_of_a_part_proposes_for_that_part_alone(world: RoundsWorld) -> None:
    head = signed_in(world.head)
    page = head.get(HEADCOUNT).text
    assert "Medicine / Oak" in page
    assert "Surgery" not in page
    fir = world.staffed.units["Fir"]
    assert head.post(HEADCOUNT, {f"people-{fir}": "3"}).status_code == 400
    assert pending_proposals(world.organisation) == ()
    steward(world).post(HEADCOUNT, {f"people-{fir}": "21"})
    (waiting,) = pending_proposals(world.organisation)
    assert "Turn my key" not in head.get(DECIDE, {"proposal": waiting.proposal}).text


@pytest.mark.parametrize("number", ["-1", "six", "1.5", "1000000", "²"])
def test_what_is_no_number_is_said_beside_its_field(world: RoundsWorld, number: str) -> None:
    name = f"people-{world.staffed.units['Oak']}"
    page = steward(world).post(HEADCOUNT, {name: number})
    assert page.status_code == 400
    assert f'id="{name}-problem"' in page.text


def test_slips_are_proposed_for_all_people_and_no_more(world: RoundsWorld) -> None:
    client = steward(world)
    page = client.get(SLIPS)
    stands = {one.unit: one.sent for one in page.context["fields"]}
    assert stands["Medicine / Ash"] == "14"
    ash = world.staffed.units["Ash"]
    form = {"season": season_of(world), f"slips-{ash}": "15"}
    refused = client.post(SLIPS, form)
    assert refused.status_code == 400
    assert "15 slips for 'Ash' are more than its 14 people" in refused.text.replace("&#x27;", "'")
    assert client.post(SLIPS, {**form, f"slips-{ash}": "14"})["Location"] == KEYS
    (waiting,) = pending_proposals(world.organisation)
    representative(world).post(DECIDE, {"proposal": waiting.proposal, "key": "turn"})
    assert slips_agreed(world.organisation, season_of(world)) == {ash: 14}
    stands = {one.unit: one.sent for one in client.get(SLIPS).context["fields"]}
    assert stands["Medicine / Ash"] == ""


def test_lost_cards_are_replaced_within_the_limit_of_the_group(world: RoundsWorld) -> None:
    client = steward(world)
    most = {one.unit: one.most for one in client.get(REPLACEMENTS).context["fields"]}
    assert most["Medicine / Ash"] == 1
    assert most["Surgery / Fir"] == 2
    ash = world.staffed.units["Ash"]
    form = {"season": season_of(world), f"slips-{ash}": "2"}
    refused = client.post(REPLACEMENTS, form)
    assert refused.status_code == 400
    assert "can have 1 in place of lost cards" in refused.text
    assert client.post(REPLACEMENTS, {**form, f"slips-{ash}": "1"}).status_code == 302
    assert [one.kind for one in pending_proposals(world.organisation)] == ["replacements"]


CODE = re.compile(r"<span>([0-9A-Z]{4,})</span>")


def codes_on(page: str) -> list[str]:
    """The codes of a sheet, each as one word."""
    return ["".join(CODE.findall(part)) for part in page.split('<p class="letters">')[1:]]


def test_slips_are_shown_once_and_their_codes_are_nowhere_else(
    world: RoundsWorld, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    proposal = agreed(world, {"Ash": 14, "Fir": 3})
    client = steward(world)
    assert proposal in client.get(DRAW).text
    sheet = client.post(DRAW, {"proposal": proposal})
    assert sheet.status_code == 200
    assert sheet["Cache-Control"] == "no-store"
    found = codes_on(sheet.text)
    assert len(found) == len(set(found)) == Slip.objects.count() == 17
    assert sheet.text.count('<div class="slips"') == 3, "eight to a page, units on pages of their own"
    again = client.post(DRAW, {"proposal": proposal})
    assert again.status_code == 409
    assert "These slips were drawn already" in again.text
    later = "".join(client.get(place).text for place in (KEYS, DRAW, SLIPS))
    kept = later + again.text + caplog.text + _whole_database()
    kept += "".join(str(one.content) for one in entries(world.organisation))
    for code in found:
        assert not any(code[place : place + 6] in kept.replace("-", "") for place in range(len(code) - 5))


def _whole_database() -> str:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names from the database itself
            rows += [str(row) for row in cursor.fetchall()]
    return "".join(rows)


def test_the_order_of_a_sheet_is_left_to_chance(world: RoundsWorld) -> None:
    """Two draws of the same units come in another order of units: neither is that of the proposal."""
    orders = set()
    everybody = {"Ash": 1, "Elm": 1, "Fir": 1, "Yew": 1}
    for _ in range(6):
        sheet = write_slips(
            asker=world.asker(RoleKind.STEWARD), proposal=agreed(world, everybody), write=lambda made: made
        )
        orders.add(tuple(page[0].unit for page in sheet.pages))
    assert len(orders) > 1


def test_a_sheet_that_cannot_be_written_draws_nothing(world: RoundsWorld) -> None:
    proposal = agreed(world, {"Ash": 2})

    def fails(_made: object) -> None:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - any failure of writing
        write_slips(asker=world.asker(RoleKind.STEWARD), proposal=proposal, write=fails)
    assert Slip.objects.count() == 0
    assert [one.proposal for one in agreed_slips(world.organisation)] == [proposal]


def test_codes_show_in_no_text_of_an_object(world: RoundsWorld) -> None:
    proposal = agreed(world, {"Ash": 1})
    asker = world.asker(RoleKind.STEWARD)
    sheet = write_slips(asker=asker, proposal=proposal, write=lambda made: made)
    for letters in sheet.pages[0][0].letters:
        assert letters not in f"{sheet} {sheet.pages[0][0]!r}"


def test_after_a_jam_the_same_slips_are_agreed_on_and_drawn_afresh(world: RoundsWorld) -> None:
    client = steward(world)
    lost = codes_on(client.post(DRAW, {"proposal": agreed(world, {"Ash": 14})}).text)
    anew = agreed(world, {"Ash": 14})
    refused = client.post(DRAW, {"proposal": anew})
    assert refused.status_code == 400
    assert "or draw afresh" in refused.text
    assert "would be too many beside those made or renewed before" in refused.text
    asked = client.post(DRAW, {"proposal": anew, "fresh": "on"})
    assert "All seats of these units end" in asked.text
    assert codes_on(asked.text) == []
    found = codes_on(client.post(DRAW, {"proposal": anew, "fresh": "on", "step": "sure"}).text)
    assert len(found) == Slip.objects.count() == 14
    assert not set(found) & set(lost)


def test_whoever_holds_no_key_for_the_units_draws_nothing(both: tuple[RoundsWorld, RoundsWorld]) -> None:
    world, theirs = both
    proposal = agreed(world, {"Fir": 3})
    for client in (steward(theirs), representative(theirs), signed_in(world.head)):
        assert proposal not in client.get(DRAW).text
    assert steward(theirs).post(DRAW, {"proposal": proposal}).status_code == 404
    assert steward(theirs).get(DECIDE, {"proposal": proposal}).status_code == 404
    for kind in (RoleKind.DEPUTY, RoleKind.OPERATOR, RoleKind.FACILITATOR):
        assert signed_in(world.people[kind]).post(DRAW, {"proposal": proposal}).status_code == 404
        with pytest.raises(Refused) as refused:
            draw_slips(asker=world.asker(kind), proposal=proposal)
        assert refused.value.fault is PeopleFault.NO_KEY
    assert Slip.objects.count() == 0
    assert len(agreed_slips(world.organisation)) == 1
    assert representative(world).post(DRAW, {"proposal": proposal}).status_code == 200


def test_a_representative_who_resigned_leaves_a_page_that_says_what_to_do(world: RoundsWorld) -> None:
    other = representative(world)
    other.post(HEADCOUNT, {f"people-{world.staffed.units['Oak']}": "9"})
    assert "Nobody is representative now" not in steward(world).get(KEYS).text
    end_role(
        asker=world.staffed.operator,
        account=world.people[RoleKind.REPRESENTATIVE].account,
        role="representative",
    )
    page = steward(world).get(KEYS).text
    assert "Nobody is representative now" in page
    assert "Let the staff or their union choose somebody" in page
    assert pending_proposals(world.organisation) == (), "what only they could carry has ended"
    oak = world.staffed.units["Oak"]
    assert steward(world).post(HEADCOUNT, {f"people-{oak}": "8"}).status_code == 302
    (waiting,) = pending_proposals(world.organisation)
    assert "Turn my key" not in steward(world).get(DECIDE, {"proposal": waiting.proposal}).text


def doubted(world: RoundsWorld, unit: str) -> None:
    """Somebody with a seat in the unit doubts its slips, and the night shows it."""
    (slip,) = draw_slips(asker=world.staffed.operator, proposal=agreed(world, {unit: 1}))
    card = Secret.new()
    spend_slip(card, slip.code)
    raise_doubt(card)
    assert show_doubts() == 1


def test_a_doubt_is_answered_with_both_keys_and_names_nobody(both: tuple[RoundsWorld, RoundsWorld]) -> None:
    world, theirs = both
    group = "Surgery: Fir"
    doubted(world, "Fir")
    client, other = steward(world), representative(world)
    assert group in client.get(KEYS).text
    assert group not in steward(theirs).get(DOUBTS).text
    assert "Propose this answer" not in signed_in(world.head).get(DOUBTS).text
    words = {"group": group, "words": "We counted: twenty people work here.", "step": "propose"}
    assert signed_in(world.head).post(DOUBTS, words).status_code == 404
    assert steward(theirs).post(DOUBTS, words).status_code == 404
    assert client.post(DOUBTS, {**words, "words": " "}).status_code == 400
    assert client.post(DOUBTS, words)["Location"] == DOUBTS
    agree = {"group": group, "seen": words["words"], "step": "agree"}
    assert client.post(DOUBTS, agree).status_code == 404, "one key is not two"
    assert other.post(DOUBTS, {**agree, "seen": "Something else."}).status_code == 400
    assert doubts_of(world.organisation)[0].answer == ""
    assert "Agree to this answer" in other.get(DOUBTS).text
    assert other.post(DOUBTS, agree)["Location"] == DOUBTS
    assert doubts_of(world.organisation)[0].answer == words["words"]
    assert client.get(KEYS).context["doubts"] == []


@pytest.mark.parametrize("address", [KEYS, DECIDE, HEADCOUNT, SLIPS, REPLACEMENTS, DRAW, DOUBTS])
def test_every_page_of_the_keys_says_something_before_there_is_anything(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    small = begin_rounds_world(monkeypatch, teams={"Home": {"Bay": 6}})
    page = steward(small).get(address)
    assert page.status_code == 200
    assert "<h1>" in page.text
    assert steward(small).get(SLIPS, {"season": "0" * 32}).status_code == 404
