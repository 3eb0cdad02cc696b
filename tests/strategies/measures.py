"""Questionnaires and answers for property tests, as many shapes as the formats can carry."""

from __future__ import annotations

import polars as pl
from hypothesis import strategies as st

from replenish.measures.formats.answers import Answers
from replenish.measures.formats.questionnaire import Asked, Choice, Kind, Questionnaire

# Letters only, so that no generated text is one of the spellings of a missing value.
WORDS = st.text("abcdefgäöß µ,;\"'=+-@\n", min_size=1, max_size=12).map(lambda text: f"w{text.strip()}")
CODES = st.from_regex(r"[a-z][a-z0-9]{0,5}", fullmatch=True)


@st.composite
def choices(draw: st.DrawFn, *, numbered: bool) -> tuple[Choice, ...]:
    """Between two and five options; numbered ones are called by their number."""
    values = draw(st.lists(st.integers(-3, 12), min_size=2, max_size=5, unique=True))
    if numbered:
        return tuple(Choice(str(value), draw(LABELS), float(value)) for value in values)
    return tuple(Choice(f"c{value + 3}", draw(LABELS), value / 2) for value in values)


LABELS = WORDS.map(lambda text: " ".join(text.split()).replace("|", ""))


@st.composite
def asked(draw: st.DrawFn, code: str, *, numbered: bool) -> Asked:
    """One question with options, or one that asks for a number."""
    kind = draw(st.sampled_from([Kind.ONE, Kind.SEVERAL, Kind.NUMBER]))
    text, required = draw(LABELS), draw(st.booleans())
    if kind is Kind.NUMBER:
        low = draw(st.integers(-5, 5))
        ends = (float(low), float(low + draw(st.integers(0, 20))))
        return Asked(code, text, kind, required=required, low=ends[0], high=ends[1])
    return Asked(code, text, kind, options=draw(choices(numbered=numbered)), required=required)


@st.composite
def questionnaires(draw: st.DrawFn, *, numbered: bool = False) -> Questionnaire:
    """One to four questions with distinct codes."""
    codes = draw(st.lists(CODES, min_size=1, max_size=4, unique=True))
    return Questionnaire("made", "", tuple(draw(asked(code, numbered=numbered)) for code in codes))


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    """Answers of one to five people to such a questionnaire, some of them missing."""
    form = draw(questionnaires())
    rows = draw(st.integers(1, 5))
    series: list[pl.Series] = []
    for question in form.asked:
        if question.kind is Kind.SEVERAL:
            # FHIR writes an unticked question and a missing one alike, so here somebody ticks something.
            ticked = draw(st.lists(st.sampled_from(question.options), min_size=rows, max_size=rows))
            series += [
                pl.Series(column, [int(option is choice) for choice in ticked], dtype=pl.Int64)
                for column, option in zip(question.columns, question.options, strict=True)
            ]
        elif question.kind is Kind.ONE:
            cells = st.none() | st.sampled_from([option.code for option in question.options])
            series.append(pl.Series(question.code, draw(_rows(cells, rows)), dtype=pl.String))
        else:
            numbers = st.none() | st.floats(question.low, question.high, allow_subnormal=False)
            series.append(pl.Series(question.code, draw(_rows(numbers, rows)), dtype=pl.Float64))
    return Answers(form, pl.DataFrame(series), "made")


def _rows(cells: st.SearchStrategy[object], rows: int) -> st.SearchStrategy[list[object]]:
    return st.lists(cells, min_size=rows, max_size=rows)
