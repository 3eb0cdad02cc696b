"""Codes by e-mail: only with a mail server, alike for every address, and good for one browser once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.urls import reverse
from pytest_django import Settings
from tests.web.staff_world import Browser, StaffWorld, ours, quick, signed_in, theirs

from replenish.basis import clock
from replenish.people.models import Login, Session
from replenish.people.roles import RoleKind
from replenish.people.sessions import SessionStore
from replenish.web.staff import mailed

__all__ = ["ours", "quick", "theirs"]

NOOR = "noor@example.org"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters are kept instead of sent, and at once."""
    settings.REPLENISH_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    def post(letter: EmailMessage) -> None:
        letter.send()

    monkeypatch.setattr(mailed, "post", post)


def code_sent() -> str:
    found = re.search(r"(?:[A-Z2-9]{5}-?){4}", str(mail.outbox[-1].body))
    assert found
    return found[0]


def with_address(world: StaffWorld, role: RoleKind = RoleKind.STEWARD, address: str = NOOR) -> Browser:
    client = signed_in(world.people[role])
    assert client.post(reverse("staff-email"), {"email": address})["Location"] == reverse("staff-email-code")
    said = client.post(reverse("staff-email-code"), {"code": code_sent().lower()})
    assert said["Location"] == reverse("staff-account")
    return client


def asked(address: str) -> Browser:
    client = Browser()
    said = client.post(reverse("staff-sign-in-email"), {"email": address})
    assert (said.status_code, said["Location"]) == (302, reverse("staff-sign-in-email-code"))
    return client


def typed(client: Browser, code: str) -> int:
    return client.post(reverse("staff-sign-in-email-code"), {"code": code}).status_code


def test_an_address_is_kept_once_its_owner_has_shown_that_they_read_it(ours: StaffWorld) -> None:
    client = signed_in(ours.people[RoleKind.STEWARD])
    client.post(reverse("staff-email"), {"email": " Noor@Example.org"})
    assert not Login.objects.filter(email__isnull=False).exists()
    assert client.post(reverse("staff-email-code"), {"code": "x"}).status_code == 400
    client.post(reverse("staff-email-code"), {"code": code_sent()})
    assert Login.objects.filter(email=NOOR).count() == 1
    assert NOOR in client.get(reverse("staff-account")).text


def test_a_code_signs_in_once_and_in_the_browser_that_asked(ours: StaffWorld) -> None:
    with_address(ours)
    client = asked("NOOR@example.org")
    code = code_sent()
    assert typed(Browser(), code) == 400
    assert typed(client, code) == 302
    assert client.get("/staff/").status_code == 200
    client.post(reverse("staff-sign-out"))
    assert typed(client, code) == 400


def test_an_unknown_address_looks_alike_and_gets_no_letter(ours: StaffWorld) -> None:
    with_address(ours)
    known, unknown = asked(NOOR), asked("nobody@example.org")
    assert [letter.to for letter in mail.outbox[1:]] == [[NOOR]]
    pages = {
        client.get(reverse("staff-sign-in-email-code")).text.split("csrf")[0] for client in (known, unknown)
    }
    assert len(pages) == 1
    assert typed(unknown, "AAAAA-AAAAA-AAAAA-AAAAA") == 400
    assert "nobody@example.org" not in "".join(
        str(SessionStore().decode(r.content)) for r in Session.objects.all()
    )


def test_a_code_is_good_for_five_tries_and_a_quarter_of_an_hour(
    ours: StaffWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_address(ours)
    client = asked(NOOR)
    for _ in range(5):
        assert typed(client, "AAAAA") == 400
    assert typed(client, code_sent()) == 400
    client = asked(NOOR)
    code, start = code_sent(), clock.now()
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=16))
    assert typed(client, code) == 400


def test_a_code_for_an_address_signs_nobody_in(ours: StaffWorld) -> None:
    client = signed_in(ours.people[RoleKind.STEWARD])
    client.post(reverse("staff-email"), {"email": NOOR})
    assert typed(client, code_sent()) == 400


def test_an_address_can_be_removed(ours: StaffWorld) -> None:
    client = with_address(ours)
    client.post(reverse("staff-email"), {"drop": "on"})
    asked(NOOR)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "typed_address", ["", "noor", "noor@", "a@b.org\nBcc: c@d.org", "x" * 300 + "@b.org"]
)
def test_what_is_no_address_is_refused(ours: StaffWorld, typed_address: str) -> None:
    said = Browser().post(reverse("staff-sign-in-email"), {"email": typed_address})
    assert said.status_code == 400
    assert mail.outbox == []


def test_a_letter_names_nobody_and_no_organisation(ours: StaffWorld) -> None:
    with_address(ours)
    (letter,) = mail.outbox
    text = f"{letter.subject}\n{letter.body}"
    assert "Ours" not in text
    assert "Steward" not in text
    assert "http" not in text


def test_without_a_mail_server_there_is_no_such_page(ours: StaffWorld, settings: Settings) -> None:
    settings.REPLENISH_MAIL = False
    client = signed_in(ours.people[RoleKind.STEWARD])
    for name in ("staff-sign-in-email", "staff-sign-in-email-code", "staff-email", "staff-email-code"):
        assert client.get(reverse(name)).status_code == 404
    assert "e-mail" not in client.get(reverse("staff-sign-in")).text
