"""One's own account: ways are changed by whoever came in by one, and organisations stay apart."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.soft_passkey import SoftPasskey
from tests.web.staff_world import Browser, Person, StaffWorld, ours, quick, signed_in, theirs

from replenish.basis import clock
from replenish.people.models import Session
from replenish.people.roles import RoleKind

__all__ = ["ours", "quick", "theirs"]

LONG = "otter lamp river seven"
CHANGING = ("staff-add-passkey", "staff-password", "staff-recovery-codes", "staff-another-organisation")

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(ours: StaffWorld) -> Person:
    return ours.people[RoleKind.STEWARD]


def code_again(person: Person) -> Client:
    return signed_in(person)


def password_in(person: Person) -> Client:
    client = Browser()
    sent = {"name": person.account, "password": LONG}
    assert client.post(reverse("staff-sign-in-password"), sent).status_code == 302
    return client


def test_a_code_sets_up_the_first_way_and_changes_none_later(person: Person) -> None:
    client = signed_in(person)
    assert client.post(reverse("staff-password"), {"password": LONG})["Location"] == reverse("staff-account")
    assert client.get(reverse("staff-add-passkey")).status_code == 200
    again = code_again(person)
    assert again.get("/staff/").status_code == 200
    for name in CHANGING:
        for said in (again.get(reverse(name)), again.post(reverse(name), {"password": "taken over by code"})):
            assert (said.status_code, "Sign in once more" in said.text) == (403, True), name
    assert again.post(reverse("staff-add-passkey-options")).status_code == 403
    password_in(person)


def test_after_ten_minutes_ways_are_changed_only_by_signing_in_again(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(person).post(reverse("staff-password"), {"password": LONG})
    client = password_in(person)
    assert client.get(reverse("staff-recovery-codes")).status_code == 200
    start = clock.now()
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=11))
    assert client.get("/staff/").status_code == 200
    assert client.get(reverse("staff-recovery-codes")).status_code == 403


def test_a_new_password_signs_out_the_other_browsers(person: Person) -> None:
    signed_in(person).post(reverse("staff-password"), {"password": LONG})
    first, second = password_in(person), password_in(person)
    first.post(reverse("staff-password"), {"password": "another long one here"})
    assert first.get("/staff/").status_code == 200
    assert second.get("/staff/").status_code == 404


def test_a_password_that_is_too_plain_is_refused_beside_the_field(person: Person) -> None:
    said = signed_in(person).post(reverse("staff-password"), {"password": "password1234"})
    assert said.status_code == 400
    assert "at least 12 signs" in said.text
    assert "password1234" not in said.text


def test_a_password_can_be_removed(person: Person) -> None:
    signed_in(person).post(reverse("staff-password"), {"password": LONG})
    client = password_in(person)
    client.post(reverse("staff-password"), {"drop": "on"})
    assert "You have no password" in client.get(reverse("staff-account")).text
    sent = {"name": person.account, "password": LONG}
    assert Browser().post(reverse("staff-sign-in-password"), sent).status_code == 400


def test_recovery_codes_are_shown_once_and_open_once(person: Person) -> None:
    client = signed_in(person)
    page = reverse("staff-recovery-codes")
    assert "<li>" not in client.get(page).text.partition("<main")[2].partition("</main>")[0]
    codes = re.findall(r"<li>((?:[A-Z2-9]{5}-?){4})</li>", client.post(page).text)
    assert len(codes) == 8
    assert codes[0] not in client.get(page).text
    for expected in (302, 400):
        assert Browser().post(reverse("staff-sign-in-recovery"), {"code": codes[0]}).status_code == expected
    assert "7 codes left" in client.get(reverse("staff-account")).text


def test_signing_out_everywhere_ends_every_browser(person: Person, theirs: StaffWorld) -> None:
    elsewhere, here = signed_in(person), signed_in(person)
    other = signed_in(theirs.people[RoleKind.STEWARD])
    assert here.get(reverse("staff-account")).text.count("Since ") == 2
    here.post(reverse("staff-sign-out-everywhere"))
    assert [client.get("/staff/").status_code for client in (elsewhere, here, other)] == [404, 404, 200]


def in_both(ours: StaffWorld, theirs: StaffWorld) -> Client:
    """Signed in by a way of one's own, with an account in each organisation."""
    mine, other = ours.people[RoleKind.STEWARD], theirs.people[RoleKind.FACILITATOR]
    client = signed_in(mine)
    client.post(reverse("staff-password"), {"password": LONG})
    sent = {"account": other.account, "code": other.code}
    assert client.post(reverse("staff-another-organisation"), sent).status_code == 302
    return password_in(mine)


def test_with_two_organisations_one_is_chosen_and_the_other_is_not_seen(
    ours: StaffWorld, theirs: StaffWorld
) -> None:
    client = in_both(ours, theirs)
    assert client.get("/staff/")["Location"] == reverse("staff-organisations")
    other = theirs.people[RoleKind.FACILITATOR].account
    client.post(reverse("staff-organisations"), {"account": other})
    page = client.get("/staff/").text
    assert "Facilitator of Theirs" in page
    assert "Ours" not in page
    client.post(reverse("staff-organisations"), {"account": ours.people[RoleKind.STEWARD].account})
    assert "Steward of Ours" in client.get("/staff/").text


