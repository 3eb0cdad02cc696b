"""The released figures of a part as rows for a spreadsheet: every round, exactly as published."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from replenish.conditions.facts.reading import ProvidedInPeriod
from replenish.disclosure.model_results import ModelResult
from replenish.disclosure.release import Cell, ParentCell, PublishedGroup
from replenish.report.files import FORMULA_STARTS
from replenish.web.conditions_report.parts import PartInRound, groups_inside
from replenish.web.conditions_report.provided import Fact
from replenish.web.conditions_report.source import Source

COLUMNS = (
    "kind", "round", "closed_on", "group", "question", "condition", "source", "voices",
    "low", "middle", "high", "step", "change", "words", "people", "groups",
    "first_day", "last_day", "count", "out_of",
)  # fmt: skip
Row = dict[str, object]


def figures_csv(source: Source) -> str:
    """The part in every round, the groups inside it in the newest one, the links, and the facts."""
    written = StringIO()
    writer = csv.DictWriter(written, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in _rows(source):
        writer.writerow({name: _kept_as_text(value) for name, value in row.items()})
    return written.getvalue()


def _rows(source: Source) -> Iterator[Row]:
    for fact in source.facts:
        for period in fact.over_time.periods:
            yield _fact(fact, period)
    for one in source.rounds:
        yield from _part(one)
    latest = source.latest
    if latest is not None:
        for group in groups_inside(source.part, latest.published.release):
            yield from _group(latest, group)
        for result in latest.published.release.model_results:
            yield _result(latest, result)


def _fact(fact: Fact, period: ProvidedInPeriod) -> Row:
    return {
        "kind": "fact",
        "question": fact.over_time.kind.code,
        "condition": fact.over_time.kind.condition,
        "source": "" if period.added_up else period.source,
        "words": "added up from its parts" if period.added_up else "entered",
        "first_day": period.first_day,
        "last_day": period.last_day,
        "count": period.count,
        "out_of": period.out_of,
    }


def _part(one: PartInRound) -> Iterator[Row]:
    if one.group is not None:
        yield from _group(one, one.group)
    if one.parent is not None:
        for name, cell in one.parent.cells.items():
            yield {**_when(one), **_parent(one.parent.label, name, cell)}


def _group(one: PartInRound, group: PublishedGroup) -> Iterator[Row]:
    for name, cell in group.cells.items():
        yield {**_when(one), **_band(group.label, name, cell)}


def _band(label: str, name: str, cell: Cell) -> Row:
    row: Row = {"kind": "band", "group": label, "question": name, "change": cell.change}
    if cell.band is None or cell.size is None:
        return {**row, "words": "not enough voices this time"}
    return {**row, "voices": cell.size.label, "low": cell.band.low, "high": cell.band.high}


def _parent(label: str, name: str, cell: ParentCell) -> Row:
    return {
        "kind": "parent", "group": label, "question": name,
        "low": cell.low, "middle": cell.middle, "high": cell.high,
    }  # fmt: skip


def _result(one: PartInRound, result: ModelResult) -> Row:
    return {
        **_when(one),
        "kind": "link" if result.condition else "spread",
        "question": result.outcome,
        "condition": result.condition,
        "source": result.kind,
        "low": result.low,
        "middle": result.estimate,
        "high": result.high,
        "step": result.step,
        "words": result.words,
        "people": result.people_class,
        "groups": result.groups_class,
    }


def _when(one: PartInRound) -> Row:
    return {"round": one.published.round, "closed_on": one.published.closed_on}


def _kept_as_text(value: object) -> object:
    """A name that a spreadsheet would run as a formula begins with an apostrophe."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value
