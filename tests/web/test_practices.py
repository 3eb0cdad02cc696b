"""Practices: each is whole without a timer, honest about what is known, and leads on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from pydantic import ValidationError
from pytest_django import DjangoAssertNumQueries
from tests.web.plain_words import forbidden_in, links, sentences, split, spoken, too_long

import replenish.web
from replenish.web.public.practices.practice import FOLDER, LONGEST, MOMENTS, practice_in, practices
from replenish.web.public.sources import MEANINGS
from replenish.web.shared.texts import read_text

FILES = sorted((FOLDER / "en").glob("*.md"))
SCRIPT = Path(replenish.web.__file__).parent / "static" / "web" / "timer.js"
FORBIDDEN_CALLS = (
    "fetch(", "XMLHttpRequest", "sendBeacon", "WebSocket", "localStorage", "sessionStorage", "indexedDB",
    "document.cookie", "http", "innerHTML", "eval(",
)  # fmt: skip


def named(path: Path) -> str:
    return path.stem


def test_there_are_enough_for_every_moment_and_every_gap_in_a_day() -> None:
    every = practices()
    assert len(every) >= 10
    for moment in MOMENTS:
        assert sum(moment in one.moments for one in every) >= 3
    assert min(one.minutes for one in every) == 1
    assert max(one.minutes for one in every) == LONGEST
    assert len({one.order for one in every}) == len(every)


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_practice_is_whole(path: Path) -> None:
    one = practice_in(read_text(path))
    assert one.title
    assert one.summary.endswith(".")
    assert 3 <= one.steps.count("<li>") <= 8
    assert (
        "stop" in one.stop.casefold() or "leave it" in one.stop.casefold() or "stay in" in one.stop.casefold()
    )
    assert re.match(r"<p><a href=\"/[a-z/-]+\">[^<]+</a></p>", one.onwards), (
        "the next step begins with a link"
    )
    assert {source.mark for source in one.sources} <= set(MEANINGS)


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_practice_promises_no_more_than_is_known(path: Path) -> None:
    """Each says where the evidence ends; none offers itself in place of a change."""
    known = re.split(r"^\*\*\*$", split(path)[1], flags=re.MULTILINE)[3]
    limits = r"\b(not|nobody|no|never|rarely|hardly|few|small|others found)\b"
    assert len(re.findall(limits, known, flags=re.IGNORECASE)) >= 2


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_practice_reads_easily_and_judges_nobody(path: Path) -> None:
    facts, body = split(path)
    said = [str(facts["title"]), str(facts["summary"]), body]
    said += [source["says"] for source in facts["sources"]]  # type: ignore[attr-defined]
    assert too_long("\n\n".join(said)) == []
    assert forbidden_in("\n\n".join(said)) == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_page_opens_for_anybody_and_remembers_nobody(
    client: Client, path: Path, django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    with django_assert_num_queries(0):
        response = client.get(f"/practise/{path.stem}/")
    page = response.text
    assert response.status_code == 200
    assert not response.cookies
    assert page.count("<h1>") == 1
    assert 'href="/help-now/">Get help now</a> is always there' in page
    assert re.search(r'data-timer="\d+" aria-label="A quiet timer" hidden', page), "no script, no timer"
    assert re.search(r"About \d+ minutes?\. Less is fine too\.", page)


def test_every_link_of_a_practice_leads_to_a_page(client: Client) -> None:
    led = {address for path in FILES for address in links(split(path)[1])}
    public = [address for address in led if not address.startswith("/my/")]
    assert len(led) >= 8
    assert [address for address in public if client.get(address).status_code != 200] == []


def test_the_list_offers_by_moment_and_by_time_and_names_the_limit_once(client: Client) -> None:
    page = client.get("/practise/").text
    for moment, title in MOMENTS.items():
        assert f'<h2 id="{moment}">{title}</h2>' in page
    assert "5 to 10 minutes" in page
    assert page.count("They do not stand in for time to recover") == 1
    assert all(f"/practise/{path.stem}/" in page for path in FILES)


def test_a_practice_that_does_not_exist_is_a_calm_page(client: Client) -> None:
    assert client.get("/practise/no-such-thing/").status_code == 404
    assert client.get("/practise/../practice/").status_code == 404


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("minutes: ", "minutes: 1"),
        lambda text: text.replace("mark: ", "mark: X"),
        lambda text: text.replace("moments: [", "moments: [noon, "),
        lambda text: text.replace("sources:", "notes:"),
    ],
    ids=["too long", "no mark", "no such moment", "no sources"],
)
def test_a_spoilt_practice_is_found_out(tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    path = tmp_path / "one.md"
    path.write_text(spoil(FILES[0].read_text("utf-8")), "utf-8")
    with pytest.raises(ValidationError):
        practice_in(read_text(path))


def test_a_missing_part_is_found_out(tmp_path: Path) -> None:
    path = tmp_path / "one.md"
    path.write_text(FILES[0].read_text("utf-8").replace("***\n", "", 1), "utf-8")
    with pytest.raises(ValueError, match="unpack"):
        practice_in(read_text(path))


def test_the_timer_speaks_to_nobody_and_keeps_nothing() -> None:
    script = SCRIPT.read_text("utf-8")
    assert [call for call in FORBIDDEN_CALLS if call in script] == []
    assert "prefers-reduced-motion" in script


def test_the_check_of_words_finds_what_it_should() -> None:
    """Seeded faults: the check itself must be able to fail."""
    assert forbidden_in("You are at risk.")
    assert forbidden_in("It is your weakness.")
    assert not forbidden_in("It is not weakness. You do not have to stay.")
    assert forbidden_in("You have to stay.")
    assert forbidden_in("Ask CALM.")
    assert not forbidden_in("A calm place.")
    assert too_long("one " * 26 + ".")
    assert too_long(("word " * 15 + ". ") * 3)
    assert sentences("1. Go.\n2. Stay. Then go.\n\n## Why\n\n[A link](page:x)") == [
        "Go.", "Stay.", "Then go.", "Why", "A link",
    ]  # fmt: skip
    assert spoken("| a | b |\n|---|---|\n| c | **d** |").split() == ["a", "b", "c", "d"]
