"""Letters to named people: for those alone who chose them, about what waits, without a name or a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.urls import reverse
from pytest_django import Settings
from tests.conditions import worlds
from tests.conditions.instances import Instance, instance, prepared
from tests.web.rounds_world import RoundsWorld, begin_rounds_world, days_after_close, live_round
from tests.web.staff_world import Browser, quick, signed_in

from replenish.conditions.telling import letters as posting
from replenish.conditions.telling.letters import Letters, send_letters
from replenish.people.actions import end_account, propose_headcount, replace_code
from replenish.people.actions.logins import set_email
from replenish.people.models import Account, Notices
from replenish.people.roles import RoleKind
from replenish.people.telling import Rhythm
from replenish.safekeeping import nightly as night_work

__all__ = ["instance", "prepared", "quick"]

CANARIES = ("Ada", "Ben", "Harbour", "Elsewhere", "Ash", "Medicine", "of Harbour")


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
    return TwoWorlds(
        begin_rounds_world(monkeypatch, "Harbour House"), begin_rounds_world(monkeypatch, "Elsewhere")
    )


def browser(world: RoundsWorld, kind: RoleKind) -> Browser:
    return signed_in(world.people[kind])


def with_address(world: RoundsWorld, kind: RoleKind) -> Browser:
    """Somebody signed in who has proven an address."""
    client = browser(world, kind)
    set_email(login_of(world, kind), address_of(world, kind))
    return client


def login_of(world: RoundsWorld, kind: RoleKind) -> str:
    login = Account.objects.get(pk=world.people[kind].account).login_id
    assert login is not None
    return login


def address_of(world: RoundsWorld, kind: RoleKind) -> str:
    return f"{kind.value}@{world.organisation}.example"


def choose(world: RoundsWorld, kind: RoleKind, rhythm: str, language: str = "en-gb") -> None:
    client = with_address(world, kind)
    client.cookies["replenish_language"] = language
    said = client.post(reverse("staff-notices"), {"rhythm": rhythm})
    assert said.status_code == 302, said.text


def on(patch: pytest.MonkeyPatch, day: date) -> list[str]:
    """The bodies of the letters of that night."""
    worlds.set_day(patch, day)
    mail.outbox = []
    send_letters()
    return [str(letter.body) for letter in mail.outbox]


def proposed(world: RoundsWorld) -> None:
    unit = world.staffed.units["Ash"]
    propose_headcount(asker=world.asker(RoleKind.STEWARD), people={unit: 13})


def after(days: int) -> date:
    return worlds.BEGINS + timedelta(days=days)


def test_nobody_who_did_not_choose_is_ever_written_to(
    both: TwoWorlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    for world in (both.ours, both.theirs):
        for kind in world.people:
            with_address(world, kind)
    proposed(both.ours)
    row = live_round(monkeypatch, both.ours)
    for days in range(16):
        assert on(monkeypatch, row.closes_on + timedelta(days=days)) == []


def test_on_the_day_a_proposal_is_told_once_to_the_other_key(
    both: TwoWorlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    for world in (both.ours, both.theirs):
        for kind in world.people:
            choose(world, kind, "day")
    worlds.set_day(monkeypatch, after(1))
    proposed(both.ours)
    (said,) = on(monkeypatch, after(1))
    assert mail.outbox[0].recipients() == [address_of(both.ours, RoleKind.REPRESENTATIVE)]
    assert "A proposal waits for your key." in said
    assert "https://replenish.example/staff/telling/notices/" in said
    assert on(monkeypatch, after(1)) == [], "the same night again"
    assert on(monkeypatch, after(2)) == [], "nothing new"


def test_once_a_week_says_all_that_waits_and_is_silent_when_nothing_does(
    both: TwoWorlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(both.ours, RoleKind.REPRESENTATIVE, "week")
    worlds.set_day(monkeypatch, after(2))
    proposed(both.ours)
    told = {days: on(monkeypatch, after(days)) for days in range(2, 16)}
    assert [days for days, letters in told.items() if letters] == [7, 14]
    assert all("A proposal waits for your key." in letter for letter in told[7] + told[14])
    choose(both.ours, RoleKind.OPERATOR, "week")
    assert on(monkeypatch, after(21)) == [], "the proposal has lapsed, and no round closes in this week"


def test_no_letter_holds_a_name_or_a_number_about_people(
    both: TwoWorlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in both.ours.people:
        choose(both.ours, kind, "day")
    found: list[str] = []
    row = live_round(monkeypatch, both.ours)
    proposed(both.ours)
    for days in range(12):
        found += on(monkeypatch, row.closes_on + timedelta(days=days))
        for letter in mail.outbox:
            found.append(str(letter.message()).partition("\n\n")[0].replace(letter.to[0], ""))
    assert any("Round 1 has closed." in said for said in found)
    assert any("A report waits for your answer." in said for said in found)
    for said in found:
        assert [name for name in CANARIES if name in said] == []
    bodies = [said for said in found if "Sign in" in said]
    assert bodies
    for said in bodies:
        without_days = re.sub(r"Round 1\b|report of round 1\b|\b\d{1,2} [A-Z][a-z]+ 2026\b", "", said)
        assert not re.search(r"\d", without_days), without_days


def test_a_leader_is_told_that_a_report_waits_and_staff_that_they_read_it(
    both: TwoWorlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in (RoleKind.STEWARD, RoleKind.REPRESENTATIVE, RoleKind.OPERATOR):
        choose(both.ours, kind, "day")
    row = live_round(monkeypatch, both.ours)
    days_after_close(monkeypatch, row, 2)
    told: dict[str, str] = {}
    on(monkeypatch, row.closes_on + timedelta(days=2))
    for letter in mail.outbox:
        told[letter.to[0]] = str(letter.body)
    assert "waits for your answer" in told[address_of(both.ours, RoleKind.STEWARD)]
    assert "Everybody may read the report of round 1" not in told[address_of(both.ours, RoleKind.STEWARD)]
    assert "waits for your answer" not in told[address_of(both.ours, RoleKind.REPRESENTATIVE)]
    assert "Everybody may read the report" in told[address_of(both.ours, RoleKind.REPRESENTATIVE)]
    assert "report" not in told.get(address_of(both.ours, RoleKind.OPERATOR), "")


def test_a_letter_is_in_the_language_in_which_it_was_chosen(
    both: TwoWorlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(both.ours, RoleKind.REPRESENTATIVE, "day", language="es")
    worlds.set_day(monkeypatch, after(1))
    proposed(both.ours)
    (said,) = on(monkeypatch, after(1))
    assert "Una propuesta espera tu clave." in said


@pytest.mark.parametrize("way", ["off", "address removed", "code replaced", "account ended"])
def test_whoever_is_gone_or_wants_none_gets_none(
    both: TwoWorlds, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    kind, account = RoleKind.FACILITATOR, both.ours.people[RoleKind.FACILITATOR].account
    choose(both.ours, kind, "day")
    if way == "off":
        choose(both.ours, kind, "off")
    elif way == "address removed":
        set_email(login_of(both.ours, kind), None)
    elif way == "code replaced":
        replace_code(asker=both.ours.staffed.operator, account=account)
    else:
        end_account(asker=both.ours.staffed.operator, account=account)
    assert Notices.objects.filter(account=account).exists() == (way == "address removed")
    assert on(monkeypatch, after(27)) == []


def test_a_server_that_is_away_stops_nothing_and_is_tried_again(
    both: TwoWorlds, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    choose(both.ours, RoleKind.REPRESENTATIVE, "day")
    worlds.set_day(monkeypatch, after(1))
    proposed(both.ours)
    mail.outbox = []

    def away(**_: object) -> None:
        raise ConnectionRefusedError(address_of(both.ours, RoleKind.REPRESENTATIVE))

    with monkeypatch.context() as patch:
        patch.setattr(posting, "get_connection", away)
        night = night_work.nightly(lambda _: None)
    assert night.letters_are_waiting
    assert night.refused == ()
    said = capsys.readouterr()
    assert "@" not in said.out + said.err
    assert Notices.objects.get().told_until == after(0)
    assert not night_work.nightly(lambda _: None).letters_are_waiting
    assert len(mail.outbox) == 1


def test_one_address_that_is_refused_keeps_no_other_letter_back(
    both: TwoWorlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    for world in (both.ours, both.theirs):
        choose(world, RoleKind.REPRESENTATIVE, "day")
    worlds.set_day(monkeypatch, after(1))
    proposed(both.ours)
    proposed(both.theirs)
    refused, real = address_of(both.ours, RoleKind.REPRESENTATIVE), EmailMessage.send

    def send(letter: EmailMessage, fail_silently: bool = False) -> int:
        if letter.to == [refused]:
            raise OSError
        return real(letter, fail_silently)

    monkeypatch.setattr(EmailMessage, "send", send)
    mail.outbox = []
    assert send_letters() == Letters(sent=1, are_waiting=True)
    assert mail.outbox[0].to == [address_of(both.theirs, RoleKind.REPRESENTATIVE)]


def test_without_a_mail_server_there_is_no_choice_and_no_letter(
    both: TwoWorlds, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    choose(both.ours, RoleKind.REPRESENTATIVE, "day")
    proposed(both.ours)
    settings.REPLENISH_MAIL = False
    assert on(monkeypatch, after(1)) == []
    client = browser(both.ours, RoleKind.STEWARD)
    assert client.get(reverse("staff-notices")).status_code == 404
    assert client.post(reverse("staff-notices"), {"rhythm": "day"}).status_code == 404


def test_without_an_address_a_choice_is_not_kept(both: TwoWorlds) -> None:
    client = browser(both.ours, RoleKind.STEWARD)
    assert "no letter can reach you" in client.get(reverse("staff-notices")).text
    assert client.post(reverse("staff-notices"), {"rhythm": "day"}).status_code == 409
    assert not Notices.objects.exists()


def test_a_choice_that_is_none_changes_nothing(both: TwoWorlds) -> None:
    choose(both.ours, RoleKind.STEWARD, "week")
    client = browser(both.ours, RoleKind.STEWARD)
    assert client.post(reverse("staff-notices"), {"rhythm": "hourly"}).status_code == 200
    assert Notices.objects.get().rhythm == Rhythm.WEEK
