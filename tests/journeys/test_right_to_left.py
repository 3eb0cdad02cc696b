"""Every page in a language from right to left, with longer words: nothing breaks, nothing is left out."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer
from tests.journeys.browsers import VIEWS, context_with, every_page
from tests.journeys.sound import require_sound
from tests.journeys.test_carer_pages import secret, world
from tests.languages.pseudo import LANGUAGE, write_pseudo

from replenish.sealing.secret import Secret

__all__ = ["secret", "world"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# Names of the house and of other works are the same in every language.
LATIN = re.compile(r"[A-Za-z]{4,}")
SAME_EVERYWHERE = re.compile(r"Replenish|British English|English|Español")


@pytest.fixture
def pseudo_language(settings: LazySettings, tmp_path: Path) -> None:
    write_pseudo(tmp_path)
    settings.LANGUAGES = [("en-gb", "English"), (LANGUAGE, "Pseudo")]
    settings.LOCALE_PATHS = [tmp_path]


@pytest.mark.usefixtures("pseudo_language")
@pytest.mark.parametrize("name", ["desktop, light", "smallest, dark"])
def test_pages_hold_from_right_to_left(
    browser: Browser, live_server: LiveServer, secret: Secret, name: str
) -> None:
    context = context_with(browser, live_server.url, secret, {**VIEWS[name], "locale": LANGUAGE})
    page = context.new_page()
    for path in chain(*every_page()):
        page.goto(live_server.url + path)
        assert page.get_attribute("html", "dir") == "rtl", path
        require_sound(page)
    context.close()


@pytest.mark.usefixtures("pseudo_language")
def test_no_word_was_left_out(browser: Browser, live_server: LiveServer, secret: Secret) -> None:
    context = context_with(browser, live_server.url, secret, {"locale": LANGUAGE})
    page = context.new_page()
    for path in ("/my/check-in/", "/my/check-in/more/", "/my/", "/my/data/", "/my/device/"):
        page.goto(live_server.url + path)
        words = SAME_EVERYWHERE.sub("", page.inner_text("body"))
        assert LATIN.findall(words) == [], path
    context.close()
