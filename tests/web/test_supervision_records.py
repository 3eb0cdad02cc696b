"""Pages of supervision's records: what is explained first, who opens what, and every path that is lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings
from tests.supervision.sealed_pairs import meeting
from tests.web.records_world import (
    PAGES,
    RECORDS,
    Reader,
    agreed_on_pages,
    employed,
    form,
    reader_of,
    words_on,
)
from tests.web.staff_world import StaffWorld, ours, quick, theirs

from replenish.basis import clock
from replenish.people.actions import end_account
from replenish.people.roles import RoleKind
from replenish.sealing.secret import Secret
from replenish.supervision.agreements import end
from replenish.supervision.keeping import end_what_is_over
from replenish.supervision.models import Agreement, Note, Notebook
from replenish.web.staff.records.opened import COOKIE

__all__ = ["ours", "quick", "theirs"]

WORDS = "Ana brings one case less a week. Nia asks the rota."


@pytest.fixture
def supervisor(ours: StaffWorld) -> Reader:
    one = reader_of(ours, RoleKind.SUPERVISOR)
    one.make_phrase()
    return one


@pytest.fixture
def ana(ours: StaffWorld) -> Reader:
    one = employed(ours, "Ana Brook")
    one.make_phrase()
    return one


def write(by: Reader, agreement: str, of: str, text: str = WORDS, read: str = "0") -> int:
    return by.send("staff-note-write", agreement=agreement, meeting=of, text=text, read=read)


@pytest.mark.django_db
def test_a_stranger_finds_no_such_page() -> None:
    for name in (*RECORDS, *PAGES, "staff-records-close"):
        assert Client().get(reverse(name)).status_code == Client().post(reverse(name)).status_code == 404


def test_everybody_reads_first_what_is_written_down(client: Client, db: None) -> None:
    for language, words in (("en", "before"), ("es", "antes")):
        page = client.get("/understand/supervision-records/", headers={"accept-language": language}).text
        assert f"<strong>{words}</strong>" in page
        assert page.count("<h2") >= 5


def test_a_phrase_is_shown_once_typed_in_and_opens(ana: Reader) -> None:
    assert ana.client.get(reverse("staff-records-make")).status_code == 302, "shown once"
    assert "Your records are closed in this browser" in ana.page("staff-records")
    assert ana.open() == 302
    cookie = ana.client.cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/staff/", True, "Strict")
    assert not cookie["max-age"]
    assert not any(word in cookie.value for word in ana.phrase.split() if len(word) > 3)
    assert "Your records are open in this browser" in ana.page("staff-records")
    assert ana.send("staff-records-close") == 302
    assert "Your records are closed in this browser" in ana.page("staff-records")


def test_a_new_key_has_a_notebook_at_once(ana: Reader, supervisor: Reader) -> None:
    assert Notebook.objects.count() == 2


def test_on_an_encrypted_page_the_cookie_says_so(ana: Reader, settings: Settings) -> None:
    settings.REPLENISH_SECURE = True
    answer = ana.client.post(reverse("staff-records"), {"phrase": ana.phrase}, secure=True)
    (name,) = [name for name in answer.cookies if "records" in name]
    assert name.startswith("__Secure-")
    assert answer.cookies[name]["secure"]


def test_signing_out_closes_records_and_another_account_cannot_use_the_cookie(
    ours: StaffWorld, ana: Reader, supervisor: Reader
) -> None:
    ana.open()
    held = ana.client.cookies[COOKIE].value
    supervisor.client.cookies[COOKIE] = held
    assert "Your records are closed" in supervisor.page("staff-records")
    for address in ("staff-sign-out", "staff-sign-out-everywhere"):
        other = Reader(ana.asker, ana.client, ana.phrase)
        other.client.cookies[COOKIE] = held
        answer = other.client.post(reverse(address))
        assert answer.status_code in (302, 404)
        if answer.status_code == 302:
            assert answer.cookies[COOKIE].value == ""


@pytest.mark.parametrize("slip", ["", "one two", "key card", "other phrase"])
def test_what_does_not_open_is_said_and_never_shown_again(ana: Reader, slip: str) -> None:
    typed = {
        "key card": " ".join(Secret.new().words()),
        "other phrase": " ".join(reversed(ana.phrase.split())),
    }.get(slip, slip)
    answer = ana.client.post(reverse("staff-records"), {"phrase": typed})
    assert answer.status_code == 400
    assert 'href="#phrase"' in answer.text
    assert COOKIE not in answer.cookies
    if typed:
        assert typed not in answer.text


def test_other_words_for_the_same_key(ana: Reader) -> None:
    ana.open()
    before, old = ana.page("staff-records"), ana.phrase
    ana.phrase = words_on(ana.client.post(reverse("staff-records-new-words")).text)
    assert "open in this browser" in before
    assert ana.client.post(reverse("staff-records"), {"phrase": old}).status_code == 400
    assert ana.open() == 302


def test_nobody_agrees_before_reading_who_can_read_what(
    ours: StaffWorld, supervisor: Reader, ana: Reader
) -> None:
    page = ana.page("staff-agreement-propose")
    for said in ("What does not stay between you", "in great danger", "The organisation has nothing"):
        assert said.replace("in great danger", "danger of being seriously harmed") in page
    answer = ana.client.post(reverse("staff-agreement-propose"), form(ours, supervisor))
    agreement = str(answer.headers["Location"]).partition("agreement=")[2]
    for by in (ana, supervisor):
        refused = by.client.post(reverse("staff-agreement"), {"agreement": agreement, "version": "1"})
        assert refused.status_code == 400
        assert 'href="#limits"' in refused.text
    assert Agreement.objects.get().state == "proposed"
    assert "Waits for you" in supervisor.page("staff-agreements")
    for by in (ana, supervisor):
        assert by.send("staff-agreement", agreement=agreement, version="1", limits="read") == 302
    assert "What holds now" in ana.page("staff-agreement", agreement=agreement)


def test_a_proposal_that_cannot_be_keeps_what_was_typed(
    ours: StaffWorld, supervisor: Reader, ana: Reader
) -> None:
    sent = form(ours, supervisor, minutes="5", share="many", review_on="soon", functions=[], kind="trio")
    sent |= {"point-power": "", "words-medium": "The small hall"}
    answer = ana.client.post(reverse("staff-agreement-propose"), sent)
    assert answer.status_code == 400
    for field in ("share", "review_on", "functions", "point-power", "kind"):
        assert f'href="#{field}"' in answer.text
        assert f'id="{field}"' in answer.text
    assert 'value="The small hall"' in answer.text
    answer = ana.client.post(reverse("staff-agreement-propose"), form(ours, supervisor, minutes="5"))
    assert 'href="#minutes"' in answer.text
    for changes, field in (
        ({"supervisor": ana.asker.account or ""}, "supervisor"),
        ({"kind": "group"}, "others"),
        ({"kind": "external"}, "external"),
        ({"unit": "none"}, "unit"),
        ({"weeks": "40"}, "rhythm"),
        ({"review_on": "2040-01-01"}, "review_on"),
    ):
        refused = ana.client.post(reverse("staff-agreement-propose"), form(ours, supervisor, **changes))
        assert (refused.status_code, f'href="#{field}"' in refused.text) == (400, True), changes


def test_terms_change_when_all_agree(ours: StaffWorld, supervisor: Reader, ana: Reader) -> None:
    agreement = agreed_on_pages(ours, supervisor, ana)
    assert 'value="60"' in supervisor.page("staff-agreement-change", agreement=agreement)
    sent = form(ours, supervisor, minutes="90", agreement=agreement, version="1")
    assert supervisor.send("staff-agreement-change", **sent) == 302
    page = ana.page("staff-agreement", agreement=agreement)
    assert "Other terms that are proposed" in page
    assert "90 minutes" in page
    assert "60 minutes" in page
    stale = ana.client.post(reverse("staff-agreement-change"), sent)
    assert (stale.status_code, "changed meanwhile" in stale.text) == (409, True)


def test_what_one_wrote_both_read_and_the_server_does_not_hold(
    ours: StaffWorld, supervisor: Reader, ana: Reader
) -> None:
    agreement = agreed_on_pages(ours, supervisor, ana)
    of = meeting(agreement)
    assert "The meeting of" in ana.page("staff-note-write", agreement=agreement, meeting=of)
    assert write(ana, agreement, of) == 302, "sealing needs no open records"
    for by in (ana, supervisor):
        assert WORDS not in by.page("staff-notes", agreement=agreement)
        assert by.open("supervision") == 302
        assert WORDS in by.page("staff-notes", agreement=agreement)
    assert WORDS.encode() not in bytes(Note.objects.get().sealed)
    assert WORDS in supervisor.page("staff-note-write", agreement=agreement, meeting=of)
    assert write(supervisor, agreement, of, "Other words", "1") == 302
    assert "Other words" in ana.page("staff-notes")


def test_sent_twice_it_is_kept_once_and_a_change_meanwhile_loses_nothing(
    ours: StaffWorld, supervisor: Reader, ana: Reader
) -> None:
    agreement = agreed_on_pages(ours, supervisor, ana)
    of = meeting(agreement)
    ana.open()
    assert write(ana, agreement, of) == write(ana, agreement, of) == 302
    answer = ana.client.post(
        reverse("staff-note-write"),
        {"agreement": agreement, "meeting": of, "text": "Mine instead", "read": "0"},
    )
    assert answer.status_code == 400
    assert "Mine instead" in answer.text
    assert WORDS in answer.text


def test_what_one_can_open_goes_along_on_paper_and_in_a_file(
    ours: StaffWorld, supervisor: Reader, ana: Reader
) -> None:
    write(ana, agreed := agreed_on_pages(ours, supervisor, ana), meeting(agreed))
    assert "There is a file once they are open" in ana.page("staff-notes-file")
    ana.open()
    answer = ana.client.get(reverse("staff-notes-file"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="notes.txt"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert WORDS in answer.text
    assert "Read by: Ana Brook, Supervisor of Ours" in answer.text


def test_a_lost_phrase_is_explained_and_the_other_one_opens_the_notes_again(
    ours: StaffWorld, supervisor: Reader, ana: Reader
) -> None:
    write(ana, agreement := agreed_on_pages(ours, supervisor, ana), meeting(agreement))
    assert "stay closed for ever" in ana.page("staff-records-lost")
    refused = ana.client.post(reverse("staff-records-lost"))
    assert (refused.status_code, 'href="#sure"' in refused.text) == (400, True)
    ana.phrase = words_on(ana.client.post(reverse("staff-records-lost"), {"sure": "yes"}).text)
    ana.open()
    assert "sealed to a key you have replaced" in ana.page("staff-notes", agreement=agreement)
    assert "Open your records first" in supervisor.page("staff-note-share", agreement=agreement)
    supervisor.open()
    page = supervisor.page("staff-note-share", agreement=agreement)
    assert "The key of Ana Brook is from" in page
    sent = {"agreement": agreement, "to": ana.asker.account or ""}
    empty = supervisor.client.post(reverse("staff-note-share"), sent)
    assert (empty.status_code, 'href="#chosen"' in empty.text) == (400, True)
    assert supervisor.send("staff-note-share", **sent, note=[Note.objects.get().id]) == 302
    assert WORDS in ana.page("staff-notes", agreement=agreement)
    assert "Nobody is waiting" in supervisor.page("staff-note-share", agreement=agreement)


def test_the_next_supervisor_reads_what_the_supervised_person_chose(
    ours: StaffWorld, supervisor: Reader, ana: Reader
) -> None:
    first = agreed_on_pages(ours, supervisor, ana)
    write(ana, first, meeting(first), "Shown to the next one")
    write(ana, first, meeting(first, clock.today() - timedelta(days=30)), "Not shown to anybody")
    assert f"follows={first}" in ana.page("staff-agreement", agreement=first)
    end(asker=supervisor.asker, agreement=first, why="changed-post")
    nia = employed(ours, "Nia Lane", RoleKind.SUPERVISOR)
    nia.make_phrase()
    assert "You alone decide later" in ana.page("staff-agreement-propose", follows=first)
    agreed_on_pages(ours, nia, ana, follows=first)
    ana.open()
    page = ana.page("staff-note-share", agreement=first)
    assert "For Nia Lane" in page
    shown = next(
        note
        for note, text in re.findall(r'name="note" value="(\w+)"> [^:]*: ([^<]*)<', page)
        if "Shown" in text
    )
    assert ana.send("staff-note-share", agreement=first, to=nia.asker.account or "", note=[shown]) == 302
    nia.open()
    page = nia.page("staff-notes")
    assert "Shown to the next one" in page
    assert "Not shown to anybody" not in page
    assert nia.send("staff-note-share", agreement=first, to="x", note=[shown]) == 409


def test_who_leaves_takes_along_before_and_the_other_keeps_theirs(
    ours: StaffWorld, supervisor: Reader, ana: Reader
) -> None:
    write(ana, agreement := agreed_on_pages(ours, supervisor, ana), meeting(agreement))
    end_account(asker=ours.operator, account=supervisor.asker.account or "")
    end_what_is_over()
    assert supervisor.client.get(reverse("staff-notes")).status_code == 404
    ana.open()
    assert WORDS in ana.page("staff-notes")
    assert "Ended" in ana.page("staff-agreement", agreement=agreement)


def test_no_part_in_the_organisation_opens_anything(
    ours: StaffWorld, theirs: StaffWorld, supervisor: Reader, ana: Reader
) -> None:
    write(ana, agreement := agreed_on_pages(ours, supervisor, ana), of := meeting(agreement))
    others = [
        reader_of(ours, role) for role in (RoleKind.STEWARD, RoleKind.OPERATOR, RoleKind.REPRESENTATIVE)
    ]
    for other in (*others, reader_of(theirs, RoleKind.SUPERVISOR)):
        other.make_phrase()
        other.open()
        assert "There are no notes yet" in other.page("staff-notes")
        for name in ("staff-agreement", "staff-agreement-change", "staff-note-write", "staff-note-share"):
            answer = other.client.get(reverse(name), {"agreement": agreement, "meeting": of})
            assert (answer.status_code, "no such agreement for you" in answer.text) == (409, True)
        assert write(other, agreement, of) == 409
    assert Note.objects.get().version == 1


def test_a_notebook_is_written_changed_and_emptied(ana: Reader) -> None:
    assert "It is closed in this browser" in ana.page("staff-notebook")
    lost = ana.client.post(reverse("staff-notebook"), {"text": "I was too tired to say it"})
    assert (lost.status_code, "I was too tired to say it" in lost.text) == (409, True)
    ana.open("notebook")
    page = ana.page("staff-notebook")
    (name,) = re.findall(r'name="note" value="(\w{32})"', page)
    for _again in range(2):
        assert ana.send("staff-notebook", note=name, text="I was too tired\r\nto say it") == 302
    page = ana.page("staff-notebook")
    assert page.count("I was too tired<br>to say it") == 1
    assert "I was too tired" in ana.page("staff-notebook", note=name)
    conflict = ana.client.post(reverse("staff-notebook"), {"note": name, "text": "New", "read": "Older"})
    assert (conflict.status_code, "another window" in conflict.text) == (400, True)
    assert (
        ana.send("staff-notebook", note=name, read="I was too tired\r\nto say it", text="x", what="remove")
        == 302
    )
    assert "Your notebook is empty" in ana.page("staff-notebook")


def test_pages_ask_the_database_few_questions(
    ours: StaffWorld, supervisor: Reader, ana: Reader, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    agreement = agreed_on_pages(ours, supervisor, ana)
    for week in range(6):
        write(ana, agreement, meeting(agreement, clock.today() - timedelta(weeks=week)))
    ana.open()
    for name in ("staff-agreements", "staff-agreement", "staff-notes", "staff-notebook"):
        with django_assert_max_num_queries(24):
            ana.page(name, agreement=agreement)
