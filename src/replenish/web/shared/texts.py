"""Long texts: Markdown files with a few facts at their head, one folder for each language.

A text is our own and comes with the package, so its Markdown is trusted; raw HTML in it is not read as such.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from markdown_it import MarkdownIt
from markdown_it.token import Token

from replenish.basis.errors import refuse
from replenish.basis.faults import WebFault

FALLBACK = "en"
_FENCE = "---\n"
_PAGE = "page:"


@dataclass(frozen=True)
class Text:
    """One text.

    Attributes:
        name: the name of its file, without the ending; the same in every language.
        title: its heading.
        facts: what else stands at its head.
        html: its body; headings begin at the second level.
        language: in which it is written.
    """

    name: str
    title: str
    facts: Mapping[str, object]
    html: SafeString
    language: str


def text(folder: Path, name: str) -> Text | None:
    """A text in the reader's language, in English where it has not been written in that language.

    Args:
        folder: it has a folder for each language.
        name: of the file. A name that comes from an address is safe: only names that are there are looked up.
    """
    language = (get_language() or FALLBACK).split("-")[0]
    return _texts(folder, language).get(name) or _texts(folder, FALLBACK).get(name)


def texts(folder: Path) -> tuple[Text, ...]:
    """All texts of a folder in the reader's language, in the order that `order` at their heads gives."""
    found = (text(folder, name) for name in _texts(folder, FALLBACK))
    return tuple(sorted((one for one in found if one), key=lambda one: (one.facts.get("order", 0), one.name)))


@cache
def _texts(folder: Path, language: str) -> Mapping[str, Text]:
    return {path.stem: read_text(path) for path in sorted((folder / language).glob("*.md"))}


def read_text(path: Path) -> Text:
    """A text from its file: facts in YAML between two lines of dashes, then Markdown.

    A link `page:name` leads to the page of that name, and `page:name/argument` to the one for the argument.

    Raises:
        Refused: the head is missing, has no title, or cannot be read.
    """
    written = path.read_text("utf-8")
    head, fence, body = written.removeprefix(_FENCE).partition(f"\n{_FENCE}")
    try:
        facts = yaml.safe_load(head) if fence and written.startswith(_FENCE) else None
    except yaml.YAMLError:
        facts = None
    if not isinstance(facts, dict) or not facts.get("title"):
        refuse(WebFault.TEXT_HEAD, file=path)
    return Text(path.stem, str(facts["title"]), facts, _drawn(body), path.parent.name)


def _drawn(body: str) -> SafeString:
    reader = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
    tokens = reader.parse(body)
    for token in tokens:
        for inner in token.children or ():
            _lead_to_page(inner)
    html: str = reader.renderer.render(tokens, reader.options, {})
    return mark_safe(html)  # noqa: S308 - raw HTML is off


def _lead_to_page(token: Token) -> None:
    address = str(token.attrs.get("href", ""))
    if token.type == "link_open" and address.startswith(_PAGE):
        name, _, argument = address.removeprefix(_PAGE).partition("/")
        token.attrs["href"] = reverse(name, args=[argument] if argument else [])
