"""What the report cannot tell, and how it was made."""

from __future__ import annotations

from replenish.report.document import Bullets, Paragraph, Section
from replenish.report.findings import Findings
from replenish.report.wording import about as method_words
from replenish.report.wording import limits as words
from replenish.report.wording.figures import number

ROUNDS_FOR_CHANGE = 2


def cannot_tell(findings: Findings) -> Section:
    """The limits a reader could otherwise run into."""
    items = [words.PEOPLE, words.CAUSE, words.SILENCE, words.RANKING, words.SMALL_CHANGE, words.OUTSIDE]
    if len(findings.earlier_rounds) < ROUNDS_FOR_CHANGE:
        items.append(words.ONE_TIME)
    items.append(
        words.OWN_SCALES if any(question.gloss for question in findings.questions) else words.COLUMNS
    )
    return Section("limits", "What this report cannot tell", (Bullets(tuple(items)),))


def method(findings: Findings) -> Section:
    """How the figures came about, in plain words."""
    paragraphs = [method_words.METHOD_GROUPS, method_words.METHOD_BANDS]
    if any(parent.cells for parent in findings.release.parents):
        paragraphs.append(method_words.METHOD_PARENTS)
    steps = sorted({result.step for result in findings.release.model_results if result.step is not None})
    if steps:
        paragraphs.append(method_words.method_model([number(step) for step in steps]))
    if findings.earlier_rounds:
        paragraphs.append(method_words.METHOD_CHANGE)
    paragraphs.append(method_words.METHOD_OPEN)
    return Section("method", "How it was made, and its limits", tuple(Paragraph(text) for text in paragraphs))
