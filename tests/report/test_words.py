"""The tone: plain, short, gentle, and without words that blame."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import pytest
from tests.report.report_material import effects as printed_effects
from tests.report.report_material import release, report

from replenish.report import Report
from replenish.report.document import Bullets, Chart, Fold, Heading, Paragraph
from replenish.report.wording import about, advice, bands, effects, limits, short, small
from replenish.report.wording.figures import chance, listed, number, plural, span_words
from replenish.report.wording.texts import evidence, scale_texts

BANNED = re.compile(
    r"!|\b(risks?|at-risk|fail(?:s|ed|ing|ure)?|resilien\w*|weakness|anonym\w*|calm|significan\w*|p-value|"
    r"score card|red|amber|streak|badge|well done|congratulations|underperform\w*|worst performing|"
    r"problem staff|perfect\w*)\b",
    re.IGNORECASE,
)
MODULES = (about, advice, bands, effects, limits, short, small)
LONGEST_SENTENCE = 32
MEAN_SENTENCE = 14.5
LONG_WORD = 9
SHARE_OF_LONG_WORDS = 0.09


def words_of(document: Report) -> Iterator[str]:
    for section in document.sections:
        yield section.title
        for block in section.blocks:
            for inner in block.blocks if isinstance(block, Fold) else (block,):
                if isinstance(inner, Paragraph | Heading):
                    yield inner.text
                elif isinstance(inner, Bullets):
                    yield from inner.items
                elif isinstance(inner, Chart):
                    yield inner.title
                    yield inner.description


def documents() -> list[Report]:
    first = release(round_name="spring")
    second = release(round_name="summer", earlier=[first], seed=8)
    return [
        report(release(results=printed_effects("overload", ["process", "hours"]))),
        report(release()),
        report(first, second),
        report(release({("Lodge",): 6})),
        report(release({(f"Team {number}",): 11 for number in range(15)})),
    ]


def every_text() -> list[str]:
    texts = [text for document in documents() for text in words_of(document)]
    for module in MODULES:
        for name, value in vars(module).items():
            if name.isupper() and isinstance(value, str):
                texts.append(value)
            elif name.isupper() and isinstance(value, tuple):
                texts += [part for part in value if isinstance(part, str)]
    texts += [f"{finding.text}" for finding in evidence()]
    texts += [f"{scale.gloss}. {scale.first_step or ''}" for scale in scale_texts().values()]
    return list(dict.fromkeys(texts))


def sentences() -> list[list[str]]:
    """Every sentence as its words; a list of names counts as one sentence only if it ends like one."""
    found = []
    for text in every_text():
        for sentence in re.split(r"(?<=[.?:;])\s+|\n", text):
            words = re.findall(r"[A-Za-z’']+", sentence)
            if len(words) > 2:
                found.append(words)
    return found


def test_no_word_blames_or_frightens() -> None:
    texts = every_text()
    assert len(texts) > 80
    found = [(text, hit.group()) for text in texts if (hit := BANNED.search(text))]
    assert not found


def test_sentences_are_short() -> None:
    lengths = [len(words) for words in sentences()]
    longest = max(sentences(), key=len)
    assert max(lengths) <= LONGEST_SENTENCE, " ".join(longest)
    assert sum(lengths) / len(lengths) <= MEAN_SENTENCE


def test_long_words_are_few() -> None:
    words = [word for sentence in sentences() for word in sentence]
    long = [word for word in words if len(word) > LONG_WORD]
    assert len(long) / len(words) <= SHARE_OF_LONG_WORDS, sorted(set(long))


def test_weak_is_said_only_to_deny_it() -> None:
    for text in every_text():
        for sentence in re.split(r"(?<=\.)\s", text):
            if re.search(r"\bweak\b", sentence):
                assert "not mean that somebody is weak" in sentence


def test_jargon_stays_out_of_the_sentences() -> None:
    jargon = re.compile(
        r"\b(ICC|CR2|REML|regression|coefficient|standard deviation|covariate|variance|multilevel|estimator|"
        r"association|posterior|outcome)\b"
    )
    for text in every_text():
        if text != "No outcome and condition were named together, so no link could be looked at.":
            assert not jargon.search(text), text


@pytest.mark.parametrize(
    ("value", "text"),
    [(37.5, "37.5"), (50.0, "50"), (-2.0, "−2"), (-0.001, "0"), (1 / 3, "0.33"), (100.0, "100"), (0.0, "0")],
)
def test_numbers_are_rounded_only_here(value: float, text: str) -> None:
    assert number(value) == text


def test_bands_are_open_where_no_cut_lies() -> None:
    assert span_words(0, 37.5) == "below 37.5"
    assert span_words(62.5, 100) == "above 62.5"
    assert span_words(37.5, 50) == "between 37.5 and 50"


def test_chances_are_never_nought_and_never_certain() -> None:
    assert [chance(value) for value in (None, 0.0, 0.4, 1.0)] == [
        "too coarse to say",
        "less than 1 in 10",
        "4 in 10",
        "more than 9 in 10",
    ]


def test_lists_and_counts_read_like_sentences() -> None:
    assert listed(["Oak"]) == "Oak"
    assert listed(["Oak", "Ash", "Elm"]) == "Oak, Ash and Elm"
    assert plural(1, "group") == "1 group"
    assert plural(12, "group") == "12 groups"


def test_every_finding_names_its_source_and_how_sure_it_is() -> None:
    for finding in evidence():
        assert re.search(r"\b(19|20)\d\d\b", finding.source)
        assert finding.mark == "S"


def test_no_section_speaks_as_we() -> None:
    sources = "\n".join(inspect.getsource(module) for module in MODULES)
    assert not re.search(r'"[^"]*\b[Ww]e\b[^"]*"', sources)
