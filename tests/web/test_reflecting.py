"""Notes: written by a cycle or freely, found, changed, deleted, brought back; never lost."""

from __future__ import annotations

import html
import re
from itertools import pairwise
from unicodedata import normalize

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.web.carer_world import CarerWorld, client_with

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.basis.faults import VoiceFault
from replenish.sealing.secret import Secret
from replenish.voices.actions import edit_box
from replenish.voices.box_content import LONGEST_TEXT, MOST_WITH_NOTES, BoxContent, Reflection
from replenish.voices.queries import my_box
from replenish.voices.weeks import week_of
from replenish.web.carer.reflecting.cycles import cycle, cycles, read_cycle
from replenish.web.carer.reflecting.finding import marked, places, words_of
from replenish.web.shared.texts import Text

PAGE = "/my/reflect/"
AGENDA = "/my/reflect/supervision/"


@pytest.fixture
def secret(world: CarerWorld) -> Secret:
    return Secret.new()


@pytest.fixture
def client(secret: Secret) -> Client:
    return client_with(secret)


def notes(secret: Secret) -> tuple[Reflection, ...]:
    box = my_box(secret)
    return () if box is None else box.reflections


def kept(secret: Secret, text: str, topic: str = "note", week: str = "") -> Reflection:
    note = Reflection(week=week or week_of(clock.today()), topic=topic, text=text)
    edit_box(secret, lambda box: box.with_reflection(note))
    return note


def fields(page: str) -> dict[str, str]:
    """What a browser would send of the last form on a page that holds a note."""
    form = re.findall(r"<form method=.*?</form>", page.replace("\r\n", "\n"), re.DOTALL)[-1]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    texts = re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL)
    sent = {name: html.unescape(value).replace("\n", "\r\n") for name, value in [*hidden, *texts]}
    return {name: value for name, value in sent.items() if name != "csrfmiddlewaretoken"}


def test_every_cycle_names_its_source_and_asks_step_by_step(client: Client) -> None:
    overview = client.get(PAGE).text
    assert len(cycles()) == 6
    for found in cycles():
        assert f"?with={found.name}" in overview
        page = client.get(PAGE, {"with": found.name}).text
        assert html.escape(found.source) in page
        assert page.count("<textarea") == len(found.steps)
        assert page.count("Nobody reads them, so nobody can answer them.") == len(found.steps)
        assert found.longest_answer >= 1_000


def test_an_answer_as_long_as_allowed_in_every_step_still_fits_into_one_note() -> None:
    for found in cycles():
        parts = [f"{step.heading}\n{'x' * found.longest_answer}" for step in found.steps]
        assert len("\n\n".join(parts)) <= LONGEST_TEXT


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"steps": []},
        {"steps": [{"heading": "One", "ask": []}], "model": "m", "source": "s", "when": "w", "minutes": 1},
        {"steps": [{"heading": "One", "ask": ["Two"]}], "model": "m", "when": "w", "minutes": 1},
    ],
)
def test_a_cycle_without_steps_or_source_is_refused(facts: dict[str, object]) -> None:
    with pytest.raises(Refused):
        read_cycle(Text("broken", "Broken", facts, cycles()[0].about, "en"))


def test_a_cycle_is_kept_as_one_text_that_reads_on_its_own(client: Client, secret: Secret) -> None:
    sent = {
        "step": "keep",
        "with": "driscoll",
        "text-1": " A fell.\r\nI ran. ",
        "text-3": "Ask for ten minutes",
    }
    assert "sealed in your box" in client.post(PAGE, sent).text
    (note,) = notes(secret)
    assert note.topic == "cycle:driscoll"
    assert note.week == week_of(clock.today())
    assert note.text == "What was it\nA fell.\nI ran.\n\nWhat comes next\nAsk for ten minutes"
    page = client.get(PAGE).text
    assert "Three questions" in page
    assert "A fell." in page


def test_the_same_form_twice_keeps_one_note(client: Client, secret: Secret) -> None:
    for _ in range(2):
        assert client.post(PAGE, {"step": "keep", "with": "free", "text-1": "Once"}).status_code == 200
    assert [note.text for note in notes(secret)] == ["Once"]


