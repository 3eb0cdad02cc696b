"""Every sentence a person reads can be read at about eleven years, or is listed with the reason why not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path

import pytest
import yaml
from tests.languages.catalogue import messages
from tests.languages.readability import OF_THE_FIELD, reading, sentences, syllables
from tests.languages.test_translations import FOLDERS

from replenish.web.shared.texts import read_text

# One sentence scatters around the text it stands in: a short one with one long word has a high grade. A text
# is held to grade 6.5, read at eleven to twelve; each of its sentences to words and length.
HIGHEST_GRADE_OF_A_TEXT = 6.5
MOST_WORDS = 25
HIGHEST_GRADE_OF_A_SENTENCE = 10.0
SHORT = 6
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]|%%")
HERE = Path(__file__).parent
EXCEPTIONS: dict[str, str] = yaml.safe_load((HERE / "hard_sentences.yaml").read_text("utf-8"))
FORBIDDEN = re.compile(
    r"(?i:\b(?:resilien\w*|failing|failure|at risk|risk score|burnt out|streaks?|badges?|well done|keep going"
    r"|hang in there|stay strong|anonym\w*|diagnos\w*|symptom\w*|cope better|just breathe|toughen\w*"
    r"|weak|weakness)\b)|\bCALM\b|!"
)
ALLOWED_AS: dict[str, str] = yaml.safe_load((HERE / "spoken_of.yaml").read_text("utf-8"))


@cache
def _strings() -> tuple[tuple[str, str], ...]:
    return tuple(_each_string())


def _each_string() -> Iterator[tuple[str, str]]:
    for message in messages():
        yield message.place, message.text
        if message.plural:
            yield message.place, message.plural


@cache
def _long_texts() -> tuple[tuple[str, str], ...]:
    return tuple(_each_long_text())


def _each_long_text() -> Iterator[tuple[str, str]]:
    for folder in FOLDERS:
        for path in sorted((folder / "en").glob("*.md")):
            found = read_text(path)
            blocks = re.sub(r"</(?:p|li|h\d|td|th|tr)>", "\n", found.html)
            words = unescape(re.sub(r"<[^>]+>", "", blocks))
            yield f"{folder.name}/{path.name}", f"{found.title}\n{words}"


def _plain(text: str) -> str:
    return PLACE.sub("it", text)


def too_hard(sentence: str) -> bool:
    """Whether a sentence is longer, or has longer words, than a tired reader should meet."""
    counts = reading(sentence)
    return counts.words > MOST_WORDS or (counts.words >= SHORT and counts.grade > HIGHEST_GRADE_OF_A_SENTENCE)


def _hard() -> dict[str, str]:
    return {
        sentence: place
        for place, text in (*_strings(), *_long_texts())
        for sentence in sentences(_plain(text))
        if too_hard(sentence)
    }


def test_every_sentence_is_easy_or_listed_with_its_reason() -> None:
    unlisted = {sentence: place for sentence, place in _hard().items() if sentence not in EXCEPTIONS}
    assert unlisted == {}


def test_every_exception_is_still_one_and_has_a_reason() -> None:
    assert set(EXCEPTIONS) <= set(_hard())
    assert all(len(reason.split()) >= 3 for reason in EXCEPTIONS.values())


def test_every_long_text_is_read_at_eleven() -> None:
    grades = {place: round(reading(_plain(text)).grade, 1) for place, text in _long_texts()}
    assert {place: grade for place, grade in grades.items() if grade > HIGHEST_GRADE_OF_A_TEXT} == {}


def test_all_short_texts_together_are_read_at_eleven() -> None:
    everything = "\n".join(_plain(text) for _place, text in _strings())
    assert reading(everything).grade <= HIGHEST_GRADE_OF_A_TEXT


def test_no_word_that_hurts() -> None:
    found = {
        sentence: place
        for place, text in (*_strings(), *_long_texts())
        for sentence in sentences(text)
        if FORBIDDEN.search(sentence) and sentence not in ALLOWED_AS
    }
    assert found == {}


def test_every_word_that_is_spoken_of_still_is() -> None:
    said = {sentence for _place, text in (*_strings(), *_long_texts()) for sentence in sentences(text)}
    assert set(ALLOWED_AS) <= said


@pytest.mark.parametrize(
    ("word", "count"),
    [("care", 1), ("little", 2), ("recovering", 4), ("behaviour", 3), ("organised", 3), ("frobnicated", 4)],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_word_of_the_field_counts_two_at_most() -> None:
    assert {syllables(word) for word in OF_THE_FIELD} <= {1, 2}


def test_the_grade_is_the_published_formula() -> None:
    # Ten words in two sentences, twelve syllables: 0.39 * 5 + 11.8 * 1.2 - 15.59 = 0.52.
    assert reading("The cat sat on the mat. Nobody saw her there.").grade == pytest.approx(0.52)


def test_a_long_and_a_heavy_sentence_are_found() -> None:
    assert too_hard(" ".join(["word"] * 26) + ".")
    assert too_hard("Organisational interventions demonstrated considerable heterogeneity everywhere.")
    assert not too_hard("After a hard moment, take a few minutes before you go on.")
