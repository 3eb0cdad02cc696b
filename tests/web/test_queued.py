"""Check-ins that waited on a device arrive: once, under their own card, and never over a later answer."""

from __future__ import annotations

import base64
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.web.carer_world import WEEKLY_ANSWERS, CarerWorld, begin_world, client_with, open_first_round

from replenish.basis import clock
from replenish.measures.library import load_pack
from replenish.sealing.queue_key import QueueKeys, seal_queued
from replenish.sealing.secret import Secret
from replenish.voices import actions
from replenish.voices.actions import erase, spend_slip
from replenish.voices.models import Contribution
from replenish.voices.queries import my_box
from replenish.voices.turns import new_turn_id
from replenish.voices.weeks import week_of
from replenish.web.carer.card_cookie import CARD_COOKIE

QUEUED = "/my/check-in/queued/"
ANSWERS = {code: float(value) for code, value in WEEKLY_ANSWERS.items() if value}


class Phone:
    """A device as its script behaves: it learns what it needs, seals, and sends."""

    def __init__(self, secret: Secret, **options: bool) -> None:
        self.client = client_with(secret, **options)
        self.told = self.client.get(QUEUED).json()

    def sealed(self, answers: dict[str, float] = ANSWERS, **other: Any) -> dict[str, str]:  # noqa: ANN401
        """One check-in, sealed."""
        inside = {
            "id": new_turn_id(),
            "tag": self.told["tag"],
            "week": week_of(clock.today()),
            "pack": "replenish-weekly",
            "pack_hash": load_pack("replenish-weekly").content_hash,
            "answers": answers,
            "seen": self.told["seen"],
            **other,
        }
        plain = json.dumps(inside).ljust(2048).encode()
        closed = base64.b64encode(seal_queued(self.told["recipient"], plain)).decode()
        return {"id": inside["id"], "key": self.told["key"], "sealed": closed}

    def send(self, *items: dict[str, str]) -> list[tuple[bool, str]]:
        """Send some at once: of each whether it stays on the device, and what is said."""
        response = self.client.post(QUEUED, {"items": items}, content_type="application/json")
        assert response.status_code == 200
        assert response["Cache-Control"] == "no-store"
        return [(item["stays"], item["sentence"]) for item in response.json()["items"]]


@pytest.fixture
def secret(db: None) -> Secret:
    world = begin_world(open_now=False)
    made = Secret.new()
    spend_slip(made, world.codes[0])
    open_first_round(world)
    return made


def said(secret: Secret) -> list[tuple[str, dict[str, float]]]:
    box = my_box(secret)
    return [] if box is None else [(each.week, dict(each.answers)) for each in box.check_ins]


def test_what_waited_is_kept_and_counted_once(secret: Secret) -> None:
    phone = Phone(secret)
    item = phone.sealed()
    for _ in range(3):
        ((stays, sentence),) = phone.send(item)
        assert not stays
        assert "It is kept for you." in sentence
    assert said(secret) == [(week_of(clock.today()), ANSWERS)]
    assert Contribution.objects.count() == 1


def test_the_same_id_on_both_ways_is_taken_once(secret: Secret) -> None:
    """The form reached the server, its answer was lost on the way back, and the device sends what it kept."""
    phone = Phone(secret)
    item = phone.sealed({"sign.dread": 4.0})
    phone.client.post("/my/check-in/", {"sign.dread": "4", "turn": item["id"]})
    phone.client.post("/my/check-in/", {"sign.dread": "1"})
    phone.send(item)
    assert said(secret) == [(week_of(clock.today()), {"sign.dread": 1.0})]


def test_a_later_answer_given_with_a_connection_stays(secret: Secret) -> None:
    phone = Phone(secret)
    item = phone.sealed({"sign.dread": 4.0})
    phone.client.post("/my/check-in/", {"sign.dread": "1"})
    ((stays, sentence),) = phone.send(item)
    assert not stays
    assert "those later answers stay" in sentence
    assert said(secret) == [(week_of(clock.today()), {"sign.dread": 1.0})]