@pytest.mark.parametrize("name", ["free", "gibbs"])
def test_a_text_that_is_too_long_is_shown_again_with_by_how_much(
    client: Client, secret: Secret, name: str
) -> None:
    found = cycle(name)
    most = found.longest_answer if found else LONGEST_TEXT
    page = client.get(PAGE, {"with": name}).text
    assert f"Up to {most} characters." in page
    text = "a word and <b>\r\n" + "x" * most
    answer = client.post(PAGE, {"step": "keep", "with": name, "text-1": text})
    assert answer.status_code == 400
    assert "15 characters too long" in answer.text
    assert '<a href="#text-1">' in answer.text
    assert fields(answer.text)["text-1"] == text
    assert notes(secret) == ()


def test_nothing_written_is_said_and_nothing_is_kept(client: Client, secret: Secret) -> None:
    answer = client.post(PAGE, {"step": "keep", "with": "gibbs", "text-2": " \r\n "})
    assert answer.status_code == 400
    assert "Nothing is written yet" in answer.text
    assert notes(secret) == ()


def test_a_note_is_opened_changed_deleted_and_brought_back(client: Client, secret: Secret) -> None:
    other = kept(secret, "Another one")
    text = 'A "hard" day & <i>\n\n  and so on\tend'
    kept(secret, text)
    page = client.post(PAGE, {"note": "1"}).text
    sent = fields(page)
    assert sent["before"].replace("\r\n", "\n") == text
    client.post(PAGE, sent | {"step": "change", "text": "A better end"})
    assert [note.text for note in notes(secret)] == ["Another one", "A better end"]
    sent = fields(client.post(PAGE, {"note": "1"}).text)
    gone = client.post(PAGE, sent | {"step": "delete"})
    assert "The note is deleted" in gone.text
    assert notes(secret) == (other,)
    again = client.post(PAGE, sent | {"step": "delete"})
    assert "Bring it back" in again.text
    back = client.post(PAGE, fields(again.text) | {"step": "bring-back"})
    assert "Your note is back" in back.text
    assert [note.text for note in notes(secret)] == ["Another one", "A better end"]


def test_deleting_never_takes_another_note(client: Client, secret: Secret) -> None:
    """The list moved under the person's hands, on another device."""
    kept(secret, "First")
    kept(secret, "Second")
    sent = fields(client.post(PAGE, {"note": "0"}).text)
    edit_box(secret, lambda box: box.without(box.reflections[0]))
    client.post(PAGE, sent | {"step": "delete"})
    assert [note.text for note in notes(secret)] == ["Second"]


def test_a_change_whose_note_is_gone_is_kept_beside_the_others(client: Client, secret: Secret) -> None:
    kept(secret, "First")
    sent = fields(client.post(PAGE, {"note": "0"}).text)
    edit_box(secret, lambda box: box.with_text(box.reflections[0], "Elsewhere"))
    client.post(PAGE, sent | {"step": "change", "text": "Here"})
    assert [note.text for note in notes(secret)] == ["Elsewhere", "Here"]


def test_a_note_with_line_ends_of_another_page_can_be_deleted(client: Client, secret: Secret) -> None:
    kept(secret, "One\r\ntwo", topic="words")
    page = client.get(PAGE).text
    assert "<h3>Words I found</h3>" in page
    client.post(PAGE, fields(client.post(PAGE, {"note": "0"}).text) | {"step": "delete"})
    assert notes(secret) == ()


@pytest.mark.parametrize("change", [{"text": ""}, {"text": "x" * (LONGEST_TEXT + 1)}])
def test_a_change_that_cannot_be_kept_shows_the_text_and_leaves_the_note(
    client: Client, secret: Secret, change: dict[str, str]
) -> None:
    kept(secret, "First")
    sent = fields(client.post(PAGE, {"note": "0"}).text)
    answer = client.post(PAGE, sent | {"step": "change"} | change)
    assert answer.status_code == 400
    assert fields(answer.text)["text"] == change["text"]
    assert fields(answer.text)["before"] == "First"
    assert [note.text for note in notes(secret)] == ["First"]


@pytest.mark.parametrize(
    "forged",
    [
        {"step": "delete", "week": "x", "topic": "note", "before": "First"},
        {"step": "change", "week": "2999-W01", "topic": "note", "text": "New"},
        {"step": "bring-back", "week": "2026-W03", "topic": "t" * 300, "before": "First"},
        {"note": "7"},
        {"note": "-1"},
        {"note": "²"},
        {"note": "9" * 5_000},
        {"step": "what"},
        {},
    ],
)
def test_a_form_that_was_tampered_with_does_nothing(
    client: Client, secret: Secret, forged: dict[str, str]
) -> None:
    kept(secret, "First")
    assert client.post(PAGE, forged).status_code in (200, 302)
    assert [note.text for note in notes(secret)] == ["First"]


