"""Pages for anybody: they say what is true, remember nobody, and ask the database nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from replenish.basis.errors import Refused
from replenish.basis.faults import WebFault
from replenish.disclosure.bands import FLOOR
from replenish.web.public.help_lines import SHIPPED, directory, read_directory

PUBLIC = ["/", "/who-can-see-what/", "/help-now/", "/quiet/", "/join/"]
ONE_LINE = """\
written_on: 2026-01-02
countries:
  - {{country: X, lines: [{{{}name: A, when: B, for: C, mark: S, source: D}}]}}
"""
PROMISE = (
    "Your answers are stored without your name, and after each round closes nobody, not your manager and "
    "not the administrator, can look them up, in the database, in a backup or in a log. Leaders see only "
    "bands for groups of seven or more, every four weeks. If someone secretly changed the software, or "
    "watched the server at the moment you answer, they could find out more; that is why the code is open."
)


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_opens_without_a_query_and_leaves_no_cookie(
    client: Client, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert '<html lang="en-gb"' in response.text


@pytest.mark.parametrize("path", [path for path in PUBLIC if path != "/quiet/"])
def test_help_and_hiding_are_on_the_page(client: Client, path: str) -> None:
    page = client.get(path).text
    assert '<a href="/help-now/">Get help now</a>' in page
    assert '<a href="/my/hide/" data-hide data-quiet="/quiet/">Hide this screen</a>' in page


def test_the_neutral_page_does_not_name_what_it_hides(client: Client) -> None:
    page = client.get("/quiet/").text
    assert "Hills and water" in page
    assert "replenish" not in page.casefold()
    assert "fatigue" not in page.casefold()


def test_the_promise_is_said_in_its_own_words(client: Client) -> None:
    assert PROMISE in client.get("/who-can-see-what/").text


def test_a_raised_floor_changes_the_promise_and_the_bands(client: Client, settings: Settings) -> None:
    usual = client.get("/who-can-see-what/").text
    assert f"Fewer than {FLOOR} voices" in usual
    assert "7-12" in usual
    settings.REPLENISH_FLOOR = 15
    raised = client.get("/who-can-see-what/").text
    assert "groups of 15 or more" in raised
    assert "Fewer than 15 voices" in raised
    assert re.findall(r">(\d+-\d+)<", raised) == ["15-24"]


def test_private_questions_are_listed_from_the_packs(client: Client) -> None:
    page = client.get("/who-can-see-what/").text
    assert "<li>I had a moment of real warmth with someone I support.</li>" in page
    assert "27 are counted into bands" in page


def test_a_page_that_does_not_exist_is_calm_and_repeats_nothing(client: Client) -> None:
    response = client.get("/my-secret-name/")
    assert response.status_code == 404
    assert "There is no page here" in response.text
    assert "secret-name" not in response.text


def test_the_shipped_directory_says_how_surely_each_number_is_known(client: Client) -> None:
    page = client.get("/help-now/").text
    assert '<a href="tel:116123">Call 116 123</a>' in page
    assert '<a href="sms:85258">Text 85258</a>' in page
    assert "Written down from memory, not yet checked here." in page
    lines = [line for country in read_directory(SHIPPED).countries for line in country.lines]
    assert all(line.source for line in lines)
    assert all(line.checked_on is None for line in lines), "only an organisation can say that it has checked"


def test_an_organisation_can_bring_its_own_directory(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    own = """\
written_on: 2026-01-02
countries:
  - country: Wales
    lines:
      - {name: Our chaplain, call: "01234 567", when: Mornings, for: Everybody, mark: S, source: Door,
         checked_on: 2026-01-02}
"""
    (tmp_path / "help-lines.yaml").write_text(own, "utf-8")
    settings.REPLENISH_INSTANCE = tmp_path
    directory.cache_clear()
    try:
        page = client.get("/help-now/").text
    finally:
        directory.cache_clear()
    assert "Our chaplain" in page
    assert "Checked on 2 January 2026." in page
    assert "Samaritans" not in page


@pytest.mark.parametrize(
    "broken",
    [
        "countries: []",
        ONE_LINE.format(""),
        ONE_LINE.format("call: 'javascript:1', "),
        "a: [",
    ],
    ids=["no date", "no number", "not a number", "not YAML"],
)
def test_a_broken_directory_is_refused_by_name(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "help-lines.yaml"
    path.write_text(broken, "utf-8")
    with pytest.raises(Refused) as refused:
        read_directory(path)
    assert refused.value.fault is WebFault.HELP_LINES
