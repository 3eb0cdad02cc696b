"""What holds for every page in every state: axe finds nothing, nothing runs off, every target can be hit."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SMALLEST_TARGET = 24
SMALL_TARGETS = """least => [
    ...document.querySelectorAll("button, .button, input:not([type=hidden]), .bar a, .feet a, summary")
].filter(e => e.checkVisibility()).filter(e => {
    const box = e.getBoundingClientRect();
    return Math.min(box.width, box.height) < least;
}).map(e => e.outerHTML)"""


def require_sound(page: Page) -> None:
    """The page as it stands, with nothing opened or closed for it."""
    found = Axe().run(page)
    assert len(found.response["passes"]) > 10
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    assert page.evaluate(SMALL_TARGETS, SMALLEST_TARGET) == []
