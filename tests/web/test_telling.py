"""Telling everybody: whose pages they are, that all is said once and to all alike, and to one address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.urls import reverse
from pytest_django import Settings
from tests.conditions import worlds
from tests.conditions.calendar_reader import read_calendar
from tests.conditions.instances import Instance, instance, prepared
from tests.web.rounds_world import RoundsWorld, begin_rounds_world
from tests.web.staff_world import Browser, quick, signed_in

from replenish.conditions.queries import rounds
from replenish.conditions.rounds import pause
from replenish.conditions.telling.occasions import Kind, Occasion, occasions
from replenish.ledger.events import Event
from replenish.ledger.queries import entries
from replenish.people.actions.telling import begin_message
from replenish.people.models import Message
from replenish.people.roles import RoleKind
from replenish.people.telling import ways_to_tell

__all__ = ["instance", "prepared", "quick"]

LIST = "everybody@harbour.example"
FILES = ("staff-telling-poster", "staff-telling-text", "staff-telling-letter")
CHANGES = ("staff-telling-wording", "staff-telling-calendar", "staff-telling-list", "staff-telling-send")


@dataclass(frozen=True)
class TwoWorlds:
    """Two organisations on the first day of a season."""

    ours: RoundsWorld
    theirs: RoundsWorld


@pytest.fixture
def both(instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> TwoWorlds:
    settings.REPLENISH_MAIL = True
    settings.REPLENISH_ADDRESS = "https://replenish.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    theirs = begin_rounds_world(monkeypatch, "Elsewhere")
    return TwoWorlds(begin_rounds_world(monkeypatch, "Harbour House"), theirs)


def steward(world: RoundsWorld) -> Browser:
    return signed_in(world.people[RoleKind.STEWARD])


def due(world: RoundsWorld, kind: Kind) -> Occasion:
    return next(one for one in occasions(world.organisation) if one.kind is kind)


def with_list(world: RoundsWorld) -> Browser:
    client = steward(world)
    assert client.post(reverse("staff-telling-list"), {"address": LIST.upper()}).status_code == 302
    return client


def sent(world: RoundsWorld) -> list[object]:
    return [entry.content["kind"] for entry in entries(world.organisation, event=Event.MESSAGE_POSTED)]


def test_each_part_finds_what_is_its_own(both: TwoWorlds) -> None:
    world = both.ours
    readers = {RoleKind.STEWARD, RoleKind.REPRESENTATIVE, RoleKind.OPERATOR}
    people = [(kind, person, kind) for kind, person in world.people.items()]
    people.append((RoleKind.STEWARD, world.head, RoleKind.DEPUTY))
    for kind, person, acts_as in people:
        client = signed_in(person)
        for name in ("staff-telling", *FILES, "staff-telling-calendar-file"):
            assert client.get(reverse(name)).status_code == (200 if kind in readers else 404), (kind, name)
        for name in CHANGES:
            allowed = acts_as in {RoleKind.STEWARD, RoleKind.OPERATOR}
            assert client.get(reverse(name)).status_code == (200 if allowed else 404), (kind, name)
            if not allowed:
                said = client.post(reverse(name), {"kind": "always", "text": "x", "go": "keep"})
                assert said.status_code == 404, (kind, name)


def test_the_list_says_what_is_now_and_what_is_next(both: TwoWorlds) -> None:
    page = steward(both.ours).get(reverse("staff-telling")).text
    assert page.index("Draw a slip, and have a say") < page.index("To tell next")
    assert page.index("To tell next") < page.index("Round 1 is open until Sunday 1 February 2026")
    assert "Elsewhere" not in page


def test_before_there_is_a_season_there_is_a_poster_all_the_same(
    both: TwoWorlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds.set_day(monkeypatch, worlds.BEGINS + timedelta(weeks=60))
    page = steward(both.ours).get(reverse("staff-telling")).text
    assert "There is nothing to tell yet" in page
    assert steward(both.ours).get(reverse("staff-telling-poster")).content.startswith(b"%PDF")


def test_an_occasion_of_another_organisation_is_not_there(both: TwoWorlds) -> None:
    theirs = due(both.theirs, Kind.ROUND_OPENS)
    client = with_list(both.ours)
    for name in (*FILES, "staff-telling-send"):
        assert client.get(reverse(name), {"which": theirs.key}).status_code == 404, name
    assert client.post(reverse("staff-telling-send"), {"which": theirs.key}).status_code == 404
    assert mail.outbox == []


def test_the_files_hold_the_words_the_days_and_who_can_see_what(both: TwoWorlds) -> None:
    client, occasion = steward(both.ours), due(both.ours, Kind.ROUND_OPENS)
    text = client.get(reverse("staff-telling-text"), {"which": occasion.key}).content.decode("utf-8-sig")
    assert text.startswith("Round 1 opens on Monday 5 January 2026\n")
    assert "Leaders see only bands, for groups of 7 people or more." in text
    letter = client.get(reverse("staff-telling-letter"), {"which": occasion.key})
    draft = message_from_bytes(letter.content, policy=default)
    assert set(draft) & {"To", "From", "Cc", "Bcc", "Date", "Message-ID"} == set()
    assert draft["Subject"] == "Round 1 opens on Monday 5 January 2026"
    assert draft["X-Unsent"] == "1"
    assert draft.get_content().replace("\r\n", "\n").strip() == text.partition("\n\n")[2].strip()
    assert client.get(reverse("staff-telling-poster"), {"which": occasion.key}).content.startswith(b"%PDF")


def test_own_words_are_looked_at_kept_and_given_back(both: TwoWorlds) -> None:
    client, page = steward(both.ours), reverse("staff-telling-wording")
    words = {"kind": "round-opens", "text": "Until {last_day}, <b>tea</b> in the hall."}
    seen = client.post(page, {**words, "go": "look"}).text
    assert "Until Sunday 1 February 2026, &lt;b&gt;tea&lt;/b&gt; in the hall.</p>" in seen
    assert "In your own words." not in client.get(page).text
    assert client.post(page, {**words, "go": "keep"}).status_code == 302
    assert "In your own words." in client.get(page).text
    message = reverse("staff-telling-text")
    own = client.get(message, {"which": due(both.ours, Kind.ROUND_OPENS).key}).text
    assert "tea" in own
    assert "Nobody is told who takes part" in own, "what is always said cannot be edited away"
    theirs = steward(both.theirs).get(message, {"which": due(both.theirs, Kind.ROUND_OPENS).key}).text
    assert "tea" not in theirs
    assert "would be gone" in client.get(page, {"kind": "round-opens", "back": "yes"}).text
    client.post(page, {"kind": "round-opens", "go": "back"})
    assert "In your own words." not in client.get(page).text
    assert len(entries(both.ours.organisation, event=Event.WORDS_CHANGED)) == 2


@pytest.mark.parametrize("text", ["", "{secret}", "x" * 2000])
def test_words_that_cannot_be_kept_come_back_with_the_reason(both: TwoWorlds, text: str) -> None:
    said = steward(both.ours).post(
        reverse("staff-telling-wording"), {"kind": "last-week", "text": text, "go": "keep"}
    )
    assert said.status_code == 400
    assert text in said.text
    assert 'id="text-problem"' in said.text


def test_a_message_goes_once_to_one_address(both: TwoWorlds) -> None:
    client, occasion = with_list(both.ours), due(both.ours, Kind.INVITATION)
    before = client.get(reverse("staff-telling-send"), {"which": occasion.key}).text
    assert LIST in before
    for _again in range(3):
        client.post(reverse("staff-telling-send"), {"which": occasion.key})
    (letter,) = mail.outbox
    assert letter.recipients() == [LIST]
    assert letter.subject == "Draw a slip, and have a say"
    assert sent(both.ours) == ["invitation"]
    assert "Sent to everybody on 5 January 2026." in client.get(reverse("staff-telling")).text
    assert sent(both.theirs) == []
    assert LIST not in str(entries(both.ours.organisation)), "the ledger keeps no address"
    assert all(LIST not in str(row) for row in Message.objects.values())


def test_what_is_not_yet_so_is_not_sent(both: TwoWorlds) -> None:
    client, later = with_list(both.ours), due(both.ours, Kind.LAST_WEEK)
    for said in (
        client.get(reverse("staff-telling-send"), {"which": later.key}),
        client.post(reverse("staff-telling-send"), {"which": later.key}),
    ):
        assert said.status_code == 404
    assert mail.outbox == []


def test_without_a_list_nothing_is_sent(both: TwoWorlds) -> None:
    client = steward(both.ours)
    said = client.post(reverse("staff-telling-send"), {"which": due(both.ours, Kind.INVITATION).key})
    assert said.status_code == 409
    assert "enter it first" in said.text
    assert (mail.outbox, sent(both.ours)) == ([], [])


def test_a_server_that_does_not_answer_leaves_it_to_be_sent_again(
    both: TwoWorlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: object) -> None:
        raise ConnectionRefusedError

    client, which = with_list(both.ours), {"which": due(both.ours, Kind.INVITATION).key}
    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", away)
        said = client.post(reverse("staff-telling-send"), which)
    assert said.status_code == 409
    assert "nothing was sent" in said.text
    assert (mail.outbox, sent(both.ours), Message.objects.count()) == ([], [], 0)
    client.post(reverse("staff-telling-send"), which)
    assert (len(mail.outbox), sent(both.ours)) == (1, ["invitation"])


def test_a_sending_that_broke_off_may_be_tried_on_another_day(
    both: TwoWorlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, occasion = with_list(both.ours), due(both.ours, Kind.INVITATION)
    begin_message(asker=both.ours.asker(RoleKind.STEWARD), kind=occasion.kind.value, about=occasion.about)
    client.post(reverse("staff-telling-send"), {"which": occasion.key})
    assert mail.outbox == [], "another click of the same day is the same click"
    worlds.set_day(monkeypatch, worlds.BEGINS + timedelta(days=1))
    client = steward(both.ours)
    assert "Nobody knows if it went out." in client.get(reverse("staff-telling")).text
    client.post(reverse("staff-telling-send"), {"which": occasion.key})
    assert (len(mail.outbox), sent(both.ours)) == (1, ["invitation"])


@pytest.mark.parametrize("address", ["nobody", "a@b@c.example", "x\r\nBcc: y@z.example"])
def test_an_address_that_is_none_is_not_kept(both: TwoWorlds, address: str) -> None:
    said = steward(both.ours).post(reverse("staff-telling-list"), {"address": address})
    assert said.status_code == 400
    assert ways_to_tell(both.ours.organisation).list_address == ""


def test_the_calendar_is_the_same_for_everybody_and_its_address_can_be_renewed(
    both: TwoWorlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, client = both.ours, steward(both.ours)
    pause(
        asker=world.asker(RoleKind.STEWARD),
        first=worlds.BEGINS + timedelta(days=7),
        until=worlds.BEGINS + timedelta(days=14),
    )
    client.post(reverse("staff-telling-calendar"), {"instead_of": ""})
    first = ways_to_tell(world.organisation).calendar_key
    assert first is not None
    address = reverse("rounds-calendar", args=[first])
    assert f"https://replenish.example{address}" in client.get(reverse("staff-telling")).text
    fetched = Browser().get(address)
    worlds.set_day(monkeypatch, worlds.BEGINS + timedelta(days=3))
    assert Browser().get(address).content == fetched.content, "the moment of fetching is not in it"
    read = read_calendar(fetched.content)
    planned = rounds(world.organisation)
    days = {one.first for one in read.events}
    assert {one.starts_on for one in planned} <= days
    assert {one.closes_on - timedelta(days=1) for one in planned} <= days
    assert {one.closes_on + timedelta(days=2) for one in planned} <= days
    assert [one.summary for one in read.events].count("Rounds rest") == 1
    assert len(read.events) == 3 * len(planned) + 1
    assert b"Harbour" not in fetched.content
    assert world.organisation.encode() not in fetched.content
    assert not any(one.round.encode() in fetched.content for one in planned)

    client = steward(both.ours)
    for _again in range(2):
        client.post(reverse("staff-telling-calendar"), {"instead_of": first})
    second = ways_to_tell(world.organisation).calendar_key
    assert second not in (None, first)
    assert Browser().get(address).status_code == 404
    assert Browser().get(reverse("rounds-calendar", args=[second])).content == fetched.content
    assert len(entries(world.organisation, event=Event.CALENDAR_ADDRESS_CHANGED)) == 2


def test_a_calendar_in_spanish_and_one_that_is_not_there(both: TwoWorlds) -> None:
    client = steward(both.ours)
    client.post(reverse("staff-telling-calendar"), {"instead_of": ""})
    address = reverse("rounds-calendar", args=[ways_to_tell(both.ours.organisation).calendar_key])
    spanish = read_calendar(Browser().get(address, {"language": "es"}).content)
    assert "Se abre la ronda 1" in {one.summary for one in spanish.events}
    assert read_calendar(Browser().get(address, {"language": "../en"}).content).name == "Replenish: rounds"
    for key in ("0" * 32, "None", "null", both.ours.organisation):
        assert Browser().get(f"/calendar/{key}.ics").status_code == 404
    assert Browser().post(address).status_code == 405
