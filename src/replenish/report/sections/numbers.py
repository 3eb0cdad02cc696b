"""Everything printed, in tables: nothing on the page goes beyond them."""

from __future__ import annotations

from replenish.report.document import Block, Paragraph, Section, Table
from replenish.report.findings import Findings
from replenish.report.wording import bands as words
from replenish.report.wording import effects as effect_words
from replenish.report.wording.figures import interval_words, listed, number
from replenish.report.wording.labels import shown_label

EXPLAINED = (
    "Bands are on the scale from 0 to 100. The number of voices stands beside each band as 7-12, 13-24 or"
    " 25+. The same figures are in report.csv and report.json."
)


def numbers(findings: Findings) -> Section:
    """Bands by group, what follows for larger parts, and the model results."""
    blocks: list[Block] = [Paragraph(EXPLAINED), _bands(findings)]
    parents = _parents(findings)
    if parents.rows:
        blocks.append(parents)
    results = _results(findings)
    if results.rows:
        blocks += [results, Paragraph(_rests_on(findings))]
    return Section("numbers", "The numbers", tuple(blocks))


def _bands(findings: Findings) -> Table:
    compared = len(findings.earlier_rounds) > 1
    rows = []
    for group in findings.groups:
        cells = [shown_label(group.label)]
        for question in findings.questions:
            cell = group.cells[question.name]
            if cell.band is None or cell.size is None:
                cells.append(words.NOT_ENOUGH)
                continue
            change = words.changed(cell.change, compared=compared)
            text = f"{interval_words(cell.band.low, cell.band.high)} ({cell.size.label})"
            cells.append(f"{text}, {change}" if change else text)
        rows.append(tuple(cells))
    columns = ("Group", *(question.title for question in findings.questions))
    return Table("Bands by group, with the number of voices", columns, tuple(rows))


def _parents(findings: Findings) -> Table:
    rows = []
    for parent in findings.parents:
        cells = [shown_label(parent.label)]
        for question in findings.questions:
            cell = parent.cells.get(question.name)
            text = (
                "" if cell is None else f"{interval_words(cell.low, cell.high)}, middle {number(cell.middle)}"
            )
            cells.append(text)
        if any(cells[1:]):
            rows.append(tuple(cells))
    columns = ("Part", *(question.title for question in findings.questions))
    return Table("Larger parts, worked out from the bands of their groups", columns, tuple(rows))


def _results(findings: Findings) -> Table:
    rows = []
    for result in findings.release.model_results:
        outcome, condition = findings.question(result.outcome), findings.question(result.condition)
        if outcome is None or (result.condition and condition is None):
            continue
        if result.estimate is None or result.low is None or result.high is None:
            figure = result.words or ""
        else:
            figure = f"{number(result.estimate)} ({interval_words(result.low, result.high)})"
        rows.append(
            (
                outcome.title,
                "all conditions" if condition is None else condition.title,
                effect_words.source(result.kind),
                figure,
                "" if result.step is None else number(result.step),
            )
        )
    columns = ("Carried", "Condition", "What it is", "Difference", "Step")
    return Table("Links, in points of 0 to 100", columns, tuple(rows))


def _rests_on(findings: Findings) -> str:
    """How many people and groups the links rest on, in classes."""
    classes = {(result.people_class, result.groups_class) for result in findings.release.model_results}
    sizes = [f"{people} people in {groups} groups" for people, groups in sorted(classes)]
    return f"The links rest on {listed(sizes, joint='or')}."