def test_an_answer_that_was_seen_gives_way(secret: Secret) -> None:
    Phone(secret).client.post("/my/check-in/", {"sign.dread": "1"})
    phone = Phone(secret)
    phone.send(phone.sealed({"sign.dread": 4.0}))
    assert said(secret) == [(week_of(clock.today()), {"sign.dread": 4.0})]


def test_another_card_gets_nothing_and_the_item_stays(secret: Secret, world: CarerWorld) -> None:
    item = Phone(secret).sealed()
    other = Secret.new()
    ((stays, sentence),) = Phone(other).send(item)
    assert stays
    assert "another key card" in sentence
    assert my_box(other) is None
    assert my_box(secret) is None


def test_earlier_weeks_are_taken_and_weeks_ahead_are_not(secret: Secret) -> None:
    phone = Phone(secret)
    before = week_of(clock.today() - timedelta(weeks=2))
    phone.send(phone.sealed(week=before))
    assert [week for week, _ in said(secret)] == [before]
    for wrong in (
        week_of(clock.today() + timedelta(weeks=2)),
        week_of(clock.today() - timedelta(weeks=60)),
        "2026-W60",
        "x",
    ):
        ((stays, _),) = phone.send(phone.sealed(week=wrong))
        assert not stays
    assert [week for week, _ in said(secret)] == [before]


@pytest.mark.parametrize(
    "wrong",
    [
        {"pack_hash": "0" * 64},
        {"pack": "copsoq"},
        {"answers": {"sign.dread": 9.0}},
        {"answers": {"sign.unknown": 1.0}},
    ],
    ids=["other version", "other pack", "impossible", "unknown"],
)
def test_questions_that_are_not_asked_any_more_are_told(secret: Secret, wrong: dict[str, Any]) -> None:
    phone = Phone(secret)
    ((stays, sentence),) = phone.send(phone.sealed(**wrong))
    assert not stays
    assert "the questions have changed since" in sentence
    assert my_box(secret) is None


@pytest.mark.parametrize(
    "inside",
    [{"id": "x"}, {"answers": {}}, {"answers": {"sign.dread": "x"}}, {"seen": ["x"]}, {"more": 1}],
    ids=["id", "nothing", "text", "seen", "more"],
)
def test_what_no_device_would_write_is_closed(secret: Secret, inside: dict[str, Any]) -> None:
    phone = Phone(secret)
    item = phone.sealed(**inside) | {"id": new_turn_id()}
    ((stays, sentence),) = phone.send(item)
    assert not stays
    assert "could not be opened" in sentence
    assert my_box(secret) is None