def test_nobody_chooses_an_account_that_is_not_theirs(ours: StaffWorld, theirs: StaffWorld) -> None:
    client = in_both(ours, theirs)
    client.post(reverse("staff-organisations"), {"account": theirs.people[RoleKind.STEWARD].account})
    assert client.get("/staff/")["Location"] == reverse("staff-organisations")


def test_a_printed_code_opens_its_own_organisation_alone(ours: StaffWorld, theirs: StaffWorld) -> None:
    """Whoever printed the code of one organisation does not reach the other."""
    in_both(ours, theirs)
    client = signed_in(theirs.people[RoleKind.FACILITATOR])
    for name in ("staff-home", "staff-account", "staff-organisations"):
        assert "Ours" not in client.get(reverse(name)).text
    client.post(reverse("staff-organisations"), {"account": ours.people[RoleKind.STEWARD].account})
    assert "Facilitator of Theirs" in client.get("/staff/").text


def test_an_account_of_the_same_organisation_is_not_added(ours: StaffWorld) -> None:
    client = signed_in(ours.people[RoleKind.STEWARD])
    second = ours.people[RoleKind.REPRESENTATIVE]
    sent = {"account": second.account, "code": second.code}
    said = client.post(reverse("staff-another-organisation"), sent)
    assert said.status_code == 400
    assert "one person has one account there" in said.text


def test_a_passkey_is_made_used_and_removed(person: Person) -> None:
    key = SoftPasskey()
    client = signed_in(person)
    made = key.make(client.post(reverse("staff-add-passkey-options")).json())
    sent = {"credential": made, "name": "  my   phone "}
    assert client.post(reverse("staff-add-passkey"), sent)["Location"] == reverse("staff-account")
    fresh = Browser()
    signed = key.sign(fresh.post(reverse("staff-sign-in-passkey-options")).json())
    said = fresh.post(reverse("staff-sign-in-passkey"), {"credential": signed})
    assert (said.status_code, said["Location"]) == (302, reverse("staff-home"))
    page = fresh.get(reverse("staff-account")).text
    assert "my phone" in page
    (number,) = re.findall(r'name="number" value="(\d+)"', page)
    fresh.post(reverse("staff-drop-passkey"), {"number": number})
    again = Browser()
    signed = key.sign(again.post(reverse("staff-sign-in-passkey-options")).json())
    assert again.post(reverse("staff-sign-in-passkey"), {"credential": signed}).status_code == 400


def with_passkey(person: Person) -> SoftPasskey:
    key = SoftPasskey()
    client = signed_in(person)
    made = key.make(client.post(reverse("staff-add-passkey-options")).json())
    assert client.post(reverse("staff-add-passkey"), {"credential": made}).status_code == 302
    return key


def test_what_a_passkey_signed_opens_once_and_in_one_browser(person: Person) -> None:
    key = with_passkey(person)
    asked, other = Browser(), Browser()
    options = asked.post(reverse("staff-sign-in-passkey-options")).json()
    other.post(reverse("staff-sign-in-passkey-options"))
    signed = {"credential": key.sign(options)}
    assert other.post(reverse("staff-sign-in-passkey"), signed).status_code == 400
    assert asked.post(reverse("staff-sign-in-passkey"), signed).status_code == 302
    asked.post(reverse("staff-sign-out"))
    assert asked.post(reverse("staff-sign-in-passkey"), signed).status_code == 400


@pytest.mark.parametrize("damage", ["origin", "unverified", "signature", "handle"])
def test_a_passkey_from_elsewhere_or_without_its_owner_opens_nothing(person: Person, damage: str) -> None:
    key = with_passkey(person)
    client = Browser()
    options = client.post(reverse("staff-sign-in-passkey-options")).json()
    said = client.post(reverse("staff-sign-in-passkey"), {"credential": key.sign(options, damage=damage)})
    assert said.status_code == 400
    assert client.get("/staff/").status_code == 404


@pytest.mark.parametrize("damage", ["origin", "unverified"])
def test_a_passkey_made_elsewhere_or_without_its_owner_is_not_kept(person: Person, damage: str) -> None:
    client = signed_in(person)
    made = SoftPasskey().make(client.post(reverse("staff-add-passkey-options")).json(), damage=damage)
    said = client.post(reverse("staff-add-passkey"), {"credential": made})
    assert (said.status_code, "could not be made" in said.text) == (400, True)


@pytest.mark.parametrize("sent", ["", "{}", "[]", "null", "1", '{"id": 1}', '{"response": {}}', "x" * 10_000])
def test_what_no_browser_sends_is_refused_calmly(person: Person, sent: str) -> None:
    client = Browser()
    client.post(reverse("staff-sign-in-passkey-options"))
    assert client.post(reverse("staff-sign-in-passkey"), {"credential": sent}).status_code == 400
    own = signed_in(person)
    own.post(reverse("staff-add-passkey-options"))
    assert own.post(reverse("staff-add-passkey"), {"credential": sent}).status_code == 400


def test_a_passkey_of_one_person_is_not_removed_by_another(person: Person, theirs: StaffWorld) -> None:
    with_passkey(person)
    other = signed_in(theirs.people[RoleKind.STEWARD])
    for number in ("1", "x", "", "9" * 40):
        other.post(reverse("staff-drop-passkey"), {"number": number})
    assert "added on" in signed_in(person).get(reverse("staff-account")).text
    assert Session.objects.count() == 3
