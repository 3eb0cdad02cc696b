"""What to change first, and why: an order only where the printed figures carry one."""

from __future__ import annotations

from replenish.report.document import Block, Bullets, Heading, Paragraph, Section, Table
from replenish.report.findings import Findings
from replenish.report.order import Order, order_of_conditions
from replenish.report.questions import Question
from replenish.report.wording import advice as words
from replenish.report.wording.figures import chance, first_upper
from replenish.report.wording.texts import evidence


def first(findings: Findings) -> Section:
    """Several conditions together, chosen with the people concerned; never individual help instead."""
    blocks: list[Block] = [
        Paragraph(words.LEAD, "lead"),
        Bullets(words.STEPS, ordered=True),
        Paragraph(words.NEVER, "aside"),
    ]
    if findings.conditions:
        blocks += _orders(findings)
    steps = tuple(
        f"{question.title}: {question.first_step}" for question in findings.conditions if question.first_step
    )
    if steps:
        blocks += [Heading(words.STEPS_TITLE), Bullets(steps)]
    blocks += [Heading(words.EVIDENCE_TITLE), Paragraph(words.STUDIES_LIMIT)]
    blocks.append(Bullets(tuple(f"{finding.text} ({finding.source}.)" for finding in evidence())))
    return Section("first", "What to change first, and why", tuple(blocks))


def _orders(findings: Findings) -> list[Block]:
    """An order for each outcome that has one; outcomes without, together by their reason."""
    blocks: list[Block] = []
    without: dict[str, list[str]] = {}
    for outcome in findings.outcomes:
        order = order_of_conditions(findings, outcome)
        if order.why_none:
            without.setdefault(order.why_none, []).append(outcome.spoken)
        else:
            blocks += [Heading(first_upper(outcome.title)), *_order(findings, outcome, order)]
    blocks += [Paragraph(words.without_order(outcomes, why)) for why, outcomes in without.items()]
    return blocks


def _order(findings: Findings, outcome: Question, order: Order) -> list[Block]:
    others = any(place.split_voice is not None for place in order.places)
    columns = ("Condition", "By people's own reports", "By what the others said")
    rows = [
        (first_upper(place.condition.title), chance(place.own_reports), chance(place.split_voice))
        for place in order.places
    ]
    width = 3 if others else 2
    blocks: list[Block] = [
        Paragraph(words.HOW_SURE),
        Table(
            f"{first_upper(outcome.title)}: chance that this is the most useful condition to change first",
            columns[:width],
            tuple(row[:width] for row in rows),
        ),
    ]
    left = [question.spoken for question in findings.conditions if question.higher_is_better is None]
    if left:
        blocks.append(Paragraph(words.without_direction(left)))
    return blocks
