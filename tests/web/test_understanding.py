"""Understand: short pages in plain words, with sources, each ending in something to do; and the help page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.web.plain_words import forbidden_in, links, sentences, split, too_long, words_in

from replenish.measures.library import load_pack
from replenish.people.models import Setting
from replenish.web.public.help_now import TEXTS
from replenish.web.public.sources import MEANINGS
from replenish.web.public.understanding.chapter import FOLDER, GROUPS, chapter_in, chapters
from replenish.web.shared.texts import read_text

FILES = sorted((FOLDER / "en").glob("*.md"))
HELP_TEXTS = sorted((TEXTS / "en").glob("*.md"))
LONGEST_PAGE = 450
DOINGS = ("/my/words/", "/practise/", "/help-now/", "/my/ask/", "/my/case/", "/my/picture/", "/understand/")


def named(path: Path) -> str:
    return path.stem


def signs_asked() -> set[str]:
    """The signs of the weekly questions, but for the one that asks about warmth."""
    codes = load_pack("replenish-weekly").item_codes
    return {code.removeprefix("sign.") for code in codes if code.startswith("sign.")} - {"warmth"}


def test_every_sign_that_is_asked_about_has_a_page_that_leads_to_the_one_on_shame(client: Client) -> None:
    written = {one.name for one in chapters() if one.group == "signs"}
    assert written == signs_asked()
    for name in written:
        assert (
            '<a href="/understand/ashamed/">If you feel ashamed of this</a>'
            in client.get(f"/understand/{name}/").text
        )


def test_every_group_has_pages_and_the_list_names_them_all(client: Client) -> None:
    every = chapters()
    assert {one.group for one in every} == set(GROUPS)
    assert len({one.order for one in every}) == len(every)
    page = client.get("/understand/").text
    assert all(f'href="/understand/{one.name}/"' in page for one in every)
    assert all(f'href="/understand/in-your-setting/{setting}/"' in page for setting in Setting.values)


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_page_ends_in_something_to_do(path: Path) -> None:
    one = chapter_in(read_text(path))
    led = re.match(r"<p><a href=\"([^\"]+)\">[^<]+</a></p>", one.onwards)
    assert led
    assert led[1].startswith(DOINGS)
    assert one.summary.endswith(".")


@pytest.mark.parametrize("path", [*FILES, *HELP_TEXTS], ids=named)
def test_a_page_is_short_reads_easily_and_judges_nobody(path: Path) -> None:
    facts, body = split(path)
    said = [str(facts["title"]), str(facts.get("summary", "")), body]
    said += [source["says"] for source in facts.get("sources", ())]  # type: ignore[attr-defined]
    assert too_long("\n\n".join(said)) == []
    assert forbidden_in("\n\n".join(said)) == []
    if path.stem != "questions":
        assert sum(words_in(one) for one in sentences(body)) <= LONGEST_PAGE


@pytest.mark.parametrize("path", FILES, ids=named)
def test_what_studies_are_said_to_show_has_a_source_with_a_mark(path: Path) -> None:
    one = chapter_in(read_text(path))
    if re.search(r"\b(stud(y|ies)|trials?|World Health Organization)\b", one.body):
        assert one.sources
    assert {source.mark for source in one.sources} <= set(MEANINGS)


def test_it_says_that_burnout_is_no_illness_in_the_words_of_the_list_of_illnesses() -> None:
    for name in ("burnout", "questions"):
        one = chapter_in(read_text(FOLDER / "en" / f"{name}.md"))
        assert any("ICD-11" in source.source and source.mark == "S" for source in one.sources)


def test_every_link_leads_to_a_page(client: Client) -> None:
    led = {address for path in [*FILES, *HELP_TEXTS] for address in links(split(path)[1])}
    public = [address for address in led if not address.startswith("/my/")]
    assert len(led) >= 10
    assert [address for address in public if client.get(address).status_code != 200] == []


@pytest.mark.parametrize("address", [f"/understand/{path.stem}/" for path in FILES])
def test_a_page_opens_for_anybody_and_remembers_nobody(
    client: Client, address: str, django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    with django_assert_num_queries(0):
        response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert response.text.count("<h1>") == 1


@pytest.mark.parametrize("setting", Setting.values)
def test_a_kind_of_place_shows_who_to_turn_to_and_how_surely_each_rhythm_is_known(
    client: Client, setting: str, django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    with django_assert_num_queries(0):
        page = client.get(f"/understand/in-your-setting/{setting}/").text
    assert "Who to turn to" in page
    assert re.search(
        r"\((read in a source|known from the literature, not looked up again|our assumption)\)", page
    )
    assert '<a href="/my/words/">' in page


@pytest.mark.parametrize("address", ["/understand/nothing/", "/understand/in-your-setting/nowhere/"])
def test_a_page_that_does_not_exist_is_a_calm_page(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("language", "number"),
    [
        ("en-GB,en;q=0.9", "999"),
        ("en-IE", "112"),
        ("de-DE,de;q=0.9,en-GB;q=0.5", "112"),
        ("es-US,es;q=0.9", "911"),
        ("en-US,en;q=0.9", "999"),
        ("en-US,en;q=0.9,en-IE;q=0.8", "112"),
        ("de", "999"),
        ("", "999"),
        ("xx-GB-<script>,;;q=9", "999"),
    ],
    ids=[
        "UK",
        "Ireland",
        "Germany",
        "US, chosen",
        "US, as set by default",
        "second wish",
        "no region",
        "none",
        "odd",
    ],
)
def test_the_likely_country_comes_first_and_nothing_is_kept(
    client: Client, language: str, number: str
) -> None:
    response = client.get("/help-now/", headers={"accept-language": language})
    first = re.search(r'<h2 id="danger">.*?<a href="tel:(\d+)">', response.text, flags=re.DOTALL)
    assert first
    assert first[1] == number
    assert not response.cookies
    assert "Accept-Language" in response.headers["Vary"]
    assert language not in response.text or len(language) < 3


def test_the_help_page_says_what_happens_on_a_call_and_what_to_do_for_a_colleague(client: Client) -> None:
    page = client.get("/help-now/").text
    for part in ("danger", "calling", "colleague", "elsewhere"):
        assert f'<h2 id="{part}">' in page
    assert '<a href="sms:988">Text 988</a>' in page
    assert '<a href="#country-2">Ireland</a>' in page


def test_nothing_on_the_help_page_reports_a_tap(client: Client) -> None:
    page = client.get("/help-now/").text
    shown, _, rest = page.partition("</main>")
    assert not re.search(r"\bping=|<form|onclick|target=", shown)
    # The only form below is that of the language, which says nothing of the page it was sent from.
    assert re.findall(r"<form[^>]*action=\"([^\"]+)\"", rest) == ["/language/"]
    taps = re.findall(r'<a href="((?:tel|sms):[^"]+)"([^>]*)>', page)
    assert len(taps) >= 15
    assert {more for _address, more in taps} == {""}
