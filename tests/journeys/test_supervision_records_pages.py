"""In a real browser: a pair on phones reads who can read what, agrees, writes, loses a phrase, hands over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.journeys.browsers import VIEWS, View
from tests.journeys.emptied import emptied_ledger
from tests.journeys.sound import require_sound
from tests.journeys.staff import signed_in, words
from tests.supervision.sealed_pairs import agreed as agreed_between
from tests.supervision.sealed_pairs import begin_pair, employee, meeting
from tests.web.staff_world import Person, StaffWorld, begin_organisation, quick

from replenish.people.roles import RoleKind
from replenish.supervision.models import Agreement
from replenish.supervision.notebook import OwnNote, begin_notebook, keep_own_note
from replenish.supervision.notes import write_shared

__all__ = ["emptied_ledger", "quick"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = VIEWS["phone, light"]
WORDS = "One long case less a week"


@pytest.fixture
def world(
    live_server: LiveServer, emptied_ledger: None, quick: None, settings: Settings, tmp_path: Path
) -> StaffWorld:
    settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS = tmp_path, tmp_path / "keys"
    settings.REPLENISH_KEYS.mkdir(mode=0o700)
    return begin_organisation("Willow House")


def go(page: Page, path: str) -> None:
    page.goto(f"{page.url.partition('/staff/')[0]}/staff/{path}")
    require_sound(page)


def make_phrase(page: Page) -> str:
    """Have words made, copied from the page as onto paper."""
    page.get_by_role("button", name=re.compile("Show me my words|Make new words")).click()
    expect(page.locator(".phrase li")).to_have_count(14)
    require_sound(page)
    return " ".join(page.locator(".phrase li").all_inner_texts())


def open_records(page: Page, phrase: str) -> None:
    page.fill("#phrase", phrase)
    page.get_by_role("button", name="Open my records").click()


def agree(page: Page) -> None:
    page.get_by_label("I have read who can read what").check()
    page.get_by_role("button", name="I agree").click()


def read_again(page: Page) -> None:
    page.reload()
    expect(page.get_by_role("main").get_by_text(WORDS)).to_be_visible()


def test_a_pair_agrees_writes_loses_a_phrase_and_reads_again(
    browser: Browser, live_server: LiveServer, world: StaffWorld
) -> None:
    _asker, person = employee(world, "Ana Brook")
    ana = signed_in(browser, live_server.url, person, PHONE)
    nia = signed_in(browser, live_server.url, world.people[RoleKind.SUPERVISOR], PHONE)
    phrases = {}
    for page in (ana, nia):
        go(page, "records/")
        page.get_by_role("link", name="Make my record phrase").click()
        phrases[page] = make_phrase(page)
        page.get_by_role("link", name="I have them on paper").click()
        open_records(page, phrases[page])
    go(ana, "supervision/agreements/propose/")
    ana.get_by_label("Who supervises?").select_option(label="Supervisor of Willow House")
    ana.get_by_label(re.compile("Support: what the work does")).check()
    for fieldset in ana.locator("fieldset[id^=point-]").all():
        fieldset.get_by_role("radio").first.check()
    ana.get_by_role("button", name="Propose it").click()
    agree(ana)
    go(nia, "supervision/agreements/")
    nia.get_by_role("link", name="Ana Brook").click()
    agree(nia)
    require_sound(nia)
    assert "What holds now" in words(nia)
    agreement = Agreement.objects.get().id
    meeting(agreement)
    go(ana, f"supervision/notes/write/?agreement={agreement}")
    ana.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    ana.fill("#text", WORDS)
    ana.get_by_role("button", name="Seal and keep it").click()
    expect(ana.get_by_role("main").get_by_text(WORDS)).to_be_visible()
    go(nia, f"supervision/notes/?agreement={agreement}")
    read_again(nia)
    go(ana, "records/lost/")
    ana.get_by_label("I know that my own notebook stays closed for ever").check()
    phrase = make_phrase(ana)
    ana.get_by_role("link", name="I have them on paper").click()
    open_records(ana, phrase)
    go(ana, f"supervision/notes/?agreement={agreement}")
    assert "a key you have replaced" in words(ana)
    go(nia, f"supervision/notes/share/?agreement={agreement}")
    nia.get_by_role("checkbox").check()
    nia.get_by_role("button", name="Let Ana Brook read the chosen notes").click()
    read_again(ana)
    assert ana.evaluate("document.cookie + localStorage.length + sessionStorage.length") == "00"
    for page in (ana, nia):
        page.context.close()


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_every_page_is_sound_with_something_on_it(
    browser: Browser, live_server: LiveServer, world: StaffWorld, view: View
) -> None:
    pair = begin_pair(world)
    agreement = agreed_between(pair)
    of = meeting(agreement)
    write_shared(asker=pair.ana, agreement=agreement, meeting=of, text=WORDS)
    begin_notebook(pair.supervisor)
    note = OwnNote("1" * 32, "", "", is_for_agenda=False, text="To try: ask first, then wait")
    keep_own_note(pair.supervisor, pair.key(pair.supervisor), note, read=None)
    person: Person = world.people[RoleKind.SUPERVISOR]
    page = signed_in(browser, live_server.url, person, view)
    for is_open in (False, True):
        if is_open:
            go(page, "records/")
            open_records(page, " ".join(pair.phrases[person.account].words()))
        for path in (
            "records/", "records/lost/", "records/new-words/", "supervision/agreements/",
            f"supervision/agreements/one/?agreement={agreement}",
            f"supervision/agreements/change/?agreement={agreement}", "supervision/agreements/propose/",
            f"supervision/notes/?agreement={agreement}",
            f"supervision/notes/write/?agreement={agreement}",
            f"supervision/notes/write/?agreement={agreement}&meeting={of}",
            f"supervision/notes/share/?agreement={agreement}", "supervision/notes/notebook/",
        ):  # fmt: skip
            go(page, path)
    page.context.close()
