"""The report as a tagged PDF (PDF/UA-1), with the fonts that come with the typesetter and nothing fetched."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import as_file, files

import typst

from replenish.report.charts import draw_chart
from replenish.report.document import (
    Block,
    Bullets,
    Chart,
    Entry,
    Fold,
    Heading,
    Paragraph,
    Report,
    Table,
)
from replenish.report.tokens import LIGHT
from replenish.report.wording.about import ending, facts
from replenish.report.wording.bands import IN_THE_NUMBERS, on_the_page

TABLE_BESIDE_CHART = 14
COLUMNS_PER_TABLE = 7
ROWS_ON_PAPER = 100
WIDEST_CM = 11.5
TALLEST_CM = 21.0
LANDSCAPE_COLOURS = {"far": "line", "near": "moss", "field": "clay", "water": "sky"}


@dataclass(frozen=True)
class Frame:
    """What stands around the sections of a report on paper.

    Attributes:
        kind: what it is, above the title.
        facts: the line under the title.
        ending: the last line.
        language: a code such as "en" or "es".
        region: the country whose spelling it is, such as "gb"; none where it does not matter.
        compact: set small and without the landscape, for one page on a wall.
    """

    kind: str
    facts: str
    ending: str
    language: str = "en"
    region: str | None = None
    compact: bool = False


def frame_of(report: Report) -> Frame:
    """The frame of a report from a file of answers."""
    ended = ending(report.releases[-1].hash)
    return Frame("Conditions report", facts(report.round, report.published), ended, region="gb")


def draw_pdf(report: Report, frame: Frame | None = None) -> bytes:
    """The report as PDF: the same words, charts and figures as the page.

    Every word reaches the typesetter as a JSON string and is set as text, so no name can act as markup.

    Args:
        report: the document.
        frame: what stands around it; that of a report from a file unless given.
    """
    template = files("replenish.report") / "templates" / "report.typ"
    with as_file(template) as path:
        drawn: bytes = typst.compile(
            str(path),
            format="pdf",
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            sys_inputs={"report": json.dumps(_plain(report, frame or frame_of(report)), ensure_ascii=False)},
        )
    return drawn


def _plain(report: Report, frame: Frame) -> dict[str, object]:
    return {
        "title": report.title,
        "round": report.round,
        **vars(frame),
        "landscape": _landscape(),
        "sections": [
            {
                "title": section.title,
                "blocks": [part for block in section.blocks for part in _block(block)],
            }
            for section in report.sections
        ],
    }


def _landscape() -> str:
    """The line landscape with its colours written in, since a PDF has no style sheet."""
    drawn = (files("replenish.report") / "templates" / "landscape.svg").read_text("utf-8")
    drawn = drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    for name, token in LANDSCAPE_COLOURS.items():
        stroke = f'fill="none" stroke="{LIGHT[token]}" stroke-width="1.6" stroke-linecap="round"'
        drawn = drawn.replace(f'class="{name}"', stroke)
    return drawn


def _block(block: Block) -> list[dict[str, object]]:
    """A block as plain values; a table too wide for paper becomes several."""
    if isinstance(block, Paragraph):
        return [{"form": block.form, "text": block.text, "voice": block.voice}]
    if isinstance(block, Heading):
        return [{"form": block.form, "text": block.text}]
    if isinstance(block, Bullets):
        return [{"form": block.form, "items": list(block.items), "ordered": block.ordered}]
    if isinstance(block, Table):
        return _tables(block)
    if isinstance(block, Chart):
        return [_chart(block)]
    return [_fold(block)]


def _fold(fold: Fold) -> dict[str, object]:
    """A fold stands open on paper; whole pages of single groups give way to the numbers at the end."""
    if any(isinstance(inner, Chart) and len(inner.table.rows) > TABLE_BESIDE_CHART for inner in fold.blocks):
        return {"form": Paragraph.form, "text": IN_THE_NUMBERS, "voice": "plain"}
    return {
        "form": fold.form,
        "summary": fold.summary,
        "blocks": [part for inner in fold.blocks for part in _block(inner)],
    }


def _chart(chart: Chart) -> dict[str, object]:
    """A chart with its table; the long tables of single groups stand once, among the numbers at the end."""
    beside = 0 < len(chart.table.rows) <= TABLE_BESIDE_CHART
    drawing = draw_chart(chart.marks)
    return {
        "form": chart.form,
        "title": chart.title,
        "description": chart.description,
        "reading": chart.reading,
        "svg": drawing.standing_alone(),
        "width": min(WIDEST_CM, TALLEST_CM * drawing.width / drawing.height),
        "table": _tables(chart.table)[0] if beside else None,
    }


def _tables(table: Table) -> list[dict[str, object]]:
    """A table in as many parts as paper is wide; a very long one is left to the page and the CSV."""
    if len(table.rows) > ROWS_ON_PAPER:
        heading: dict[str, object] = {"form": Heading.form, "text": table.caption}
        text = on_the_page(len(table.rows))
        return [heading, {"form": Paragraph.form, "text": text, "voice": "plain"}]
    kept = table.repeated
    width = COLUMNS_PER_TABLE - kept
    starts = range(kept, len(table.columns), width)
    parts: list[dict[str, object]] = []
    for number, start in enumerate(starts, 1):
        caption = table.caption if len(starts) == 1 else f"{table.caption}, part {number} of {len(starts)}"
        parts.append(
            {
                "form": table.form,
                "caption": caption,
                "together": len(table.rows) <= TABLE_BESIDE_CHART,
                "note": table.note if number == 1 else "",
                "columns": [*table.columns[:kept], *table.columns[start : start + width]],
                "rows": [list(map(_entry, (*row[:kept], *row[start : start + width]))) for row in table.rows],
            }
        )
    return parts


def _entry(entry: Entry) -> list[str]:
    """What is read first, and what belongs to it."""
    return [entry, ""] if isinstance(entry, str) else [entry.text, entry.note]
