"""People who act for an organisation: appointed, handed a sheet once, and let go, by pages."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.urls import reverse
from pytest_django import Settings
from tests.web.staff_world import Browser, Person, StaffWorld, ours, quick, signed_in, theirs

from replenish.basis import clock
from replenish.ledger.queries import entries
from replenish.people.actions import appoint, end_role, propose_headcount
from replenish.people.models import Account, Login
from replenish.people.pending import pending_proposals
from replenish.people.queries import account_by_code, accounts
from replenish.people.roles import RoleKind
from replenish.web.staff import mailed
from replenish.web.staff.accounts.who import mark_of

__all__ = ["ours", "quick", "theirs"]

CODE = re.compile(r"(?:[A-Z2-9]{5}-){3}[A-Z2-9]{5}")
APPOINT, PERSON, END = reverse("staff-appoint"), reverse("staff-person"), reverse("staff-end-part")

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(ours: StaffWorld) -> Browser:
    return signed_in(ours.people[RoleKind.OPERATOR])


def asked(role: str = "representative", name: str = "Robin Hale", **more: str) -> dict[str, str]:
    return {"name": name, "role": role, "unit": "", "day": "", **more}


def mark(world: StaffWorld, role: RoleKind) -> str:
    return mark_of(world.people[role].account)


def parts_of(world: StaffWorld, role: RoleKind) -> list[str]:
    account = world.people[role].account
    return [part.kind for one in accounts(world.organisation) if one.account == account for part in one.roles]


def kept_in_session(client: Browser) -> str:
    return str(dict(client.session.items()))


def code_on(text: str) -> str:
    found = CODE.search(text)
    assert found
    return found[0]


def test_everybody_reads_who_has_which_part_and_nothing_that_signs_in(
    ours: StaffWorld, theirs: StaffWorld
) -> None:
    for role in RoleKind:
        said = signed_in(ours.people[role]).get(reverse("staff-people"))
        for other in RoleKind:
            assert f"{other.label} of Ours" in said.text
        assert "Theirs" not in said.text
        assert not any(person.account in said.text for person in ours.people.values())
        assert ("Appoint somebody" in said.text) == (role is RoleKind.OPERATOR)


def test_somebody_new_gets_a_sheet_that_opens_their_account_and_is_shown_once(
    ours: StaffWorld, operator: Browser
) -> None:
    said = operator.post(APPOINT, asked())
    assert said.status_code == 200
    code = code_on(said.text)
    (made,) = [one for one in accounts(ours.organisation) if one.name == "Robin Hale"]
    assert account_by_code(made.account, code).account == made.account
    for words in ("You speak for the staff", "Nobody sees what one person answered", "<svg", made.account):
        assert words in said.text
    assert said["Cache-Control"] == "no-store"
    for later in (operator.get(APPOINT), operator.get(reverse("staff-people")), operator.get(PERSON)):
        assert code not in later.text
    assert "way" in kept_in_session(operator)
    assert code not in kept_in_session(operator)
    assert signed_in(Person(made.account, code)).get("/staff/").status_code == 200


def test_the_same_form_twice_makes_nobody_twice(ours: StaffWorld, operator: Browser) -> None:
    operator.post(APPOINT, asked())
    before = entries(ours.organisation)
    said = operator.post(APPOINT, asked())
    assert (said.status_code, "Somebody of this name is there already" in said.text) == (400, True)
    assert entries(ours.organisation) == before
    (made,) = [one for one in accounts(ours.organisation) if one.name == "Robin Hale"]
    assert made.account not in said.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "Write the person"),
        ({"role": ""}, "Choose a part"),
        ({"role": "king"}, "Choose a part"),
        ({"day": "soon"}, "This is no day"),
        ({"day": "2001-01-01"}, "is over"),
        ({"name": "a\tb"}, "on one line"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_done(
    ours: StaffWorld, operator: Browser, changed: dict[str, str], said: str
) -> None:
    before = entries(ours.organisation)
    answer = operator.post(APPOINT, asked(**changed))
    assert (answer.status_code, said in answer.text) == (400, True)
    assert entries(ours.organisation) == before


def test_a_part_for_a_unit_and_never_for_one_of_theirs(
    ours: StaffWorld, theirs: StaffWorld, operator: Browser
) -> None:
    assert operator.post(APPOINT, asked("steward", "Sam Field", unit=ours.unit)).status_code == 200
    assert operator.post(APPOINT, asked("steward", "Kim", unit=theirs.unit)).status_code == 404
    assert operator.post(APPOINT, asked("representative", "Kim", unit=ours.unit)).status_code == 400
    there = asked("operator", "", person=mark(theirs, RoleKind.STEWARD))
    assert operator.post(APPOINT, there).status_code == 404


def test_another_part_for_somebody_who_is_there(ours: StaffWorld, operator: Browser) -> None:
    person = mark(ours, RoleKind.FACILITATOR)
    assert "another part" in operator.get(APPOINT, {"person": person}).text
    said = operator.post(APPOINT, asked("supervisor", person=person))
    assert (said.status_code, said["Location"]) == (302, f"{PERSON}?person={person}")
    assert sorted(parts_of(ours, RoleKind.FACILITATOR)) == ["facilitator", "supervisor"]


@pytest.mark.parametrize(
    ("there", "wanted"),
    [
        (RoleKind.DEPUTY, "representative"),
        (RoleKind.REPRESENTATIVE, "deputy"),
        (RoleKind.STEWARD, "representative"),
        (RoleKind.REPRESENTATIVE, "steward"),
    ],
)
def test_the_two_sides_stay_two_people(
    ours: StaffWorld, operator: Browser, there: RoleKind, wanted: str
) -> None:
    said = operator.post(APPOINT, asked(wanted, person=mark(ours, there)))
    assert (said.status_code, "at once" in said.text) == (400, True)
    assert parts_of(ours, there) == [there.value]


def test_nobody_appoints_themselves(ours: StaffWorld, operator: Browser) -> None:
    said = operator.post(APPOINT, asked("steward", person=mark(ours, RoleKind.OPERATOR)))
    assert said.status_code == 404
    assert "Give another part" not in operator.get(PERSON).text


def test_a_letter_goes_only_where_there_is_mail_and_its_address_is_kept_nowhere(
    ours: StaffWorld, operator: Browser, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[EmailMessage] = []
    monkeypatch.setattr(mailed, "post", sent.append)
    assert "mail server" not in operator.post(APPOINT, asked(name="One", email="one@example.org")).text
    assert sent == []
    settings.REPLENISH_MAIL = True
    wrong = operator.post(APPOINT, asked(name="Two", email="nowhere"))
    assert (wrong.status_code, "no e-mail address" in wrong.text) == (400, True)
    said = operator.post(APPOINT, asked(name="Two", email=" Two@Example.org "))
    assert "handed to the mail server" in said.text
    (letter,) = sent
    assert (letter.to, code_on(said.text) in str(letter.body)) == (["two@example.org"], True)
    assert "staff/sign-in" in str(letter.body)
    assert not Login.objects.filter(email__isnull=False).exists()
    kept = str(list(Account.objects.values())) + str(entries(ours.organisation))
    assert "example.org" not in kept + kept_in_session(operator)
    assert mail.outbox == []


def test_a_part_is_ended_after_a_page_that_says_what_ends(ours: StaffWorld, operator: Browser) -> None:
    propose_headcount(asker=ours.asker(RoleKind.STEWARD), people={ours.unit: 9})
    form = {"person": mark(ours, RoleKind.STEWARD), "role": "steward", "unit": ours.unit}
    page = operator.get(END, form)
    assert "ends with it" in page.text
    assert "No other steward" in page.text
    assert parts_of(ours, RoleKind.STEWARD) == ["steward"]
    assert operator.post(END, form)["Location"] == f"{PERSON}?person={form['person']}"
    assert parts_of(ours, RoleKind.STEWARD) == []
    assert pending_proposals(ours.organisation) == ()
    before = entries(ours.organisation)
    assert operator.post(END, form).status_code == 302
    assert entries(ours.organisation) == before
    assert operator.get(END, form).status_code == 404


def test_a_representative_resigns_and_reads_what_now_waits(ours: StaffWorld) -> None:
    propose_headcount(asker=ours.asker(RoleKind.STEWARD), people={ours.unit: 9})
    client = signed_in(ours.people[RoleKind.REPRESENTATIVE])
    assert "End it" in client.get(END).text
    page = client.get(END, {"role": "representative", "unit": ""})
    for words in (
        "All that waits for a second key ends",
        "Nobody can then confirm",
        "A leader does not choose",
    ):
        assert words in page.text
    assert client.post(END, {"role": "representative", "unit": ""}).status_code == 302
    assert pending_proposals(ours.organisation) == ()
    for role in (RoleKind.REPRESENTATIVE, RoleKind.STEWARD):
        said = signed_in(ours.people[role]).get(reverse("staff-people"))
        assert "No representative is there today" in said.text
        assert "Check-ins, rounds and reports go on" in said.text
    named = signed_in(ours.people[RoleKind.OPERATOR]).post(APPOINT, asked())
    assert named.status_code == 200
    assert "No representative" not in client.get(reverse("staff-people")).text


def test_a_part_that_has_not_begun_is_called_off(ours: StaffWorld, operator: Browser) -> None:
    tomorrow = clock.today().replace(year=clock.today().year + 1).isoformat()
    person = mark(ours, RoleKind.SUPERVISOR)
    operator.post(APPOINT, asked("facilitator", person=person, day=tomorrow))
    assert "Call it off" in operator.get(PERSON, {"person": person}).text
    form = {"person": person, "role": "facilitator", "unit": ""}
    assert "It has not begun" in operator.get(END, form).text
    operator.post(END, form)
    assert parts_of(ours, RoleKind.SUPERVISOR) == ["supervisor"]


@pytest.mark.parametrize("role", [kind for kind in RoleKind if kind is not RoleKind.OPERATOR])
def test_one_ends_ones_own_and_nobody_elses(ours: StaffWorld, theirs: StaffWorld, role: RoleKind) -> None:
    client = signed_in(ours.people[role])
    other = RoleKind.OPERATOR
    for world, kind in ((ours, other), (theirs, other), (theirs, role)):
        form = {"person": mark(world, kind), "role": kind.value, "unit": ""}
        for address in (END, reverse("staff-end-account")):
            assert client.get(address, form).status_code == 404
            assert client.post(address, form).status_code == 404
        assert parts_of(world, kind) == [kind.value]
    assert client.post(reverse("staff-end-account"))["Location"] == reverse("staff-signed-out")
    assert client.get("/staff/").status_code == 404
    assert Account.objects.get(pk=ours.people[role].account).left_on is not None


def test_the_operator_ends_an_account_once(ours: StaffWorld, theirs: StaffWorld, operator: Browser) -> None:
    address, form = reverse("staff-end-account"), {"person": mark(ours, RoleKind.STEWARD)}
    assert "no way back" in operator.get(address, form).text
    for _time in range(2):
        assert operator.post(address, form)["Location"] == reverse("staff-people")
    assert [one.event for one in entries(ours.organisation)].count("account_ended") == 1
    assert operator.post(address, {"person": mark(theirs, RoleKind.STEWARD)}).status_code == 404
    assert operator.post(address, {"person": "nobody"}).status_code == 404


def test_the_last_operator_is_told(ours: StaffWorld, operator: Browser) -> None:
    page = operator.get(END, {"role": "operator", "unit": ""})
    assert "at the command line alone" in page.text
    appoint(asker=ours.operator, name="Second", role="operator")
    assert "at the command line alone" not in operator.get(END, {"role": "operator", "unit": ""}).text
    assert operator.post(END, {"role": "operator", "unit": ""}).status_code == 302
    assert operator.get(APPOINT).status_code == 404


def test_a_new_code_for_another_and_never_for_oneself(
    ours: StaffWorld, theirs: StaffWorld, operator: Browser
) -> None:
    address, person = reverse("staff-new-code"), ours.people[RoleKind.STEWARD]
    assert "Steward of Ours" in operator.get(address).text
    said = operator.post(address, {"person": mark_of(person.account)})
    assert account_by_code(person.account, code_on(said.text)).account == person.account
    assert "The one before opens nothing" in said.text
    for world, role in ((ours, RoleKind.OPERATOR), (theirs, RoleKind.STEWARD)):
        assert operator.post(address, {"person": mark(world, role)}).status_code == 404


def test_a_role_that_ended_a_minute_ago_opens_nothing(ours: StaffWorld, operator: Browser) -> None:
    end_role(
        asker=ours.operator, account=ours.people[RoleKind.OPERATOR].account, role=RoleKind.OPERATOR.value
    )
    assert operator.post(APPOINT, asked()).status_code == 404
