"""The language of the pages is a choice that stays on the device."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_languages(settings: LazySettings) -> None:
    settings.LANGUAGES = [("en-gb", "English"), ("es", "Spanish")]


@pytest.mark.usefixtures("two_languages")
def test_a_choice_is_kept_and_leads_back(client: Client) -> None:
    answer = client.post("/language/", {"language": "es"}, headers={"referer": "http://testserver/help-now/"})
    assert (answer.status_code, answer["Location"]) == (302, "/help-now/")
    assert client.cookies["replenish_language"].value == "es"
    assert client.cookies["replenish_language"]["httponly"]
    page = client.get("/help-now/")
    assert '<html lang="es">' in page.text


@pytest.mark.usefixtures("two_languages")
@pytest.mark.parametrize("language", ["", "xx", "es; path=/", "../es"])
def test_an_unknown_language_changes_nothing(client: Client, language: str) -> None:
    answer = client.post("/language/", {"language": language})
    assert answer.status_code == 302
    assert "replenish_language" not in client.cookies


@pytest.mark.usefixtures("two_languages")
@pytest.mark.parametrize(
    "referer",
    [
        "http://elsewhere.example/help-now/",
        "http://testserver/nothing-here/",
        "http://testserver//evil.example/",
        "",
    ],
)
def test_the_way_back_never_leads_away(client: Client, referer: str) -> None:
    answer = client.post("/language/", {"language": "es"}, headers={"referer": referer})
    assert answer["Location"] == "/"


@pytest.mark.usefixtures("two_languages")
def test_other_languages_are_offered_in_their_own_words(client: Client) -> None:
    page = client.get("/").text
    assert '<button class="plain" name="language" value="es" lang="es">Español</button>' in page
    assert 'value="en-gb"' not in page
