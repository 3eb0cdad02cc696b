"""What goes with what people carry: model results over the whole organisation, as printed."""

from __future__ import annotations

from replenish.disclosure.model_results import ModelResult
from replenish.disclosure.model_results.words import CANNOT_TELL, TOO_FEW
from replenish.report.document import (
    Block,
    Bullets,
    Chart,
    Heading,
    IntervalMarks,
    IntervalRow,
    Paragraph,
    Section,
    Table,
)
from replenish.report.findings import Findings
from replenish.report.questions import Question
from replenish.report.wording import effects as words
from replenish.report.wording.figures import first_upper, interval_words, number

OWN, OTHERS = "own reports", "split voice"
ABOUT_OUTCOME = ("icc", "share explained")


def links(findings: Findings) -> Section:
    """Effects with their intervals, in words and in a picture; why there are none, where there are none."""
    title = "What goes with it"
    if not findings.outcomes or not findings.conditions:
        return Section("links", title, (Paragraph(words.NO_MODEL),))
    results = [result for result in findings.release.model_results if findings.question(result.outcome)]
    if not any(result.kind in (OWN, OTHERS) for result in results):
        return Section(
            "links", title, (Paragraph(words.TOO_SMALL, "lead"), Paragraph(words.WHAT_TO_DO_SMALL))
        )
    if all(result.words == TOO_FEW for result in results if result.kind in (OWN, OTHERS)):
        return Section("links", title, _without_single_links(findings))
    blocks: list[Block] = [Paragraph(words.LEAD, "lead"), Paragraph(words.COMPARED)]
    if any(result.estimate is not None for result in results):
        blocks.append(Paragraph(words.BARS))
    for outcome in findings.outcomes:
        blocks += _outcome(findings, outcome)
    singles = [result for result in results if result.kind in (OWN, OTHERS)]
    if any(result.estimate is None and result.words != TOO_FEW for result in singles):
        blocks.append(Paragraph(words.ONLY_WORDS))
    blocks.append(Paragraph(words.SAME_PERSON))
    blocks += _about_others([result for result in results if result.kind == OTHERS])
    return Section("links", title, tuple(blocks))


def _without_single_links(findings: Findings) -> tuple[Block, ...]:
    """What is left to say where one person's answers would move every figure too much."""
    told = [
        " ".join(words.spread(result, outcome) for result in spread)
        for outcome in findings.outcomes
        if (spread := findings.results(outcome.name, *ABOUT_OUTCOME))
    ]
    blocks: list[Block] = [Paragraph(words.LEAD, "lead"), Paragraph(words.NONE_SHOWN)]
    if told:
        blocks.append(Bullets(tuple(told)))
    return (*blocks, Paragraph(words.WHAT_TO_DO_SMALL))


def _about_others(results: list[ModelResult]) -> list[Block]:
    """What the others' reports are, or that none of them can be shown."""
    if not results:
        return []
    if all(result.words == TOO_FEW for result in results):
        return [Paragraph(words.OTHERS_NOT_SHOWN)]
    drawn = any(result.estimate is not None for result in results)
    return [Paragraph(f"{words.OTHERS} {words.OPEN_DOT}" if drawn else words.OTHERS)]


def _outcome(findings: Findings, outcome: Question) -> list[Block]:
    effects = findings.results(outcome.name, OWN, OTHERS)
    blocks: list[Block] = [Heading(first_upper(outcome.title))]
    if not effects:
        return [*blocks, Paragraph(words.absent([], outcome))]
    spread = findings.results(outcome.name, *ABOUT_OUTCOME)
    blocks += [Paragraph(words.spread(result, outcome)) for result in spread]
    numbered = [result for result in effects if result.estimate is not None]
    if numbered:
        blocks.append(_chart(findings, outcome, numbered))
    sentences = _sentences(findings, outcome, effects)
    if sentences:
        blocks.append(Bullets(sentences))
    hidden = [result for result in effects if result.kind == OWN and result.words == TOO_FEW]
    if hidden:
        every = all(result.words == TOO_FEW for result in effects if result.kind == OWN)
        blocks.append(Paragraph(words.not_shown([] if every else _names(findings, hidden))))
    told = {result.condition for result in effects}
    absent = [condition.spoken for condition in findings.conditions if condition.name not in told]
    if absent:
        blocks.append(Paragraph(words.absent(absent, outcome)))
    return blocks


def _sentences(findings: Findings, outcome: Question, effects: list[ModelResult]) -> tuple[str, ...]:
    """One entry for each condition, own reports first; those without a clear link share the last."""
    sentences = []
    unclear = []
    for condition in findings.conditions:
        told = {result.kind: result for result in effects if result.condition == condition.name}
        if {result.words for result in told.values()} == {CANNOT_TELL}:
            unclear.append(condition.spoken)
            continue
        parts = []
        if OWN in told and told[OWN].words != TOO_FEW:
            parts.append(words.effect(told[OWN], condition, outcome))
        if OTHERS in told:
            parts.append(words.effect_by_others(told[OTHERS], outcome))
        if any(parts):
            sentences.append(" ".join(part for part in parts if part))
    if unclear:
        sentences.append(words.unclear(unclear, outcome))
    return tuple(sentences)


def _names(findings: Findings, results: list[ModelResult]) -> list[str]:
    """The conditions of some results, as they are named in a sentence."""
    found = (findings.question(result.condition) for result in results)
    return [condition.spoken for condition in found if condition is not None]


def _chart(findings: Findings, outcome: Question, results: list[ModelResult]) -> Chart:
    rows: list[IntervalRow] = []
    cells: list[tuple[str, ...]] = []
    clear: list[str] = []
    for result in results:
        condition = findings.question(result.condition)
        if condition is None or result.estimate is None or result.low is None or result.high is None:
            continue
        title = condition.title
        others = result.kind == OTHERS
        follows = bool(cells) and cells[-1][0] == title
        label = title if not others else words.OTHERS_LABEL if follows else words.by_others(title)
        rows.append(IntervalRow(label, result.estimate, result.low, result.high, hollow=others))
        step = "" if result.step is None else number(result.step)
        span = interval_words(result.low, result.high)
        cells.append((title, words.source(result.kind), number(result.estimate), span, step))
        if not result.low <= 0 <= result.high and title not in clear:
            clear.append(title)
    return Chart(
        name=f"links-{findings.questions.index(outcome) + 1}",
        title=words.title(outcome, clear),
        description=words.described(outcome, len(rows)),
        marks=IntervalMarks(tuple(rows), outcome.tint, *words.sides(outcome)),
        table=Table(
            f"{first_upper(outcome.title)}: upper against lower quarter of groups, in points of 100",
            ("Condition", "Who said it", "Difference", "Most likely between", "Rounded in steps of"),
            tuple(cells),
        ),
    )
