"""What is said to everybody: complete in each language, filled in by name, never to some people only."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replenish.basis.errors import Refused
from replenish.basis.faults.telling import TellingFault
from replenish.conditions.telling.occasions import Kind, Occasion
from replenish.conditions.telling.words import (
    FOLDER,
    LONGEST_WORDS,
    MOST_PARAGRAPHS,
    PLACE,
    PLACES,
    Told,
    Wording,
    fill,
    lines,
    require_words,
    said_on,
    shipped,
    told,
)

LANGUAGES = sorted(folder.name for folder in FOLDER.iterdir())
DAY = date(2026, 3, 2)
# What would point at those who have not answered, or at some people only.
POINTS_AT_SOME = re.compile(
    r"remind|you have(?: not|n't)|still missing|not yet answered|recorda|aún no has", re.IGNORECASE
)


def filled(kind: Kind, wording: Wording, language: str = "en") -> Told:
    names = ("starts", "last_day", "reads", "first_day")
    occasion = Occasion(kind, "x", DAY, DAY + timedelta(7), 4, tuple((name, DAY) for name in names))
    return told(
        occasion, wording, organisation="Larkhill", base="https://r.example", floor=9, language=language
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(Kind))
def test_our_words_leave_no_place_open_and_point_at_nobody(kind: Kind, language: str) -> None:
    ours = shipped(kind, language)
    assert set(PLACE.findall(ours.words + ours.title)) <= set(PLACES[kind])
    said = filled(kind, ours, language)
    assert "{" not in said.title + said.as_text()
    assert not POINTS_AT_SOME.search(said.as_text())
    assert "9" in said.as_text(), "the floor stands in what is always said"
    assert require_words(kind, ours.words) == ours.words, "our own words could be kept as they are"


@pytest.mark.parametrize("name", ["always-said", "calendar", "notices"])
def test_every_language_has_the_same_lines_with_the_same_places(name: str) -> None:
    english = lines(name, "en")
    for language in LANGUAGES:
        there = lines(name, language)
        assert list(there) == list(english)
        for key, line in english.items():
            assert sorted(PLACE.findall(there[key])) == sorted(PLACE.findall(line)), (language, key)


def test_a_language_nobody_wrote_in_is_english() -> None:
    assert shipped(Kind.ALWAYS, "../es") == shipped(Kind.ALWAYS, "en") == shipped(Kind.ALWAYS, "fr")


def test_who_can_see_what_is_always_said() -> None:
    own = {Kind.LAST_WEEK.value: "Tea on Friday."}
    said = filled(Kind.LAST_WEEK, said_on(Kind.LAST_WEEK, own, "en"))
    assert said.paragraphs == ("Tea on Friday.",)
    assert said.kept == filled(Kind.LAST_WEEK, shipped(Kind.LAST_WEEK, "en")).kept
    assert all(line in said.as_text() for line in said.kept)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (" \n\n \n", TellingFault.WORDS_EMPTY),
        ("x" * (LONGEST_WORDS + 1), TellingFault.WORDS_LONG),
        ("x\n\n" * (MOST_PARAGRAPHS + 1), TellingFault.WORDS_PARAGRAPHS),
        ("From {beginning} on.", TellingFault.WORDS_PLACE),
        ("{round.__class__}", TellingFault.WORDS_PLACE),
    ],
)
def test_words_that_cannot_be_told_are_refused(words: str, fault: TellingFault) -> None:
    with pytest.raises(Refused) as refused:
        require_words(Kind.LAST_WEEK, words)
    assert refused.value.fault is fault


@given(text=st.text(max_size=80), value=st.text(max_size=20))
def test_a_value_is_put_in_and_never_read_as_a_pattern(text: str, value: str) -> None:
    assert fill(text, {}) == text
    assert fill("a {x} b {y!r} {0} {", {"x": value}) == f"a {value} b {{y!r}} {{0}} {{"


def test_signs_that_nobody_sees_are_not_kept() -> None:
    """They break sheets and databases, or make an address read otherwise than it leads."""
    assert (
        require_words(Kind.ALWAYS, "Come\x00 to\x1b the \u202eecnalb\u202c\u2066 hall.")
        == "Come to the ecnalb hall."
    )
    with pytest.raises(Refused) as refused:
        require_words(Kind.ALWAYS, "\x00 \u202e")
    assert refused.value.fault is TellingFault.WORDS_EMPTY
