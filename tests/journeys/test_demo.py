"""What `./run start` shows: every link opens the page of its part, in a real browser, by its button alone."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.browsers import VIEWS
from tests.journeys.sound import require_sound

pytestmark = pytest.mark.journey

NO_PAGE = 404
READY, STOP_SECONDS = "Replenish is at ", 60
PARTS = (
    "Carer", "Leader of everything", "Head of one service", "Deputy", "Representative of staff",
    "Facilitator", "Supervisor", "Operator", "Carer in the home of six", "Leader of a home of six",
)  # fmt: skip


@dataclass(frozen=True)
class Demo:
    """A demo that is served: its address, and its links by part."""

    address: str
    links: dict[str, str]
    names: dict[str, str]


def started(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "replenish.cli", "start", "--no-open", "--out", str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def address_of(server: subprocess.Popen[str]) -> str:
    said = []
    for line in server.stdout or ():
        said.append(line)
        if line.startswith(READY):
            return line.removeprefix(READY).strip().rstrip("/")
    raise AssertionError("".join(said))


def stopped(server: subprocess.Popen[str]) -> int:
    server.send_signal(signal.SIGTERM)
    # What it said is read to its end, so that it never waits for a reader.
    server.communicate(timeout=STOP_SECONDS)
    return server.returncode


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shown") / "demo"


@pytest.fixture(scope="module")
def demo(folder: Path) -> Iterator[Demo]:
    server = started(folder)
    try:
        address = address_of(server)
        doors = json.loads((folder / "demo.json").read_text())["doors"]
        yield Demo(
            address,
            {door["part"]: address + door["address"] for door in doors},
            {door["part"]: door["name"] for door in doors},
        )
    finally:
        assert stopped(server) == 0


@pytest.mark.parametrize("part", PARTS)
def test_a_link_opens_the_page_of_its_part(browser: Browser, demo: Demo, part: str) -> None:
    page = browser.new_context(**VIEWS["phone, light"]).new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(demo.links[part])
    secret = demo.links[part].partition("#")[2]
    page.wait_for_url(lambda url: "#" not in url)
    require_sound(page)
    if demo.names[part]:
        assert page.evaluate("document.activeElement.textContent") == "Sign in with the code"
        page.keyboard.press("Enter")
        page.wait_for_url(f"{demo.address}/staff/")
        assert demo.names[part] in page.content()
    else:
        page.get_by_role("button", name="Open my page").click()
        page.wait_for_url(f"{demo.address}/my/")
        assert "Leave this device" in page.content()
    assert page.get_by_text("This is an invented organisation").is_visible()
    require_sound(page)
    assert secret not in page.url + page.content()
    assert errors == []
    page.context.close()


def test_the_carer_sees_half_a_year(browser: Browser, demo: Demo) -> None:
    page = browser.new_context(**VIEWS["desktop, dark"]).new_page()
    page.goto(demo.links["Carer"])
    page.get_by_role("button", name="Open my page").click()
    page.wait_for_url(f"{demo.address}/my/")
    for address in ("/my/picture/", "/my/report/"):
        page.goto(f"{demo.address}{address}")
        assert page.get_by_text("This is an invented organisation").is_visible()
        require_sound(page)
    assert page.locator("h1").count() == 1
    page.context.close()


def test_a_link_of_somebody_else_signs_nobody_in_by_itself(browser: Browser, demo: Demo) -> None:
    page = browser.new_page()
    page.goto(demo.links["Deputy"])
    expect(page.locator("#account")).not_to_have_value("")
    inside = page.goto(f"{demo.address}/staff/")
    assert inside is not None
    assert inside.status == NO_PAGE
    page.context.close()


def test_a_second_start_shows_the_same_demo_beside_the_first(demo: Demo, folder: Path) -> None:
    server = started(folder)
    try:
        address = address_of(server)
        doors = json.loads((folder / "demo.json").read_text())["doors"]
    finally:
        assert stopped(server) == 0
    assert address != demo.address
    assert {door["part"]: demo.address + door["address"] for door in doors} == demo.links
