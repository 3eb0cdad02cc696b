"""The real browser of every journey, the screens it is seen on, and the pages there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from replenish.disclosure.attack.at_rest.doors import ADDRESSES, EXPORTS
from replenish.sealing.secret import Secret
from replenish.web.carer.card_cookie import CARD_COOKIE
from replenish.web.public.practices.practice import FOLDER as PRACTICES
from replenish.web.public.understanding.chapter import FOLDER as CHAPTERS

CHROMIUM = Path("/usr/bin/chromium")
View = dict[str, Any]
VIEWS: dict[str, View] = {
    "desktop, light": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "desktop, dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "phone, light": {"viewport": {"width": 360, "height": 740}, "color_scheme": "light", "has_touch": True},
    "smallest, dark": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark", "has_touch": True},
}
# Addresses that are no page to look at: they only take a form, or lead on, or are read by the script.
NO_PAGES = {
    "language/", "worker.js", "offline-pages/", "my/card/", "my/card/picture/", "my/hide/",
    "my/check-in/queued/",
} | set(EXPORTS)  # fmt: skip


@contextmanager
def chromium(*options: str) -> Iterator[Browser]:
    """The browser; the test is left out where there is none."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not on this machine (looked for /usr/bin/chromium)")
    # The browser's own loop runs in this thread; the database is only asked between its steps.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        args = ["--no-sandbox", "--disable-gpu", *options]
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=args)
        yield opened
        opened.close()


def context_with(
    browser: Browser, address: str, secret: Secret | None = None, view: View | None = None
) -> BrowserContext:
    """A browser of its own, with a card where one is given."""
    context = browser.new_context(**(view or {}))
    if secret is not None:
        cookie = {"name": CARD_COOKIE, "value": secret.cookie(), "url": f"{address}/my/"}
        context.add_cookies([cookie])  # type: ignore[list-item]
    return context


def every_page() -> tuple[list[str], list[str]]:
    """Every page for anybody, and every page of a carer, from the list of doors: none can be forgotten."""
    pages = [address for address in ADDRESSES if address not in NO_PAGES and "<" not in address]
    pages += [f"practise/{path.stem}/" for path in sorted((PRACTICES / "en").glob("*.md"))]
    pages += [f"understand/{path.stem}/" for path in sorted((CHAPTERS / "en").glob("*.md"))]
    pages += ["understand/in-your-setting/hospice/", "nothing-here/"]
    addresses = [f"/{address}" for address in pages]
    carers = [address for address in addresses if address.startswith("/my/")]
    of_staff = [address for address in addresses if address.startswith("/staff/")]
    return [address for address in addresses if address not in (*carers, *of_staff)], carers
