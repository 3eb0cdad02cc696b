"""Signing in: every way opens the same account, and says nothing to whoever does not hold it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.staff_world import Browser, Person, StaffWorld, ours, quick, signed_in, theirs

from replenish.basis.rate_limit import RateLimit
from replenish.people.models import Login, Session
from replenish.people.roles import RoleKind
from replenish.web.staff import tries

__all__ = ["ours", "quick", "theirs"]

LONG = "otter lamp river seven"

pytestmark = pytest.mark.django_db


def steward(world: StaffWorld) -> Person:
    return world.people[RoleKind.STEWARD]


def with_password(person: Person) -> Client:
    client = signed_in(person)
    said = client.post(reverse("staff-password"), {"password": LONG})
    assert said.status_code == 302, said.text
    return client


def by_password(client: Client, name: str, password: str, **more: str) -> tuple[int, str]:
    said = client.post(reverse("staff-sign-in-password"), {"name": name, "password": password, **more})
    return said.status_code, said.headers.get("Location", "") or said.text


def test_the_first_code_leads_to_setting_up_and_later_ones_do_not(ours: StaffWorld) -> None:
    person = steward(ours)
    sent = {"account": person.account, "code": person.code}
    assert Browser().post(reverse("staff-sign-in"), sent)["Location"] == reverse("staff-set-up")
    with_password(person)
    assert Browser().post(reverse("staff-sign-in"), sent)["Location"] == reverse("staff-home")


def test_looking_writes_nothing_and_leaves_no_cookie_of_an_account(db: None) -> None:
    client = Client()
    for name in ("staff-sign-in", "staff-sign-in-password", "staff-sign-in-recovery", "staff-signed-out"):
        said = client.get(reverse(name))
        assert said.status_code == 200
        assert "replenish_account" not in said.cookies
    assert not Session.objects.exists()


def test_what_is_wrong_is_said_alike_whatever_is_unknown(ours: StaffWorld, theirs: StaffWorld) -> None:
    person = steward(ours)
    with_password(person)
    pages = set()
    for account, code in ((person.account, "AAAAA"), ("0" * 32, person.code), (steward(theirs).account, "x")):
        said = Browser().post(reverse("staff-sign-in"), {"account": account, "code": code})
        assert said.status_code == 400
        pages.add(without_token(said.text).replace(account, "…"))
    assert len(pages) == 1
    pages = {
        without_token(by_password(Browser(), name, "wrong wrong wrong")[1]).replace(name, "…")
        for name in (person.account, "0" * 32, "nobody@example.org", steward(theirs).account)
    }
    assert len(pages) == 1


def without_token(text: str) -> str:
    before, _, after = text.partition('name="csrfmiddlewaretoken" value="')
    return f"{before}{without_token(after[64:])}" if after else before


def test_a_secret_that_did_not_fit_is_not_written_into_the_page(ours: StaffWorld) -> None:
    said = Browser().post(reverse("staff-sign-in"), {"account": "abc", "code": "SECRET-CODE"})
    assert "SECRET-CODE" not in said.text
    assert "SECRET-CODE" not in by_password(Browser(), "abc", "SECRET-CODE")[1]


def test_an_empty_field_is_named_and_nothing_is_tried(ours: StaffWorld) -> None:
    said = Browser().post(reverse("staff-sign-in"), {"account": "", "code": "x"})
    assert (said.status_code, "Fill in every field." in said.text) == (400, True)
    assert not Login.objects.exists()


def test_signing_in_changes_the_name_of_the_session(ours: StaffWorld) -> None:
    """Whoever planted a session before gains nothing by it."""
    client = Browser()
    client.post(reverse("staff-sign-in-passkey-options"))
    planted = client.cookies["replenish_account"].value
    person = steward(ours)
    client.post(reverse("staff-sign-in"), {"account": person.account, "code": person.code})
    assert client.cookies["replenish_account"].value != planted
    stranger = Browser()
    stranger.cookies["replenish_account"] = planted
    assert stranger.get("/staff/").status_code == 404


def test_somebody_else_in_the_same_browser_begins_anew(ours: StaffWorld, theirs: StaffWorld) -> None:
    client = signed_in(steward(ours))
    other = steward(theirs)
    client.post(reverse("staff-sign-in"), {"account": other.account, "code": other.code})
    page = client.get("/staff/").text
    assert "Steward of Theirs" in page
    assert "Ours" not in page


@pytest.mark.parametrize(
    ("then", "lands"),
    [
        ("/staff/account/", "/staff/account/"),
        ("/staff/account/?x=1", "/staff/account/"),
        ("https://elsewhere.example/staff/", "/staff/"),
        ("//elsewhere.example/staff/", "/staff/"),
        ("/\\elsewhere.example/", "/staff/"),
        ("/my/", "/staff/"),
        ("/staff/nothing-here/", "/staff/"),
        ("/staff/sign-in/password/", "/staff/"),
        ("javascript:alert(1)", "/staff/"),
    ],
)
def test_after_signing_in_one_lands_on_a_page_of_ours(ours: StaffWorld, then: str, lands: str) -> None:
    with_password(steward(ours))
    assert by_password(Browser(), steward(ours).account, LONG, then=then) == (302, lands)


def test_a_password_is_tried_five_times_a_minute_for_one_name(
    ours: StaffWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = steward(ours)
    with_password(person)
    monkeypatch.setattr(tries, "_FOR_ONE_NAME", RateLimit(each=5, together=120, seconds=lambda: 0.0))
    for _ in range(5):
        assert by_password(Browser(), person.account.upper(), "wrong wrong wrong")[0] == 400
    status, said = by_password(Browser(), person.account, LONG)
    assert (status, "Wait a minute" in said) == (400, True)
    other = ours.people[RoleKind.DEPUTY]
    with_password(other)
    assert by_password(Browser(), other.account, LONG)[0] == 302


def test_every_way_in_is_counted(ours: StaffWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "_FROM_ONE_PLACE", RateLimit(each=0, together=0))
    person = steward(ours)
    sent = {
        "staff-sign-in": {"account": person.account, "code": person.code},
        "staff-sign-in-password": {"name": person.account, "password": LONG},
        "staff-sign-in-recovery": {"code": "x"},
        "staff-sign-in-passkey": {"credential": "{}"},
    }
    for name, fields in sent.items():
        said = Browser().post(reverse(name), fields)
        assert (said.status_code, "Wait a minute" in said.text) == (400, True), name
    assert Browser().post(reverse("staff-sign-in-passkey-options")).status_code == 429


def test_signing_out_takes_two_steps_and_leaves_nothing(ours: StaffWorld) -> None:
    client = signed_in(steward(ours))
    assert "Everything that was kept stays" in client.get(reverse("staff-sign-out")).text
    assert client.get("/staff/").status_code == 200
    assert client.post(reverse("staff-sign-out"))["Location"] == reverse("staff-signed-out")
    assert client.get("/staff/").status_code == 404
    assert not Session.objects.exists()


def test_a_session_tells_neither_address_nor_agent(ours: StaffWorld) -> None:
    person = steward(ours)
    Browser().post(
        reverse("staff-sign-in"),
        {"account": person.account, "code": person.code},
        headers={"user-agent": "CanaryAgent"},
        REMOTE_ADDR="203.0.113.77",
    )
    kept = Session.objects.get()
    from replenish.people.sessions import SessionStore

    said = str(SessionStore().decode(kept.content)) + kept.content
    assert "CanaryAgent" not in said
    assert "203.0.113" not in said
