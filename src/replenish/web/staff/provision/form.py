"""The fields of one figure: what was typed, what of it can be read, and what needs another look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from replenish.basis.errors import Problem, Refused
from replenish.conditions.facts.book import Entry
from replenish.conditions.facts.cells import day_in, number_in
from replenish.conditions.facts.files import plain_number
from replenish.conditions.facts.reading import FactEntered
from replenish.web.shared.problems import FormProblem, sentence_of

FIELDS = ("from", "until", "count", "out_of", "source")
Read = TypeVar("Read")


@dataclass(frozen=True)
class Typed:
    """What stands in the fields, as text."""

    first_day: str
    last_day: str
    count: str = ""
    out_of: str = ""
    source: str = ""


def typed_in(post: Mapping[str, str]) -> Typed:
    """What was sent."""
    return Typed(*(str(post.get(name, ""))[:500].strip() for name in FIELDS))


def typed_from(row: FactEntered) -> Typed:
    """What a kept figure says, to be corrected."""
    period = row.period
    return Typed(
        period.first_day.isoformat(),
        period.last_day.isoformat(),
        plain_number(period.count),
        plain_number(period.out_of),
        period.source,
    )


def entry_of(typed: Typed, *, unit: str, kind: str) -> tuple[Entry | None, list[FormProblem]]:
    """The figure, or every field that cannot be read."""
    wrong: list[FormProblem] = []
    first = _read(typed.first_day, "from", day_in, wrong)
    last = _read(typed.last_day, "until", day_in, wrong)
    count = _read(typed.count, "count", number_in, wrong)
    out_of = _read(typed.out_of, "out_of", number_in, wrong)
    if not (isinstance(first, date) and isinstance(last, date)):
        return None, wrong
    if not (isinstance(count, Decimal) and isinstance(out_of, Decimal)):
        return None, wrong
    return Entry(unit, kind, first, last, count, out_of, typed.source), wrong


def problems_by_field(problems: Iterable[Problem], *, otherwise: str) -> list[FormProblem]:
    """Each problem beside its field, or beside another where the form has none of its name."""
    return [
        FormProblem(
            one.place.column if one.place.column in FIELDS else otherwise,
            sentence_of(Refused([one])),
        )
        for one in problems
    ]


def _read(text: str, field: str, read: Callable[[str], Read], wrong: list[FormProblem]) -> Read | None:
    try:
        return read(text)
    except Refused as refused:
        wrong.append(FormProblem(field, sentence_of(refused)))
        return None
