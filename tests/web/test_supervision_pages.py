"""Pages about supervision: what comes next, meetings, preparing, a guide with times, one's own calendar."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.supervision.pairs import agreed
from tests.web.staff_world import Browser, StaffWorld, ours, quick, signed_in, theirs

from replenish.basis import clock
from replenish.people.record_keys import make_key, opened_key
from replenish.people.roles import RoleKind
from replenish.sealing.record_key import RecordSecret
from replenish.supervision.meetings import FellThrough, When, call_off, plan_meeting
from replenish.supervision.models import CalendarKey, Meeting, Note, Notebook
from replenish.supervision.notebook import begin_notebook, read_notebook
from replenish.web.staff.records import opened

__all__ = ["ours", "quick", "theirs"]

SUPERVISOR, SUPERVISEE, OTHER = RoleKind.SUPERVISOR, RoleKind.DEPUTY, RoleKind.STEWARD
EVERY = [
    "", "-held", "-meeting", "-plan", "-prepare", "-move", "-again", "-call-off", "-calendar", "-file",
    "-guide", "-session", "-rhythms",
]  # fmt: skip


def pair(world: StaffWorld, **said: object) -> str:
    parties = {world.people[SUPERVISOR].account: "supervisor", world.people[SUPERVISEE].account: "supervisee"}
    return agreed(world.organisation, world.unit, parties, **said)  # type: ignore[arg-type]


def meeting_of(world: StaffWorld, agreement: str, days: int = 7) -> str:
    when = When(clock.today() + timedelta(days), "14:00", "Quiet room", "in-person")
    asker = world.asker(SUPERVISEE)
    once = secrets.token_hex(16)
    return plan_meeting(asker=asker, agreement=agreement, when=when, due_on=None, once=once)


def key_on(page: str) -> str:
    return str(re.findall(r'name="once" value="([0-9a-f]{32})"', page)[0])


def form(client: Browser, name: str, asked: dict[str, str], **changes: str) -> dict[str, str]:
    page = client.get(reverse(name), asked).text
    day = (clock.today() + timedelta(days=5)).isoformat()
    said = {"day": day, "begins": "10:00", "medium": "video", "place": "", "due": "none"}
    return {**asked, "once": key_on(page), **said, **changes}


def open_records(monkeypatch: pytest.MonkeyPatch, world: StaffWorld, *roles: RoleKind) -> None:
    """Let their records stand open in every browser; how they are opened is tested by itself."""
    held = {}
    for role in roles:
        asker, secret = world.asker(role), RecordSecret.new()
        make_key(asker=asker, secret=secret)
        begin_notebook(asker)
        held[asker.account] = secret
    monkeypatch.setattr(opened, "opened", lambda _request, asker: held.get(asker.account))


@pytest.mark.django_db
def test_a_stranger_finds_nothing() -> None:
    for name in EVERY:
        address = reverse(f"staff-supervision{name}")
        assert Client().get(address).status_code == Client().post(address).status_code == 404


def test_without_an_agreement_each_page_says_what_will_stand_there(ours: StaffWorld) -> None:
    client = signed_in(ours.people[OTHER])
    for name in EVERY:
        said = client.get(reverse(f"staff-supervision{name}"))
        assert said.status_code == 200
    assert "Once an agreement holds, the next meeting stands here." in client.get("/staff/supervision/").text


def test_a_supervisor_without_own_supervision_is_told_so_gently(ours: StaffWorld) -> None:
    pair(ours)
    page = signed_in(ours.people[SUPERVISOR]).get(reverse("staff-supervision")).text
    assert "Those who support others need support too." in page
    assert "You supervise Deputy of Ours" in page


def test_a_meeting_is_planned_once_however_often_it_is_sent(ours: StaffWorld) -> None:
    agreement = pair(ours)
    client = signed_in(ours.people[SUPERVISEE])
    sent = form(client, "staff-supervision-plan", {"agreement": agreement})
    first = client.post(reverse("staff-supervision-plan"), sent)
    again = client.post(reverse("staff-supervision-plan"), sent)
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    assert Meeting.objects.count() == 1
    assert "10:00" in client.get(first["Location"]).text
    assert "10:00" in signed_in(ours.people[SUPERVISOR]).get(reverse("staff-supervision")).text


def test_the_form_offers_what_is_due_and_plans_for_it(ours: StaffWorld) -> None:
    agreement = pair(ours)
    client = signed_in(ours.people[SUPERVISEE])
    page = client.get(reverse("staff-supervision-plan"), {"agreement": agreement}).text
    due = re.findall(r'<option value="(\d{4}-\d\d-\d\d)"', page)
    sent = form(client, "staff-supervision-plan", {"agreement": agreement}, due=due[0])
    assert client.post(reverse("staff-supervision-plan"), sent).status_code == 302
    later = client.get(reverse("staff-supervision-plan"), {"agreement": agreement}).text
    assert due[0] not in re.findall(r'<option value="(\d{4}-\d\d-\d\d)"', later)


def test_what_cannot_be_is_said_beside_its_field(ours: StaffWorld) -> None:
    client, agreement = signed_in(ours.people[SUPERVISEE]), pair(ours)
    for field, value in (
        ("day", "soon"), ("day", "2020-01-01"), ("begins", "2"), ("medium", "pigeon"), ("due", "2020-01-01"),
    ):  # fmt: skip
        sent = form(client, "staff-supervision-plan", {"agreement": agreement}, **{field: value})
        answer = client.post(reverse("staff-supervision-plan"), sent)
        assert answer.status_code == 400
        assert f'href="#{field}"' in answer.text
        assert 'aria-invalid="true"' in answer.text
        assert key_on(answer.text) == sent["once"], "the same form, so that a retry stays harmless"
    assert not Meeting.objects.exists()


def test_a_meeting_is_moved_then_called_off_then_booked_again(ours: StaffWorld) -> None:
    meeting = meeting_of(ours, pair(ours))
    client = signed_in(ours.people[SUPERVISOR])
    why = {"side": "organisation", "reason": "short-staffed"}
    sent = form(client, "staff-supervision-move", {"meeting": meeting}, **why)
    moved = client.post(reverse("staff-supervision-move"), sent)
    assert moved["Location"] == client.post(reverse("staff-supervision-move"), sent)["Location"]
    assert (
        "Moved to another day" in client.get(reverse("staff-supervision-meeting"), {"meeting": meeting}).text
    )
    anew = re.findall(r"meeting=([0-9a-f]{32})", moved["Location"])[0]
    off = client.post(reverse("staff-supervision-call-off"), {"meeting": anew, **why})
    assert off.status_code == 302
    page = client.get(reverse("staff-supervision")).text
    assert "Book again" in page
    sent = form(client, "staff-supervision-again", {"meeting": anew})
    assert client.post(reverse("staff-supervision-again"), sent).status_code == 302
    assert "Book again" not in client.get(reverse("staff-supervision")).text
    assert Meeting.objects.count() == 3


def test_a_side_must_be_chosen(ours: StaffWorld) -> None:
    meeting = meeting_of(ours, pair(ours))
    client = signed_in(ours.people[SUPERVISOR])
    answer = client.post(reverse("staff-supervision-call-off"), {"meeting": meeting, "reason": "other"})
    assert answer.status_code == 400
    assert 'href="#side"' in answer.text


def test_others_and_another_organisation_find_nothing(ours: StaffWorld, theirs: StaffWorld) -> None:
    agreement = pair(ours)
    meeting = meeting_of(ours, agreement)
    call_off(asker=ours.asker(SUPERVISOR), meeting=meeting, why=FellThrough("supervisor", "away"))
    for client in (signed_in(ours.people[OTHER]), signed_in(theirs.people[SUPERVISOR])):
        for name in EVERY:
            said = client.get(
                reverse(f"staff-supervision{name}"), {"meeting": meeting, "agreement": agreement}
            )
            assert "Quiet room" not in said.text
            assert "Deputy of Ours" not in said.text.replace("Signed in as Deputy of Ours", "")
            assert said.status_code in (200, 409)


def test_what_is_prepared_is_sealed_and_shared_by_a_press_alone(
    ours: StaffWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = meeting_of(ours, pair(ours))
    open_records(monkeypatch, ours, SUPERVISOR, SUPERVISEE)
    client, other = signed_in(ours.people[SUPERVISEE]), signed_in(ours.people[SUPERVISOR])
    address = reverse("staff-supervision-prepare")
    said = {"meeting": meeting, "text": "The night of the long corridor", "read": "", "version": "0"}
    assert client.post(address, said).status_code == 302
    assert "long corridor" in client.get(address, {"meeting": meeting}).text
    assert "long corridor" not in other.get(address, {"meeting": meeting}).text
    assert not Note.objects.exists()
    shared = {**said, "read": said["text"], "what": "share"}
    assert client.post(address, shared).status_code == 302
    assert client.post(address, shared).status_code == 302, "the answer was lost, and it is sent again"
    assert Note.objects.get().version == 1
    page = other.get(address, {"meeting": meeting}).text
    assert "long corridor" in page
    assert "Deputy of Ours" in page
    for row in (*Notebook.objects.values_list("sealed", flat=True), bytes(Note.objects.get().sealed)):
        assert b"corridor" not in bytes(row)


def test_words_of_two_windows_both_stand_there_and_none_is_lost(
    ours: StaffWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = meeting_of(ours, pair(ours))
    open_records(monkeypatch, ours, SUPERVISOR, SUPERVISEE)
    client, address = signed_in(ours.people[SUPERVISEE]), reverse("staff-supervision-prepare")
    said = {"meeting": meeting, "read": "", "version": "0"}
    assert client.post(address, {**said, "text": "The first words"}).status_code == 302
    stale = client.post(address, {**said, "text": "The other words", "what": "share"})
    assert stale.status_code == 400
    assert "The first words" in stale.text
    assert ">The other words</textarea>" in stale.text
    read = re.findall(r'name="read" value="([^"]*)"', stale.text)[0]
    again = {**said, "read": read, "text": "The first and the other words"}
    assert client.post(address, again).status_code == 302
    assert "The first and the other words</textarea>" in client.get(address, {"meeting": meeting}).text


def test_what_is_too_long_is_not_cut_off(ours: StaffWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = meeting_of(ours, pair(ours))
    open_records(monkeypatch, ours, SUPERVISOR, SUPERVISEE)
    client = signed_in(ours.people[SUPERVISEE])
    sent = {"meeting": meeting, "text": "x" * 8_001, "read": "", "version": "0"}
    answer = client.post(reverse("staff-supervision-prepare"), sent)
    assert answer.status_code == 400
    assert "x" * 8_001 in answer.text
    empty = client.post(reverse("staff-supervision-prepare"), {**sent, "text": " ", "what": "share"})
    assert empty.status_code == 400


def test_preparing_without_a_phrase_gives_the_questions_and_keeps_nothing(ours: StaffWorld) -> None:
    meeting = meeting_of(ours, pair(ours))
    client = signed_in(ours.people[SUPERVISEE])
    page = client.get(reverse("staff-supervision-prepare"), {"meeting": meeting}).text
    assert "What do you want to leave with?" in page
    assert "you need a record phrase" in page
    assert "<textarea" not in page


def test_the_calendar_names_nobody_unless_its_owner_chose_so(ours: StaffWorld) -> None:
    meeting_of(ours, pair(ours))
    client = signed_in(ours.people[SUPERVISEE])

    def made(**said: str) -> str:
        page = client.post(reverse("staff-supervision-calendar"), said).text
        return str(re.findall(r"/calendar/supervision/[0-9a-f]{32}\.ics", page)[0])

    first = made()
    plain = Client().get(first)
    assert plain["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:Supervision\r\n" in plain.text
    assert "DTSTART:" in plain.text
    assert "Ours" not in plain.text
    assert not plain.cookies
    named = made(names="yes")
    assert "Supervision with Supervisor of Ours" in Client().get(named).text
    assert Client().get(first).status_code == 404, "a new address ends the earlier one"
    row = CalendarKey.objects.get()
    assert row.key not in named, "a copy of the table opens nobody's calendar"
    client.post(reverse("staff-supervision-calendar"), {"what": "end"})
    assert Client().get(named).status_code == 404


def test_a_meeting_is_handed_on_as_a_file(ours: StaffWorld) -> None:
    meeting = meeting_of(ours, pair(ours))
    client = signed_in(ours.people[SUPERVISEE])
    one = client.get(reverse("staff-supervision-file"), {"meeting": meeting}).text
    day = (clock.today() + timedelta(days=7)).isoformat().replace("-", "")
    assert f"DTSTART:{day}T140000\r\nDTEND:{day}T150000\r\n" in one
    assert "Ours" not in one


FACTS = {
    "minutes": "55", "interrupted": "no", "reflective_kept": "yes", "wellbeing_offered": "yes",
    "functions": ["restorative", "formative"], "raised": "2", "closed": "1",
}  # fmt: skip


def test_one_writes_down_that_they_met_and_the_other_confirms(ours: StaffWorld) -> None:
    meeting = meeting_of(ours, pair(ours), days=0)
    client, other = signed_in(ours.people[SUPERVISOR]), signed_in(ours.people[SUPERVISEE])
    address, page = reverse("staff-supervision-held"), reverse("staff-supervision-meeting")
    sent = {"meeting": meeting, **FACTS}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302, "sent again, it is the same"
    row = Meeting.objects.get()
    assert (row.state, row.minutes, row.reflective_kept, row.raised) == ("held", 55, True, 2)
    assert row.functions == ["formative", "restorative"], "in the order of the list"
    assert "This is how it was" not in client.get(page, {"meeting": meeting}).text
    assert "This is how it was" in other.get(page, {"meeting": meeting}).text
    changed = other.post(address, {**sent, "minutes": "50", "what": "confirm"})
    assert changed.status_code == 409, "what is confirmed is what was read"
    assert other.post(address, {**sent, "what": "confirm"}).status_code == 302
    assert "This is how it was" not in other.get(page, {"meeting": meeting}).text
    assert client.post(address, {**sent, "minutes": "50"}).status_code == 409, "all confirmed, so it stays"
    assert Meeting.objects.get().minutes == 55


def test_a_correction_asks_the_other_to_confirm_anew(ours: StaffWorld) -> None:
    meeting = meeting_of(ours, pair(ours), days=0)
    client, other = signed_in(ours.people[SUPERVISOR]), signed_in(ours.people[SUPERVISEE])
    address, page = reverse("staff-supervision-held"), reverse("staff-supervision-meeting")
    client.post(address, {"meeting": meeting, **FACTS})
    other.post(address, {"meeting": meeting, **FACTS, "reflective_kept": "no"})
    assert Meeting.objects.get().reflective_kept is False
    assert "This is how it was" in client.get(page, {"meeting": meeting}).text


def test_facts_that_cannot_be_are_said_beside_their_field(ours: StaffWorld) -> None:
    meeting = meeting_of(ours, pair(ours), days=0)
    client = signed_in(ours.people[SUPERVISOR])
    for field, value in (
        ("minutes", "0"), ("minutes", "many"), ("minutes", "٥٥"), ("minutes", "900"), ("interrupted", ""),
        ("reflective_kept", "maybe"), ("functions", "gossip"), ("raised", "99"), ("closed", "-1"),
    ):  # fmt: skip
        answer = client.post(reverse("staff-supervision-held"), {"meeting": meeting, **FACTS, field: value})
        assert answer.status_code == 400
        assert f'href="#{field}"' in answer.text
    assert Meeting.objects.get().state == "planned"


def test_what_is_to_come_or_fell_through_has_no_facts(ours: StaffWorld) -> None:
    agreement = pair(ours)
    client = signed_in(ours.people[SUPERVISOR])
    to_come, off = meeting_of(ours, agreement, days=3), meeting_of(ours, agreement, days=0)
    call_off(asker=ours.asker(SUPERVISOR), meeting=off, why=FellThrough("supervisor", "away"))
    for meeting in (to_come, off):
        sent = client.post(reverse("staff-supervision-held"), {"meeting": meeting, **FACTS})
        assert sent.status_code == 409


def test_home_is_read_in_a_few_questions(
    ours: StaffWorld, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(ours.people[SUPERVISOR])
    agreements = [pair(ours) for _ in range(3)]
    client.get(reverse("staff-supervision"))
    with django_assert_max_num_queries(25) as few:
        client.get(reverse("staff-supervision"))
    for agreement in agreements:
        for days in range(6):
            meeting_of(ours, agreement, days)
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("staff-supervision"))


def test_a_notebook_opens_with_its_own_phrase(ours: StaffWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    asker, secret = ours.asker(SUPERVISEE), RecordSecret.new()
    make_key(asker=asker, secret=secret)
    begin_notebook(asker)
    assert read_notebook(asker, opened_key(asker, secret)) == ()


def test_a_steward_changes_a_rhythm_and_everybody_reads_why(ours: StaffWorld) -> None:
    client = signed_in(ours.people[OTHER])
    address = reverse("staff-supervision-change-rhythm")
    said = {
        "rhythm": "anywhere-monthly",
        "unit": ours.unit,
        "weeks": "2",
        "minutes": "60",
        "from_day": clock.today().isoformat(),
        "why": "Much is <carried> here",
    }
    for field, value in (("weeks", "99"), ("minutes", "x"), ("from_day", "2020-01-01"), ("why", "")):
        answer = client.post(address, {**said, field: value})
        assert answer.status_code == 400
        assert f'href="#{field}"' in answer.text
    assert client.post(address, said).status_code == 302
    assert client.post(address, {**said, "unit": "whole"}).status_code == 404
    page = signed_in(ours.people[SUPERVISEE]).get(reverse("staff-supervision-rhythms")).text
    assert "Here, for Oak" in page
    assert "Much is &lt;carried&gt; here" in page
    assert "Change it for a part" not in page
    assert signed_in(ours.people[SUPERVISEE]).get(address).status_code == 404
