"""Everything printed, in tables: nothing on the page goes beyond them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from replenish.disclosure.model_results import ModelResult
from replenish.disclosure.model_results.words import TOO_FEW
from replenish.disclosure.release import Cell, ParentCell, PublishedGroup
from replenish.report.document import Block, Entry, Noted, Paragraph, Section, Table
from replenish.report.findings import Findings
from replenish.report.wording import bands as words
from replenish.report.wording import effects as effect_words
from replenish.report.wording.figures import (
    first_upper,
    in_cell,
    interval_words,
    listed,
    number,
    whole_points,
)
from replenish.report.wording.labels import shown_label, within_parent

EXPLAINED = (
    "Bands are on the scale from 0 to 100. The mean of a group lies somewhere in its band. The same figures, "
    "in full, are in report.csv and report.json."
)


def numbers(findings: Findings) -> Section:
    """Bands by group, what follows for larger parts, and the model results."""
    blocks: list[Block] = [Paragraph(EXPLAINED), _bands(findings)]
    parents = _parents(findings)
    if parents.rows:
        blocks.append(parents)
    results = [result for result in findings.release.model_results if findings.question(result.outcome)]
    if results:
        blocks.append(_results(findings, results))
        hidden = sum(result.words == TOO_FEW for result in results)
        if hidden:
            blocks.append(Paragraph(effect_words.left_out(hidden)))
        blocks.append(Paragraph(_rests_on(results)))
    return Section("numbers", "The numbers", tuple(blocks))


def _bands(findings: Findings) -> Table:
    """One row a group and one column a question; the class of voices once a row, where it is one."""
    rows: list[tuple[Entry, ...]] = []
    told: set[str] = set()
    for group in findings.groups:
        cells = [group.cells[question.name] for question in findings.questions]
        usual = _usual_voices(cells)
        rows.append((_group(group), words.voices(usual), *(_band(cell, usual) for cell in cells)))
        if any(cell.size is not None and cell.size.label != usual for cell in cells):
            told.add(words.OTHER_VOICES)
        if any(cell.band is None for cell in cells):
            told.add(words.NOT_SHOWN_EXPLAINED)
    if len(findings.earlier_rounds) > 1:
        told.add(words.CHANGE_EXPLAINED)
    order = (words.OTHER_VOICES, words.CHANGE_EXPLAINED, words.NOT_SHOWN_EXPLAINED)
    note = " ".join([words.VOICES_EXPLAINED, *(sentence for sentence in order if sentence in told)])
    columns = ("Group", "Voices", *(first_upper(question.title) for question in findings.questions))
    return Table("Bands by group", columns, tuple(rows), note, repeated=2)


def _group(group: PublishedGroup) -> Entry:
    """The name of a group, with the part it belongs to below it."""
    name = within_parent(group.label, group.parent)
    if name == group.label:
        return shown_label(name)
    return Noted(shown_label(name), shown_label(" / ".join(group.parent)))


def _usual_voices(cells: Sequence[Cell]) -> str:
    """The class of voices most of these bands rest on; empty where there is no band."""
    sizes = Counter(cell.size.label for cell in cells if cell.size is not None)
    return sizes.most_common(1)[0][0] if sizes else ""


def _band(cell: Cell, usual: str) -> Entry:
    if cell.band is None or cell.size is None:
        return Noted("", words.NOT_SHOWN)
    notes = [] if cell.size.label == usual else [f"{words.voices(cell.size.label)} voices"]
    notes += [] if cell.change is None else [cell.change]
    text = in_cell(cell.band.low, cell.band.high)
    return Noted(text, ", ".join(notes)) if notes else text


def _parents(findings: Findings) -> Table:
    rows: list[tuple[Entry, ...]] = []
    for parent in findings.parents:
        cells = [parent.cells.get(question.name) for question in findings.questions]
        if any(cells):
            rows.append((shown_label(parent.label), *map(_part, cells)))
    columns = ("Part", *(first_upper(question.title) for question in findings.questions))
    title = "Larger parts, worked out from the bands of their groups"
    return Table(title, columns, tuple(rows), words.PARTS_EXPLAINED)


def _part(cell: ParentCell | None) -> Entry:
    if cell is None:
        return Noted("", words.NOT_SHOWN)
    return Noted(in_cell(*whole_points(cell.low, cell.high)), f"middle {number(round(cell.middle))}")


def _results(findings: Findings, results: Sequence[ModelResult]) -> Table:
    rows: list[tuple[str, ...]] = []
    for result in results:
        outcome, condition = findings.question(result.outcome), findings.question(result.condition)
        if outcome is None or result.words == TOO_FEW or (result.condition and condition is None):
            continue
        if result.estimate is None or result.low is None or result.high is None:
            figure, span = result.words or "", ""
        else:
            figure, span = number(result.estimate), interval_words(result.low, result.high)
        rows.append(
            (
                first_upper(outcome.title),
                "all conditions" if condition is None else first_upper(condition.title),
                effect_words.source(result.kind),
                figure,
                span,
                "" if result.step is None or not span else number(result.step),
            )
        )
    columns: tuple[str, ...] = ("Carried", "Condition", "What it is", "Difference", "Most likely", "Step")
    if not any(row[4] for row in rows):
        return Table("Links, in words", columns[:4], tuple(row[:4] for row in rows))
    return Table("Links, in points of 0 to 100", columns, tuple(rows))


def _rests_on(results: Sequence[ModelResult]) -> str:
    """How many people and groups the links rest on, in classes."""
    classes = {(result.people_class, result.groups_class) for result in results}
    sizes = [f"{people} people in {groups} groups" for people, groups in sorted(classes)]
    return f"The links rest on {listed(sizes, joint='or')}."
