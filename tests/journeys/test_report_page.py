"""A real browser reads the report: with axe, by keyboard, on a phone, in the dark, without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.report.report_material import effects, release, report

from replenish.disclosure.scale import AnswerScale
from replenish.report import Report, draw_html, plain_question

VIEWS = {
    "desktop, light": {"width": 1280, "scheme": "light"},
    "desktop, dark": {"width": 1280, "scheme": "dark"},
    "phone, light": {"width": 360, "scheme": "light"},
    "smallest, dark": {"width": 320, "scheme": "dark"},
}

pytestmark = pytest.mark.journey


def many_questions() -> Report:
    """A report whose tables are wider than a phone."""
    scales = [AnswerScale(f"question {number}", 0, 100) for number in range(9)]
    questions = [plain_question(scale.name, "condition", higher_is_better=True) for scale in scales]
    return report(release(scales=scales), questions=questions)


@pytest.fixture(scope="module", params=["few groups", "many groups", "many questions", "too small"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The file address of a drawn report."""
    documents: dict[str, Callable[[], Report]] = {
        "few groups": lambda: report(release(results=effects("overload", ["process", "hours"]))),
        "many groups": lambda: report(release({(f"Team {n}",): 11 for n in range(45)})),
        "many questions": many_questions,
        "too small": lambda: report(release({("Lodge",): 6})),
    }
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(draw_html(documents[str(request.param)]()), "utf-8")
    return path.as_uri()


def opened(browser: Browser, address: str, *, width: int, scheme: str, script: bool = True) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=script,
    )
    page = context.new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_axe_finds_nothing_and_nothing_runs_off_the_side(
    browser: Browser, address: str, view: dict[str, object]
) -> None:
    width = int(str(view["width"]))
    page = opened(browser, address, width=width, scheme=str(view["scheme"]))
    # The page forbids every script; axe comes in through the browser's own door for test tools.
    for summary in page.locator("summary").all():
        if summary.is_visible():
            summary.click()
    found = Axe().run(page)
    assert len(found.response["passes"]) > 10
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_nothing_is_requested_and_the_console_stays_silent(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert requests == [address]
    assert complaints == []
    context.close()


def test_the_policy_lets_the_style_sheet_in(browser: Browser, address: str) -> None:
    page = opened(browser, address, width=1280, scheme="light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(247, 245, 239)"
    dark = opened(browser, address, width=1280, scheme="dark")
    assert dark.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 32, 31)"
    page.context.close()
    dark.context.close()


def test_the_keyboard_reaches_and_opens_everything_that_opens(browser: Browser, address: str) -> None:
    page = opened(browser, address, width=1280, scheme="light")
    expected = page.locator("summary").count()
    for _ in range(40 + 6 * expected):
        page.keyboard.press("Tab")
        on = page.evaluate("[document.activeElement.tagName, document.activeElement.parentElement?.open]")
        if on == ["BODY", None]:
            break
        if on[0] == "SUMMARY" and not on[1]:
            page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == expected
    page.context.close()


def test_a_wide_table_scrolls_in_its_own_place_by_keyboard_and_keeps_its_names(browser: Browser) -> None:
    page = opened(browser, "about:blank", width=360, scheme="light")
    page.set_content(draw_html(many_questions()))
    region = page.locator("#numbers .wide").first
    assert region.evaluate("region => region.scrollWidth > region.clientWidth")
    assert region.evaluate(
        "region => document.getElementById(region.getAttribute('aria-labelledby')) !== null"
    )
    region.focus()
    name = region.locator("tbody th").first
    before = name.bounding_box()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    assert region.evaluate("region => region.scrollLeft") > 40
    after = name.bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] == pytest.approx(before["x"], abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.context.close()


def test_the_skip_link_comes_first_and_shows_itself(browser: Browser, address: str) -> None:
    page = opened(browser, address, width=1280, scheme="light")
    page.keyboard.press("Tab")
    link = page.locator(".skip")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.wait_for_timeout(50)
    box = link.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#report"
    page.context.close()


def test_without_script_all_of_it_can_be_read(browser: Browser, address: str) -> None:
    page = opened(browser, address, width=360, scheme="light", script=False)
    summaries = page.locator("summary")
    if summaries.count():
        summaries.first.click()
        assert page.locator("details[open] table, details[open] p, details[open] li").first.is_visible()
    assert page.get_by_role("heading", level=1).is_visible()
    page.context.close()


def test_text_at_twice_the_size_still_fits(browser: Browser, address: str) -> None:
    page = opened(browser, address, width=640, scheme="light")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    page.context.close()
