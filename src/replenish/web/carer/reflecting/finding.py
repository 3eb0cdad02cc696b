"""Finding words in one's own notes, whatever their case and accents. Nothing is kept of a search."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import combining, normalize

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

LONGEST_SEARCH = 100
# Letters without accents are compared many at a time, all others one by one.
_RUNS = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]", re.DOTALL)
BEFORE, AFTER = 60, 180


@dataclass(frozen=True)
class Found:
    """A place where a searched word stands: from its first character to behind its last one."""

    start: int
    end: int


def words_of(typed: str) -> tuple[str, ...]:
    """The words to look for, as they are compared."""
    return tuple(word for word in (_folded(part)[0] for part in typed[:LONGEST_SEARCH].split()) if word)


def places(text: str, words: Sequence[str]) -> tuple[Found, ...]:
    """Where the words stand, in order and without overlaps; none unless every word is there."""
    if not words:
        return ()
    folded, at = _folded(text)
    found: list[Found] = []
    for word in words:
        # One sign may be compared as two letters: a place never ends inside of it.
        spans = [
            Found(at[start], max(at[start + len(word) - 1] + 1, at[start + len(word)]))
            for start in _starts(folded, word)
        ]
        if not spans:
            return ()
        found += spans
    return tuple(_merged(sorted(found, key=lambda span: (span.start, span.end))))


def marked(text: str, found: Sequence[Found]) -> SafeString:
    """The text with the places marked; everything else is escaped."""
    drawn, behind = [], 0
    for span in found:
        drawn += [escape(text[behind : span.start]), "<mark>", escape(text[span.start : span.end]), "</mark>"]
        behind = span.end
    return mark_safe("".join([*drawn, escape(text[behind:])]))  # noqa: S308 - every piece was escaped


def excerpt(text: str, found: Sequence[Found]) -> SafeString:
    """A stretch of the text around the first place, with the places in it marked."""
    first = found[0].start if found else 0
    start = max(0, first - BEFORE)
    end = min(len(text), max(first + AFTER, found[0].end if found else 0))
    inside = [Found(span.start - start, span.end - start) for span in found if span.end <= end]
    drawn = marked(text[start:end], inside)
    return mark_safe(f"{'… ' if start else ''}{drawn}{' …' if end < len(text) else ''}")  # noqa: S308 - as above


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text as it is compared, and for each of its characters, and its end, where it comes from."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    folded: list[str] = []
    at: list[int] = []
    # Forgotten with this text: not even the letters of somebody's notes stay in memory.
    known: dict[str, str] = {}
    for run in _RUNS.finditer(text):
        if run[0].isascii():
            folded.append(run[0].lower())
            at += range(run.start(), run.end())
        else:
            plain = known.get(run[0]) or known.setdefault(run[0], _plain(run[0]))
            folded.append(plain)
            at += [run.start()] * len(plain)
    at.append(len(text))
    return "".join(folded), at


def _plain(character: str) -> str:
    """Without case and accents; a combining accent is nothing, so that it goes with the letter before."""
    return "".join(part for part in normalize("NFKD", character).casefold() if not combining(part))


def _starts(folded: str, word: str) -> Iterator[int]:
    start = folded.find(word)
    while start >= 0:
        yield start
        start = folded.find(word, start + len(word))


def _merged(spans: Sequence[Found]) -> Iterator[Found]:
    """Spans that touch or overlap as one."""
    held: Found | None = None
    for span in spans:
        if held is None:
            held = span
        elif span.start <= held.end:
            held = Found(held.start, max(held.end, span.end))
        else:
            yield held
            held = span
    if held is not None:
        yield held