def test_a_key_that_is_gone_is_told_and_loses_nothing_else(
    secret: Secret, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = Phone(secret)
    old = phone.sealed()
    today = clock.today()
    monkeypatch.setattr(clock, "today", lambda: today + timedelta(days=200))
    phone.told = phone.client.get(QUEUED).json()
    outcomes = phone.send(old, phone.sealed())
    assert [stays for stays, _ in outcomes] == [False, False]
    assert "could not be opened" in outcomes[0][1]
    assert len(said(secret)) == 1


def test_what_cannot_be_kept_now_stays_with_all_that_follows_it(
    secret: Secret, monkeypatch: pytest.MonkeyPatch
) -> None:
    from replenish.basis.errors import refuse
    from replenish.basis.faults.sealing import SealingFault

    phone = Phone(secret)
    items = [phone.sealed({"sign.dread": 1.0}), phone.sealed({"sign.dread": 2.0})]
    with monkeypatch.context() as broken:
        broken.setattr(actions, "check_in", lambda *_, **__: refuse(SealingFault.KEY_MISSING, key_id="x"))
        assert [stays for stays, _ in phone.send(*items)] == [True, True]
    assert my_box(secret) is None


def test_an_erased_card_takes_in_nothing_more(secret: Secret) -> None:
    phone = Phone(secret)
    phone.client.post("/my/check-in/", WEEKLY_ANSWERS)
    item = phone.sealed()
    erase(secret)
    ((stays, _),) = phone.send(item)
    assert not stays
    assert my_box(secret) is None


def test_a_shared_device_is_told_that_nothing_may_wait(world: CarerWorld) -> None:
    client = Client()
    client.post("/my/return/", {"words": " ".join(Secret.new().words()), "shared": "on"})
    told = client.get(QUEUED).json()
    assert told["shared"] is True
    assert set(told) == {"shared", "token"}
    page = client.get("/my/check-in/").text
    assert " data-shared" in page
    assert "This is a shared device, so nothing is kept on it." in page


def test_a_device_with_a_code_asks_whose_a_check_in_was(secret: Secret) -> None:
    phone = Phone(secret)
    assert phone.told["asks"] is False
    phone.client.post("/my/device/", {"step": "lock", "new-code": "271828", "code-again": "271828"})
    assert phone.client.get(QUEUED).json()["asks"] is True


def test_what_the_device_learns_tells_nothing_of_the_answers(secret: Secret) -> None:
    before = Phone(secret).told
    Phone(secret).client.post("/my/check-in/", WEEKLY_ANSWERS)
    after = Phone(secret).told
    assert set(before) == set(after) == {"shared", "token", "key", "recipient", "tag", "asks", "seen"}
    assert len(before["seen"]) == len(after["seen"]) == 4
    assert before["tag"] == after["tag"]
    assert secret.code() not in json.dumps(after)


def test_it_is_refused_without_the_key_of_forms(secret: Secret) -> None:
    phone = Phone(secret, enforce_csrf_checks=True)
    body = {"items": [phone.sealed()]}
    assert phone.client.post(QUEUED, body, content_type="application/json").status_code == 403
    token = {"X-CSRFToken": phone.client.get(QUEUED).json()["token"]}
    answered = phone.client.post(QUEUED, body, content_type="application/json", headers=token)
    assert answered.status_code == 200
    assert len(said(secret)) == 1


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"items": 1}', '{"items": [{}]}', '{"items": [], "x": 1}', "\x00"]
)
def test_a_body_that_is_none_is_refused_in_short(secret: Secret, body: str) -> None:
    response = client_with(secret).post(QUEUED, body, content_type="application/json")
    assert response.status_code == 400
    assert response.json() == {"items": []}


def test_so_many_at_once_and_no_more(secret: Secret) -> None:
    phone = Phone(secret)
    items = [phone.sealed(week=week_of(clock.today() - timedelta(weeks=n))) for n in range(20)]
    assert {stays for stays, _ in phone.send(*items)} == {False}
    assert len(said(secret)) == 20
    more = phone.client.post(QUEUED, {"items": [*items, items[0]]}, content_type="application/json")
    assert more.status_code == 400


def test_its_key_lies_outside_the_database(secret: Secret) -> None:
    told = Phone(secret).told
    key = QueueKeys(settings.REPLENISH_KEYS).recipient(clock.today())
    assert (told["key"], told["recipient"]) == (key.name, key.recipient)
    assert (settings.REPLENISH_KEYS / "queue" / f"{key.name}.key").is_file()


def test_an_arrival_asks_the_database_little(
    secret: Secret, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    phone = Phone(secret)
    phone.send(phone.sealed())
    phone.told = phone.client.get(QUEUED).json()
    with django_assert_max_num_queries(11):
        phone.send(phone.sealed())
    with django_assert_max_num_queries(2):
        phone.client.get(QUEUED)


def test_the_card_of_a_phone_is_the_cookie_alone(secret: Secret) -> None:
    """Nothing inside names the person: without the cookie an item is nobody's."""
    phone = Phone(secret)
    item = phone.sealed()
    phone.client.cookies.pop(CARD_COOKIE)
    response = phone.client.post(QUEUED, {"items": [item]}, content_type="application/json")
    assert response.status_code == 403
    assert my_box(secret) is None


def test_weeks_at_the_turn_of_a_year_are_known(secret: Secret, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2027, 1, 2))
    phone = Phone(secret)
    assert phone.send(phone.sealed(week="2026-W53"))[0][0] is False
    assert [week for week, _ in said(secret)] == ["2026-W53"]
