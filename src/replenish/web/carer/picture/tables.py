"""The numbers of the drawings as tables: a row for each week in which something was said, newest first.

A year of weeks has hundreds of cells and few different words: each word is drawn once and then put in place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from replenish.web.carer.picture.finding import Finding
from replenish.web.carer.picture.said import ENCOUNTERS, STEP, Said, monday_of
from replenish.web.carer.picture.sense import encounter_labels
from replenish.web.carer.picture.signs import SignNow
from replenish.web.carer.picture.wording import day, often, whole

GAP = "–"
Column = Mapping[int, str]
"""By running number of the week, what was said."""


def table_of_all(found: Finding, span: tuple[int, int], said: Said) -> SafeString:
    """All signs together, the hard moments, and the weeks that look different."""
    labels = encounter_labels(get_language() or "")
    weeks = said.weekly.items()
    return _rows(
        span,
        [
            {week: whole(value) for week, value in zip(found.series.weeks, found.series.values, strict=True)},
            {
                week: labels[answers[ENCOUNTERS]]
                for week, answers in weeks
                if answers.get(ENCOUNTERS) in labels
            },
            dict.fromkeys(found.different, _("looks different")),
        ],
    )


def table_of_signs(signs: Sequence[SignNow], span: tuple[int, int]) -> SafeString:
    """Each sign in a column, the usual of each in the first row."""
    answers = {STEP * answer: often(STEP * answer) for answer in range(5)}
    columns = [
        {week: answers[value] for week, value in zip(sign.series.weeks, sign.series.values, strict=True)}
        for sign in signs
    ]
    return mark_safe(_usual_row(signs) + _rows(span, columns))  # noqa: S308 - both are safe already


def _usual_row(signs: Sequence[SignNow]) -> SafeString:
    if not any(sign.usual for sign in signs):
        return SafeString()
    ends = [
        GAP if sign.usual is None else f"{often(sign.usual.low)} – {often(sign.usual.high)}" for sign in signs
    ]
    cells = mark_safe("".join(map(_cell, ends)))  # noqa: S308 - each cell is safe
    return format_html('\n<tr><th scope="row">{}</th>{}</tr>', _("Your own usual"), cells)


def _rows(span: tuple[int, int], columns: Sequence[Column]) -> SafeString:
    language = get_language() or ""
    drawn = []
    for week in range(span[1], span[0] - 1, -1):
        if any(week in column for column in columns):
            cells = "".join(_cell(column.get(week, GAP)) for column in columns)
            drawn.append(f"\n<tr>{_head(week, language)}{cells}</tr>")
    return mark_safe("".join(drawn))  # noqa: S308 - each cell is safe


@lru_cache(maxsize=1024)
def _head(week: int, language: str) -> SafeString:  # noqa: ARG001 - the date is written in this language
    return format_html('<th scope="row">{}</th>', day(monday_of(week)))


@lru_cache(maxsize=1024)
def _cell(words: str) -> SafeString:
    return format_html("<td>{}</td>", words)
