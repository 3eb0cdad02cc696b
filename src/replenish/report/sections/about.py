"""What this is, and who can see it."""

from __future__ import annotations

from replenish.report.document import Block, Bullets, Fold, Paragraph, Section, Table
from replenish.report.findings import Findings
from replenish.report.wording import about as words
from replenish.report.wording import bands as band_words
from replenish.report.wording.figures import interval_words


def about(findings: Findings) -> Section:
    """The promise, what this report was compared with, and the words and groups it uses."""
    blocks: list[Block] = [
        Paragraph(words.LEAD, "lead"),
        Paragraph(words.PURPOSE),
        Paragraph(words.promise(findings.release.floor), "aside"),
        Paragraph(f"{words.HONEST_LIMIT} {words.ONCE}"),
        Paragraph(words.compared_with(findings.earlier_rounds)),
    ]
    if findings.release.response_quarter is not None:
        blocks.append(Paragraph(words.response(findings.release.response_quarter)))
    blocks.append(Paragraph(words.CAREFUL))
    blocks.append(Fold("What the columns mean", (_columns(findings),)))
    merged = _merged(findings)
    if merged:
        blocks.append(
            Fold(
                "Which units are shown together",
                (Paragraph("A unit with few people is shown together with others."), Bullets(merged)),
            )
        )
    return Section("about", "What this is, and who can see it", tuple(blocks))


def _columns(findings: Findings) -> Table:
    rows = []
    for question in findings.questions:
        scale = findings.scale(question.name)
        rows.append(
            (
                question.title,
                "condition" if question.role == "condition" else "what people carry",
                interval_words(scale.low, scale.high),
                band_words.better_end(question),
            )
        )
    return Table("What was asked", ("Column", "What it is", "Possible answers", "Better end"), tuple(rows))


def _merged(findings: Findings) -> tuple[str, ...]:
    """The groups of several units, each by the label that names them all."""
    return tuple(group.label for group in findings.groups if len(group.units) > 1)
