from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

from tests.report.report_material import release, report

from replenish.report import Report, draw_html
from replenish.report.tokens import DARK, LIGHT


class Page(HTMLParser):
    """What the structure of the page is."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep headings, names and elements."""
        named = dict(attrs)
        self.tags.append((tag, named))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if named.get("id"):
            self.ids.append(str(named["id"]))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of a kind."""
        return [attrs for name, attrs in self.tags if name == tag]


def test_the_policy_names_the_style_sheet_and_allows_nothing_else(page: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy is not None
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()
    rules = policy.group(1).replace("&#39;", "'").split("; ")
    assert rules[:3] == ["default-src 'none'", f"style-src 'sha256-{digest}'", "img-src data:"]


def test_nothing_is_fetched_and_nothing_runs(page: str) -> None:
    assert not re.search(r"(?i)<script|<link|<img|<iframe|@import|@font-face|url\(|\son[a-z]+=", page)
    addresses = set(re.findall(r"https?://[^\s\"'<]+", page))
    assert addresses == set()


def test_headings_are_in_order_and_every_name_is_used_once(page: str) -> None:
    structure = Page(page)
    assert structure.headings[0] == 1
    assert structure.headings.count(1) == 1
    for before, after in zip(structure.headings[:-1], structure.headings[1:], strict=True):
        assert after <= before + 1
    assert len(structure.ids) == len(set(structure.ids))
    for _, attrs in structure.tags:
        for reference in (attrs.get("aria-labelledby") or "").split():
            assert reference in structure.ids


def test_landmarks_skip_link_and_language(page: str) -> None:
    structure = Page(page)
    assert structure.all("html") == [{"lang": "en"}]
    assert len(structure.all("main")) == len(structure.all("header")) == len(structure.all("footer")) == 1
    first_link = structure.all("a")[0]
    assert first_link == {"class": "skip", "href": "#report"}
    assert {str(link["href"])[1:] for link in structure.all("a")} <= set(structure.ids)


def test_charts_are_images_with_words_and_tables_have_captions_and_scopes(page: str, whole: Report) -> None:
    structure = Page(page)
    drawings = [attrs for attrs in structure.all("svg") if attrs.get("role") == "img"]
    assert len(drawings) == len(list(whole.charts()))
    assert all(attrs["aria-labelledby"] for attrs in drawings)
    assert page.count("Show as table") == len(drawings)
    assert len(structure.all("caption")) == len(structure.all("table")) > 4
    assert all(attrs.get("scope") in ("col", "row") for attrs in structure.all("th"))


def test_both_colour_schemes_and_print_are_there(page: str) -> None:
    for query in ("prefers-color-scheme: dark", "@media print", "prefers-reduced-motion"):
        assert query in page
    assert f"--paper: {LIGHT['paper']}" in page
    assert f"--paper: {DARK['paper']}" in page


def test_the_page_of_a_small_organisation_is_whole() -> None:
    structure = Page(draw_html(report(release({("Lodge",): 6}))))
    assert len(structure.all("section")) == 3
    assert not structure.all("figure")


def test_the_same_report_is_drawn_the_same(whole: Report, page: str) -> None:
    assert draw_html(whole) == page
