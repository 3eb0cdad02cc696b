"""The words of what is told: ours in each language, or the organisation's own, with days filled in.

Words are plain text. A place such as {last_day} is looked up by name and nothing else: what somebody wrote
into a form is never a pattern that the program runs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import cast

import yaml
from django.utils.formats import date_format
from django.utils.translation import get_language, override

from replenish.basis.errors import refuse
from replenish.basis.faults.telling import TellingFault
from replenish.conditions.telling.occasions import Kind, Occasion

FOLDER = Path(__file__).with_name("texts")
FALLBACK = "en"
LONGEST_WORDS = 1000
MOST_PARAGRAPHS = 8
"""Together they stand on one sheet of A4, with who can see what below them."""

PLACE = re.compile(r"\{([^{}]*)\}")
UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Signs that no database or sheet takes, and those that make a line read otherwise than it was written."""
OF_EVERYBODY = ("organisation", "address")
OF_A_ROUND = ("round", "starts", "last_day", "reads")
PLACES: Mapping[Kind, tuple[str, ...]] = {
    Kind.ALWAYS: OF_EVERYBODY,
    Kind.INVITATION: (*OF_EVERYBODY, "starts"),
    Kind.ROUND_OPENS: (*OF_EVERYBODY, *OF_A_ROUND),
    Kind.LAST_WEEK: (*OF_EVERYBODY, *OF_A_ROUND),
    Kind.ROUND_CLOSED: (*OF_EVERYBODY, *OF_A_ROUND),
    Kind.REPORT_OPEN: (*OF_EVERYBODY, *OF_A_ROUND),
    Kind.HOLIDAYS: (*OF_EVERYBODY, "first_day", "last_day"),
    Kind.PAUSED: OF_EVERYBODY,
    Kind.AGAIN: OF_EVERYBODY,
}
"""Which places the words of an occasion may have."""


@dataclass(frozen=True)
class Wording:
    """What is said on one occasion, its places still open.

    Attributes:
        title: its heading; ours always.
        words: its paragraphs, as one text with an empty line between them.
        path: the page it leads to, without the address of the installation.
        is_own: whether the words are the organisation's own.
    """

    title: str
    words: str
    path: str
    is_own: bool


@dataclass(frozen=True)
class Told:
    """What is said on one occasion, filled in: the same for everybody.

    Attributes:
        title: its heading.
        paragraphs: its words.
        kept: who can see what; it is always there and nobody can change it.
        address: the page it leads to.
    """

    title: str
    paragraphs: tuple[str, ...]
    kept: tuple[str, ...]
    address: str

    def as_text(self) -> str:
        """As plain text, for a message."""
        return "\n\n".join((*self.paragraphs, self.address, *self.kept)) + "\n"


def language_of_reader() -> str:
    """The language in force, as the folders are named."""
    return (get_language() or FALLBACK).split("-")[0]


def shipped(kind: Kind, language: str) -> Wording:
    """Our own wording for an occasion."""
    written = _read(f"{kind.value}.md", language)
    _, head, body = written.split("---\n", 2)
    facts = yaml.safe_load(head)
    return Wording(facts["title"], _unwrapped(body), facts.get("path", ""), is_own=False)


def said_on(kind: Kind, own: Mapping[str, str], language: str) -> Wording:
    """What is said on an occasion: in the organisation's own words where it has some."""
    ours = shipped(kind, language)
    words = own.get(kind.value)
    return ours if words is None else Wording(ours.title, words, ours.path, is_own=True)


def lines(name: str, language: str) -> Mapping[str, str]:
    """Short lines by name, from one file."""
    return cast("Mapping[str, str]", yaml.safe_load(_read(f"{name}.yaml", language)))


def require_words(kind: Kind, words: str) -> str:
    """The organisation's own words as they are kept.

    Raises:
        Refused: there are none, too many, or a place in them can never be filled.
    """
    parts = paragraphs_of(UNSEEN.sub("", words))
    kept = "\n\n".join(parts)
    if not kept:
        refuse(TellingFault.WORDS_EMPTY)
    if len(kept) > LONGEST_WORDS:
        refuse(TellingFault.WORDS_LONG, most=LONGEST_WORDS, found=len(kept))
    if len(parts) > MOST_PARAGRAPHS:
        refuse(TellingFault.WORDS_PARAGRAPHS, most=MOST_PARAGRAPHS)
    unknown = [name for name in PLACE.findall(kept) if name not in PLACES[kind]]
    if unknown:
        refuse(TellingFault.WORDS_PLACE, place=f"{{{unknown[0]}}}")
    return kept


def paragraphs_of(words: str) -> tuple[str, ...]:
    """The paragraphs of a text: an empty line stands between two of them."""
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", words.strip()))
    return tuple(part for part in parts if part)


def told(
    occasion: Occasion,
    wording: Wording,
    *,
    organisation: str,
    base: str,
    floor: int,
    language: str,
) -> Told:
    """Fill in the words of an occasion.

    Args:
        occasion: gives the days.
        wording: ours or the organisation's own.
        organisation: its name.
        base: the address of the installation.
        floor: the least number of voices behind a figure.
        language: of the days and of what is always said.
    """
    address = f"{base}/{wording.path}"
    always = lines("always-said", language)
    filled = {"organisation": organisation, "address": address, "floor": str(floor)}
    filled["see"] = f"{base}/who-can-see-what/"
    if occasion.number is not None:
        filled["round"] = str(occasion.number)
    filled |= {name: in_words(day, language) for name, day in occasion.days}
    return Told(
        fill(wording.title, filled),
        tuple(fill(part, filled) for part in paragraphs_of(wording.words)),
        tuple(fill(line, filled) for line in always.values()),
        address,
    )


def fill(text: str, filled: Mapping[str, str]) -> str:
    """Put the values into their places; a place that has none stays as it was written."""
    return PLACE.sub(lambda found: filled.get(found[1], found[0]), text)


def in_words(day: date, language: str) -> str:
    """A day as a reader of this language writes it, with the day of the week."""
    with override(language):
        return f"{date_format(day, 'l')} {date_format(day, 'DATE_FORMAT')}"


def _unwrapped(body: str) -> str:
    return "\n\n".join(paragraphs_of(body))


def _read(name: str, language: str) -> str:
    return _read_in(name, known_language(language))


@cache
def _read_in(name: str, language: str) -> str:
    return (FOLDER / language / name).read_text("utf-8")


def known_language(language: str) -> str:
    """The language itself, or English where nothing is written in it."""
    return language if language in _languages() else FALLBACK


@cache
def _languages() -> frozenset[str]:
    return frozenset(folder.name for folder in FOLDER.iterdir())
