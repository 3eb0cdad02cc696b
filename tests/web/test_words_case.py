"""Make the case: every figure has a source, a mark and a date, and a person's answers stay off the page."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from itertools import product
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from django.test import Client
from django.utils.formats import date_format
from pytest_django import Settings
from tests.web.carer_world import CarerWorld, client_with

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.people.presets import every_preset
from replenish.sealing.secret import Secret
from replenish.voices.actions import check_in
from replenish.voices.queries import my_box
from replenish.voices.weeks import week_of
from replenish.web.carer.words.case_compose import Case, CaseChosen, chosen_facts, make_case, mark_in_words
from replenish.web.carer.words.case_parts import (
    CONDITIONS,
    COUNTRIES,
    RECEIVERS,
    case_parts,
    read_case_parts,
)
from replenish.web.carer.words.facts import NO_BREAK, SHIPPED, Setting, facts, read_facts, require_same_places
from replenish.web.carer.words.parts import FOLDER, parts

PAGE = "/my/case/"
CHOSEN: dict[str, Any] = {
    "conditions": ["supervision"],
    "setting": "social-work",
    "country": "england",
    "receiver": "manager",
    "go": "show",
}
NUMBER = re.compile(r"\d[\d,.]*\d|\d")


@pytest.fixture
def secret(world: CarerWorld) -> Secret:
    return Secret.new()


@pytest.fixture
def client(secret: Secret) -> Client:
    return client_with(secret)


def sheet(page: str) -> str:
    found = re.search(r'<article class="sheet">(.*?)</article>', page, re.DOTALL)
    assert found is not None
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", found[1])))


def plain(page: str) -> str:
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert found is not None
    return unescape(found[1]).replace(NO_BREAK, " ")


def made(chosen: CaseChosen) -> Case:
    return make_case(case_parts(), facts(), chosen, parts().joining.conditions)


def written() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(SHIPPED.read_text("utf-8"))
    return read


def save(folder: Path, content: object) -> Path:
    path = folder / "case-facts.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return path


def test_the_page_has_its_parts_in_their_order(client: Client) -> None:
    page = client.post(PAGE, CHOSEN).text
    headings = [unescape(one) for one in re.findall(r"<h2 id=\"part-[a-z]+\">([^<]*)</h2>", page)]
    assert headings == [
        "What is missing",
        "What is known",
        "What is expected of employers",
        "What we ask for",
        "What it takes",
        "What the evidence does not show",
        "Sources",
    ]
    assert "at least 90 minutes without interruption" in sheet(page)
    assert "27 studies with 10,867 workers" in sheet(page)


def test_the_plain_text_says_the_same_as_the_page(client: Client) -> None:
    page = client.post(PAGE, {**CHOSEN, "conditions": list(CONDITIONS)}).text
    shown, text = sheet(page).lower(), plain(page).lower()
    assert len(text) > 1000
    for line in filter(None, (re.sub(r"^(- |\[\d+\] )|( \[\d+\])$", "", line) for line in text.split("\n"))):
        assert line in shown, line


EVERYWHERE = list(
    product([(one,) for one in CONDITIONS], ["", *(p.setting.value for p in every_preset())], COUNTRIES)
)


def test_every_condition_has_facts_limits_and_steps_everywhere() -> None:
    for conditions, setting, country in EVERYWHERE:
        case = made(CaseChosen(conditions, setting, country, "manager"))
        there = {section.name for section in case.sections}
        assert {"missing", "evidence", "expected", "asks", "needs", "limit"} <= there, (conditions, country)


def test_every_figure_on_the_page_comes_from_the_facts() -> None:
    for conditions, setting, country in EVERYWHERE:
        chosen = CaseChosen(conditions, setting, country, "union")
        case = made(chosen)
        used = [
            fact for kind in ("evidence", "expected", "limit") for fact in chosen_facts(facts(), chosen, kind)
        ]
        sourced = {
            number for fact in used for figure in fact.figures.values() for number in NUMBER.findall(figure)
        }
        said = " ".join([case.title, case.opening, *(line.text for s in case.sections for line in s.lines)])
        assert set(NUMBER.findall(said)) == sourced
        assert all(
            line.source
            for s in case.sections
            if s.name in {"evidence", "expected", "limit"}
            for line in s.lines
        )
        assert not any(
            line.source for s in case.sections if s.name in {"missing", "asks", "needs"} for line in s.lines
        )
        listed = {source.name: source for source in case.sources}
        for fact in used:
            assert listed[fact.source].checked_on <= fact.checked_on


def test_every_fact_has_a_source_a_mark_and_a_day() -> None:
    known = facts()
    assert len(known) > 40
    for fact in known:
        assert fact.source
        assert mark_in_words(fact.mark)
        assert fact.checked_on <= clock.today()


def test_marks_are_said_in_plain_words(client: Client) -> None:
    page = sheet(client.post(PAGE, {**CHOSEN, "conditions": list(CONDITIONS)}).text)
    for words in ("seen in the source named", "from memory, please check", "our own view"):
        assert words in page


@pytest.mark.parametrize("missing", ["id", "kind", "conditions", "statement", "source", "mark", "checked_on"])
def test_an_incomplete_fact_is_refused(tmp_path: Path, missing: str) -> None:
    content = written()
    del content["facts"][3][missing]
    with pytest.raises(Refused, match=f"facts > 4 > {missing}: Field required"):
        read_facts(save(tmp_path, content))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("statement", "In 7 studies, {link}.", "a number stands in the figures"),
        ("statement", "In studies.", "each figure has its place"),
        ("statement", "In {studies} studies with {people} workers, {link}, {more}.", "no other places"),
        ("mark", "C", "Input should be"),
        ("source", "", "at least 3"),
        ("conditions", ["weather"], "Input should be"),
        ("checked_on", "soon", "valid date"),
        ("id", "support-over-years", "stands here twice"),
    ],
)
def test_a_wrong_fact_is_refused(tmp_path: Path, name: str, value: object, said: str) -> None:
    content = written()
    content["facts"][0][name] = value
    with pytest.raises(Refused, match=said):
        read_facts(save(tmp_path, content))


def test_changing_the_file_changes_the_page(client: Client, tmp_path: Path, settings: Settings) -> None:
    assert "10,867" in sheet(client.post(PAGE, CHOSEN).text)
    content = written()
    content["facts"][0]["figures"]["people"] = "11,111"
    content["facts"][0]["mark"] = "R?"
    settings.REPLENISH_INSTANCE = tmp_path
    save(tmp_path, content)
    page = sheet(client.post(PAGE, CHOSEN).text)
    assert "11,111" in page
    assert "10,867" not in page
    assert "from memory and uncertain" in page


def test_a_file_that_cannot_be_used_is_told_calmly(
    client: Client, tmp_path: Path, settings: Settings
) -> None:
    settings.REPLENISH_INSTANCE = tmp_path
    (tmp_path / "case-facts.yaml").write_text("facts: [", "utf-8")
    response = client.post(PAGE, CHOSEN)
    assert response.status_code == 409
    assert "remove the file to use the facts that are shipped" in response.text


def test_law_is_told_where_it_holds(client: Client) -> None:
    scotland = sheet(client.post(PAGE, {**CHOSEN, "country": "scotland"}).text)
    assert "90 minutes" not in scotland
    australia = sheet(client.post(PAGE, {**CHOSEN, "country": "australia"}).text)
    assert "Safe Work Australia" in australia
    assert "Health and Safety Executive" not in australia
    school = sheet(client.post(PAGE, {**CHOSEN, "setting": "school"}).text)
    assert "Safeguarding leads" in school
    assert "90 minutes" not in school


def test_the_settings_are_those_of_the_presets(client: Client) -> None:
    known = [preset.setting.value for preset in every_preset()]
    assert re.findall(r'name="setting" value="([a-z-]+)"', client.get(PAGE).text) == known
    assert sorted(get_args(Setting)) == sorted(known)


def test_own_answers_suggest_and_stay_off_the_page_unless_chosen(client: Client, secret: Secret) -> None:
    assert re.findall(r'value="(\w+)" checked', client.get(PAGE).text)[0] == "supervision"
    check_in(secret, {"replenish-round": {"process.time": 0, "leaders.pushing": 4}}, week_of(clock.today()))
    page = client.get(PAGE).text
    assert "ticked from your own longer answers" in page
    ticked = re.findall(r'name="conditions" value="(\w+)" checked', page)
    assert ticked == ["process", "leaders"]
    own = "After the hardest moment there was no time at all"
    assert own in page, "what would stand there is shown first"
    chosen = {**CHOSEN, "conditions": ["process"]}
    shown = client.post(PAGE, chosen).text
    assert own not in shown
    assert "one of us has noted" not in sheet(shown)
    shown = client.post(PAGE, {**chosen, "with_answers": "yes"}).text
    assert own in sheet(shown)
    assert own in plain(shown)
    assert "pushing" not in sheet(shown), "only for what was ticked"


def test_own_words_are_put_on_the_page_as_they_are(client: Client) -> None:
    page = client.post(PAGE, {**CHOSEN, "text-own-words": "  We asked <twice>\n this year. "}).text
    assert "We asked <twice> this year." in sheet(page)
    assert "<twice>" not in page.split("<textarea")[0]
    response = client.post(PAGE, {**CHOSEN, "text-own-words": "a" * 301})
    assert response.status_code == 400
    assert "do not fit on the page" in response.text
    assert "a" * 301 in response.text


def test_nothing_ticked_is_asked_about(client: Client) -> None:
    response = client.post(PAGE, {**CHOSEN, "conditions": []})
    assert response.status_code == 400
    assert 'href="#conditions"' in response.text


def test_choices_come_back_to_be_changed(client: Client) -> None:
    page = client.post(
        PAGE, {**CHOSEN, "country": "wales", "receiver": "union", "text-own-words": "Ours.", "go": "change"}
    ).text
    for kept in (
        'value="supervision" checked',
        'value="social-work" checked',
        'value="wales" checked',
        'value="union" checked',
        'value="Ours."',
    ):
        assert kept in page


def test_nothing_is_kept_until_keep_is_pressed(client: Client, secret: Secret) -> None:
    client.get(PAGE)
    text = plain(client.post(PAGE, {**CHOSEN, "text-own-words": "Ours."}).text)
    assert my_box(secret) is None
    for _ in range(2):
        assert "Your words are kept" in client.post(PAGE, {**CHOSEN, "text": text, "go": "keep"}).text
    box = my_box(secret)
    assert box is not None
    assert [(kept.topic, kept.text) for kept in box.reflections] == [("words", text)]


def test_an_empty_text_is_not_kept(client: Client, secret: Secret) -> None:
    response = client.post(PAGE, {**CHOSEN, "text": " ", "go": "keep"})
    assert response.status_code == 400
    assert "Nothing is lost" in response.text
    assert my_box(secret) is None


def test_strange_values_are_left_out(client: Client) -> None:
    strange = {"conditions": ["supervision", "moon"], "setting": "x", "country": "y", "receiver": "z"}
    assert client.post(PAGE, {**strange, "go": "show"}).status_code == 200
    assert client.post(PAGE, {**strange, "go": "nonsense"}).status_code == 200


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/case.yaml")), ids=lambda path: path.parent.name)
def test_every_language_is_complete(path: Path) -> None:
    here, english = read_case_parts(path), read_case_parts(FOLDER / "en" / "case.yaml")
    shipped = {fact.id: fact for fact in read_facts(SHIPPED)}
    for name, statement in here.statements.items():
        require_same_places(shipped[name], statement)
    assert path.parent.name == "en" or set(here.statements) == set(shipped)
    for condition in CONDITIONS:
        mine, theirs = here.conditions[condition], english.conditions[condition]
        assert mine.suggested_by == theirs.suggested_by
        assert {item: set(said) for item, said in mine.answers.items()} == {
            item: set(said) for item, said in theirs.answers.items()
        }
        assert set(mine.suggested_by) <= set(parts().conditions)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("conditions", "voice"), None, "voice is missing|conditions > voice"),
        (("conditions", "voice", "asks"), ["Within 3 days."], "a number stands in the figures"),
        (("countries",), {"england": "England"}, "wales is missing"),
    ],
)
def test_a_gap_in_the_words_is_refused(
    tmp_path: Path, path: tuple[str, ...], value: object, said: str
) -> None:
    content: dict[str, Any] = yaml.safe_load((FOLDER / "en" / "case.yaml").read_text("utf-8"))
    place = content
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    file = tmp_path / "case.yaml"
    file.write_text(yaml.safe_dump(content), "utf-8")
    with pytest.raises(Refused, match=said):
        read_case_parts(file)


def test_a_translation_gives_way_where_the_statement_was_edited() -> None:
    fact = facts()[0]
    spanish = {fact.id: "{studies} {people} {link} en español"}
    assert "en español" in fact.said(spanish)
    edited = fact.model_copy(update={"statement": "{studies} {people} {link} edited"})
    assert "edited" in edited.said(spanish)


def test_nobody_is_judged_in_the_files() -> None:
    for path in (SHIPPED, *FOLDER.glob("en/*.yaml")):
        text = re.sub(r"^#.*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
        assert not re.search(r"!|\b(risk|failing|weak|resilien\w*|streak|badge|CALM)\b", text), path


def test_the_receivers_differ_in_the_opening_alone() -> None:
    pages = [made(CaseChosen(("voice",), "", "wales", receiver)) for receiver in RECEIVERS]
    assert pages[0].opening != pages[1].opening
    assert pages[0].sections == pages[1].sections


def day(one: date) -> str:
    """A day as English pages write it."""
    return date_format(one, "DATE_FORMAT")


def test_the_day_stands_once_or_with_each_source(client: Client, tmp_path: Path, settings: Settings) -> None:
    content = written()
    for fact in content["facts"]:
        fact["checked_on"] = "2026-03-02"
    settings.REPLENISH_INSTANCE = tmp_path / "same"
    settings.REPLENISH_INSTANCE.mkdir()
    save(settings.REPLENISH_INSTANCE, content)
    page = sheet(client.post(PAGE, CHOSEN).text)
    assert page.count(day(date(2026, 3, 2))) == 1
    spanish = sheet(client.post(PAGE, CHOSEN, headers={"accept-language": "es"}).text)
    assert spanish.count("2 de marzo de 2026") == 1
    content["facts"][0]["checked_on"] = "2026-04-05"
    settings.REPLENISH_INSTANCE = tmp_path
    save(tmp_path, content)
    page = sheet(client.post(PAGE, CHOSEN).text)
    assert f"review of studies: seen in the source named ({day(date(2026, 4, 5))})." in page
    assert page.count(f"({day(date(2026, 3, 2))})") >= 5


def test_own_words_are_kept_when_the_screen_is_hidden_before_the_page_is_made(
    client: Client, secret: Secret
) -> None:
    assert 'name="go" value="keep" data-keeps hidden' in client.get(PAGE).text
    gone = client.post(PAGE, {"text-own-words": "We asked twice.", "go": "keep", "then": "hide"})
    assert gone["Location"] == "/quiet/"
    box = my_box(secret)
    assert box is not None
    assert [note.text for note in box.reflections] == ["We asked twice."]
