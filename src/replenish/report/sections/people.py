"""Bands by group: first the conditions people work in, then what they carry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from replenish.disclosure.release import Cell, PublishedGroup
from replenish.disclosure.scale import AnswerScale
from replenish.report.document import (
    BandCount,
    BandCountMarks,
    BandMarks,
    BandRow,
    Block,
    Chart,
    Fold,
    Heading,
    Paragraph,
    ScaleAxis,
    Section,
    Table,
)
from replenish.report.findings import Findings
from replenish.report.questions import Question
from replenish.report.wording import bands as words
from replenish.report.wording.figures import first_upper, in_cell, plural, span_words, whole_points
from replenish.report.wording.labels import shown_label, within_parent

GROUPS_AT_A_GLANCE = 12
POINTS = (0.0, 100.0)
GROUPS_PER_CHART = 40
GROUPS_DRAWN_ONE_BY_ONE = 120

Shown = Sequence[tuple[PublishedGroup, Cell]]


def conditions(findings: Findings) -> Section:
    """The conditions, before anything about how people are."""
    blocks: list[Block] = []
    if findings.anybody_shown():
        blocks.append(Paragraph(words.BANDS_EXPLAINED))
    blocks += _questions(findings, findings.conditions)
    if not findings.conditions:
        blocks.append(Paragraph(words.NO_CONDITIONS))
    return Section("conditions", "The conditions people work in", tuple(blocks))


def carrying(findings: Findings) -> Section:
    """What people carry, in bands."""
    blocks = _questions(findings, findings.outcomes)
    if not findings.outcomes:
        blocks.append(Paragraph(words.NO_OUTCOMES))
    return Section("carrying", "What people carry", tuple(blocks))


def _questions(findings: Findings, questions: Sequence[Question]) -> list[Block]:
    if questions and not any(findings.shown(question.name) for question in questions):
        return [Paragraph(words.NOBODY, "lead")]
    blocks: list[Block] = []
    for question in questions:
        blocks += _question(findings, question)
    return blocks


def _question(findings: Findings, question: Question) -> list[Block]:
    scale = findings.scale(question.name)
    blocks: list[Block] = [
        Heading(first_upper(question.title)),
        Paragraph(words.asked(question, scale)),
    ]
    shown = findings.shown(question.name)
    silent = len(findings.groups) - len(shown)
    if not shown:
        return [*blocks, Paragraph(words.NOBODY)]
    if len(findings.groups) <= GROUPS_AT_A_GLANCE:
        blocks += _group_charts(findings, question)
    else:
        blocks.append(_overview(findings, question, shown, silent))
        if len(findings.groups) <= GROUPS_DRAWN_ONE_BY_ONE:
            charts = tuple(_group_charts(findings, question))
            blocks.append(Fold(f"Show {question.spoken} for every group", charts))
        else:
            blocks.append(Paragraph(words.TOO_MANY_TO_DRAW))
    if silent:
        blocks.append(Paragraph(words.silent_groups(silent)))
    return blocks


def _axis(findings: Findings, question: Question) -> ScaleAxis:
    scale = findings.scale(question.name)
    return ScaleAxis(*POINTS) if scale.is_share else ScaleAxis(scale.low, scale.high)


def _overview(findings: Findings, question: Question, shown: Shown, silent: int) -> Chart:
    """All groups at once, by how many lie in each band."""
    bands = [cell.band for _, cell in shown if cell.band is not None]
    counts = tuple(BandCount(band.low, band.high, number) for band, number in sorted(Counter(bands).items()))
    rows = tuple(
        (first_upper(span_words(count.low, count.high)), plural(count.groups, "group")) for count in counts
    )
    return Chart(
        name=f"overview-{findings.questions.index(question) + 1}",
        title=words.finding(question, bands),
        description=words.described(question, bands, silent),
        reading=words.LINES_EXPLAINED,
        marks=BandCountMarks(_axis(findings, question), counts, question.tint),
        table=Table(
            f"{first_upper(question.title)}: how many groups lie in each band", ("Band", "Groups"), rows
        ),
    )


def _group_charts(findings: Findings, question: Question) -> list[Chart]:
    """Every group in tree order, in charts of a readable length."""
    rows = _rows(findings, question)
    pages = [rows[start : start + GROUPS_PER_CHART] for start in range(0, len(rows), GROUPS_PER_CHART)]
    return [_group_chart(findings, question, page, index, len(pages)) for index, page in enumerate(pages)]


def _group_chart(
    findings: Findings, question: Question, page: list[BandRow], index: int, pages: int
) -> Chart:
    bands = [cell.band for _, cell in findings.shown(question.name) if cell.band is not None]
    title = words.finding(question, bands)
    if len(findings.groups) > GROUPS_AT_A_GLANCE:
        title = words.group_by_group(question, index + 1, pages)
    silent = sum(row.low is None for row in page)
    parents = any(row.parent for row in page)
    return Chart(
        name=f"groups-{findings.questions.index(question) + 1}-{index + 1}",
        title=title,
        description=words.described(question, bands, silent),
        reading=words.PARENTS_EXPLAINED if parents else "",
        marks=BandMarks(_axis(findings, question), tuple(page), question.tint),
        table=_group_table(question, findings.scale(question.name), page, compared=_compared(findings)),
    )


def _group_table(question: Question, scale: AnswerScale, page: Sequence[BandRow], *, compared: bool) -> Table:
    """The bands of a chart in figures, and in the column's own units where these differ."""
    own = "As a share" if scale.is_share else "On its own scale"
    rows: list[tuple[str, ...]] = []
    for row in page:
        if row.low is None or row.high is None:
            rows.append((row.full, words.NOT_ENOUGH, "", "", ""))
            continue
        ends = whole_points(row.low, row.high) if row.parent else (row.low, row.high)
        rows.append((row.full, in_cell(*ends), words.own_units(scale, *ends), row.voices, row.change))
    columns = ("Group", "Band, 0 to 100", own, "Voices", "Change")
    kept = [0, 1, 3]
    if (scale.low, scale.high) != POINTS:
        kept.insert(2, 2)
    if compared:
        kept.append(4)
    return Table(
        f"{first_upper(question.title)} by group",
        tuple(columns[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in rows),
        words.CHANGE_EXPLAINED if compared else "",
    )


def _rows(findings: Findings, question: Question) -> list[BandRow]:
    """The parts of the tree and their groups, each part before its own groups."""
    parents = {parent.path: parent for parent in findings.parents}
    rows: list[BandRow] = []
    told: set[tuple[str, ...]] = set()
    for group in findings.groups:
        for depth in range(len(group.parent) + 1):
            path = group.parent[:depth]
            if path in told or path not in parents:
                continue
            told.add(path)
            cell = parents[path].cells.get(question.name)
            if cell is not None and len(parents[path].members) > 1:
                label = shown_label(parents[path].label)
                rows.append(BandRow(label, label, cell.low, cell.high, middle=cell.middle, parent=True))
        rows.append(_row(group, group.cells[question.name], told))
    return rows


def _row(group: PublishedGroup, cell: Cell, told: Collection[tuple[str, ...]]) -> BandRow:
    full = shown_label(group.label)
    label = shown_label(within_parent(group.label, group.parent)) if group.parent in told else full
    if cell.band is None or cell.size is None:
        return BandRow(label, full, None, None)
    voices = words.voices(cell.size.label)
    return BandRow(
        label,
        full,
        cell.band.low,
        cell.band.high,
        note=f"{voices} voices" if cell.change is None else f"{voices} voices\nnow {cell.change}",
        voices=voices,
        change=cell.change or "",
    )


def _compared(findings: Findings) -> bool:
    """Whether a change can be told at all: it takes the bands of two rounds before."""
    return len(findings.earlier_rounds) > 1