def test_nobody_sees_the_notes_of_another_card(client: Client, secret: Secret) -> None:
    kept(secret, "Mine alone")
    assert "Mine alone" in client.get(PAGE).text
    stranger = client_with(Secret.new())
    for answer in (
        stranger.get(PAGE),
        stranger.post(PAGE, {"note": "0"}),
        stranger.post(PAGE, {"step": "search", "search": "mine"}),
        stranger.get(AGENDA),
    ):
        assert "Mine alone" not in answer.text


def test_a_search_is_in_no_address_and_forgets(client: Client, secret: Secret) -> None:
    kept(secret, "Élodie wept. Straße & <b>bold</b>")
    kept(secret, "Another day")
    page = client.post(PAGE, {"step": "search", "search": "ELODIE strasse"}).text
    assert "<mark>Élodie</mark> wept. <mark>Straße</mark> &amp; &lt;b&gt;bold" in page
    assert "Another day" not in page
    assert "<mark>" not in client.get(PAGE, {"search": "Elodie"}).text
    assert (
        "No note has all of these words" in client.post(PAGE, {"step": "search", "search": "wept day"}).text
    )
    empty = client.post(PAGE, {"step": "search", "search": "  "})
    assert empty.status_code == 400
    assert '<a href="#search">' in empty.text


@given(st.text(max_size=40), st.text(min_size=1, max_size=5).filter(str.strip), st.text(max_size=40))
def test_a_word_is_found_wherever_it_stands_and_whatever_its_accents(
    before: str, word: str, after: str
) -> None:
    words = words_of(word)
    for shape in (word, word.upper(), normalize("NFD", word), normalize("NFC", word)):
        text = f"{before} {shape} {after}"
        found = places(text, words_of(shape))
        assert found or not words
        assert all(0 <= span.start < span.end <= len(text) for span in found)
        assert all(one.end < two.start for one, two in pairwise(found))
        plain = html.unescape(marked(text, found).replace("<mark>", "").replace("</mark>", ""))
        assert plain == html.unescape(html.escape(text))


def test_a_full_box_is_told_in_time_and_check_ins_still_fit(client: Client, secret: Secret) -> None:
    full = tuple(
        Reflection(week="2026-W03", topic="note", text=f"{number:02d}" + "x" * 9_000) for number in range(26)
    )
    edit_box(secret, lambda box: box.model_copy(update={"reflections": full[:25]}))
    assert "Your box is nearly full. About" in client.get(PAGE, {"with": "free"}).text
    edit_box(secret, lambda box: box.model_copy(update={"reflections": full}))
    text = "y" * 4_000
    answer = client.post(PAGE, {"step": "keep", "with": "free", "text-1": text})
    assert answer.status_code == 400
    assert "Your box has no room for more notes" in answer.text
    assert fields(answer.text)["text-1"] == text
    assert client.post("/my/check-in/", {"sign.dread": "1"}).status_code == 200
    sent = fields(client.post(PAGE, {"note": "0"}).text)
    assert client.post(PAGE, sent | {"step": "change", "text": "Shorter"}).status_code == 200
    assert notes(secret)[0].text == "Shorter"
    assert client.post(PAGE, {"step": "keep", "with": "free", "text-1": text}).status_code == 200


def test_the_last_room_is_left_to_check_ins() -> None:
    note = Reflection(week="2026-W03", topic="note", text="é" * 5_000)
    box = BoxContent()
    for number in range(23):
        box = box.with_reflection(note.model_copy(update={"text": f"{number:02d}{note.text[2:]}"}))
    assert box.room_for_notes() < 10_000
    with pytest.raises(Refused) as refused:
        box.with_reflection(note)
    assert refused.value.fault is VoiceFault.NOTES_FULL
    assert box.size() <= MOST_WITH_NOTES


def test_years_of_notes_are_folded_away(client: Client, secret: Secret) -> None:
    many = tuple(Reflection(week=f"2025-W{n:02d}", topic="note", text=f"In week {n}") for n in range(1, 41))
    edit_box(secret, lambda box: box.model_copy(update={"reflections": many}))
    page = client.get(PAGE).text
    assert "28 older notes" in page
    assert (
        page.index("In week 40")
        < page.index("In week 29")
        < page.index("<details>")
        < page.index("In week 28<")
    )


def test_an_agenda_is_picked_changed_and_kept_only_on_request(client: Client, secret: Secret) -> None:
    kept(secret, "About A.", topic="cycle:gibbs", week="2026-W03")
    assert "Six steps, week of 12 January 2026" in client.get(AGENDA).text
    sent = {
        "text-leave-with": "Somebody who knows",
        "question": ["5", "0"],
        "note-taken": "0",
        "text-keep-out": "My sick note",
    }
    page = client.post(AGENDA, sent).text
    agenda = fields(page)["text"].replace("\r\n", "\n")
    order = [
        "Somebody who knows",
        "stay kind",
        "it stays here",
        "About A.",
        "out of the record\nMy sick note",
    ]
    assert [agenda.index(part) for part in order] == sorted(agenda.index(part) for part in order)
    assert "Read your agreement again" in page
    assert len(notes(secret)) == 1
    client.post(PAGE, fields(page) | {"step": "change", "text": "Only this"})
    assert [(note.topic, note.text) for note in notes(secret)][1:] == [("agenda", "Only this")]
    assert "<h3>For supervision</h3>" in client.get(PAGE).text


def test_an_agenda_that_cannot_be_made_keeps_what_was_picked(client: Client, secret: Secret) -> None:
    for number in range(2):
        kept(secret, f"{number}" + "x" * 6_000)
    sent = {"question": "3", "note-taken": ["0", "1"], "text-leave-with": "Rest"}
    answer = client.post(AGENDA, sent)
    assert answer.status_code == 400
    assert 'name="question" value="3" checked' in answer.text
    assert answer.text.count('name="note-taken"') == answer.text.count("checked>") - 1 == 2
    assert ">Rest</textarea>" in answer.text
    empty = client.post(AGENDA, {"question": ["99", "x"]})
    assert empty.status_code == 400
    assert "Nothing is picked" in empty.text


def test_a_form_that_was_open_for_too_long_gives_the_text_back(secret: Secret) -> None:
    late = client_with(secret, enforce_csrf_checks=True)
    answer = late.post(PAGE, {"step": "keep", "with": "free", "text-1": "Long & slow\r\nwriting"})
    assert answer.status_code == 403
    assert "What you wrote is still here" in answer.text
    sent = fields(answer.text)
    assert sent == {"with": "free", "text-1": "Long & slow\r\nwriting", "step": "keep"}
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.text)[-1]
    assert late.post(PAGE, sent | {"csrfmiddlewaretoken": token}).status_code == 200
    assert [note.text for note in notes(secret)] == ["Long & slow\nwriting"]


def test_a_form_that_another_site_sent_is_not_shown(secret: Secret) -> None:
    late = client_with(secret, enforce_csrf_checks=True)
    answer = late.post(
        PAGE, {"step": "keep", "text-1": "Planted"}, headers={"origin": "https://elsewhere.example"}
    )
    assert answer.status_code == 403
    assert "Planted" not in answer.text


def test_a_text_that_came_without_a_card_can_be_sent_again(world: CarerWorld, client: Client) -> None:
    answer = Client().post(PAGE, {"step": "keep", "with": "free", "text-1": "Written for an hour"})
    assert answer.status_code == 403
    assert "What you wrote is still here" in answer.text
    assert "Written for an hour" not in answer.text
    page = client.post("/my/open/", {"carried": fields(answer.text)["carried"]})
    assert fields(page.text)["text-1"] == "Written for an hour"


def test_numbers_of_any_length_choose_nothing(client: Client, secret: Secret) -> None:
    kept(secret, "a thought")
    endless = "9" * 5_000
    page = client.post(AGENDA, {"question": ["0", endless], "note-taken": ["0", endless]})
    assert page.status_code == 200
    assert fields(page.text)["text"].count("a thought") == 1


def test_an_agenda_that_is_hidden_is_kept(client: Client, secret: Secret) -> None:
    page = client.get(AGENDA).text
    assert " data-draft" in page
    assert 'name="step" value="keep" data-keeps hidden' in page
    gone = client.post(AGENDA, {"text-leave-with": "Relief", "step": "keep", "then": "hide"})
    assert gone["Location"] == "/quiet/"
    (note,) = notes(secret)
    assert (note.topic, "Relief" in note.text) == ("agenda", True)
