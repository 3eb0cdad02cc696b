"""The report on paper, typeset from the same document as the page; where no typesetter is installed, none."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from importlib.util import find_spec

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from replenish.report.document import Block, Chart, IntervalMarks, Paragraph, Report, Section
from replenish.report.pdf import Frame, draw_pdf

KEPT = 8


def can_print() -> bool:
    """Whether a typesetter is installed; the page itself can always be printed."""
    return find_spec("typst") is not None


def on_paper(report: Report, facts: str, ending: str, *, compact: bool = False) -> bytes:
    """The report as PDF.

    Args:
        report: the document.
        facts: the line under its title.
        ending: its last line.
        compact: on one page.
    """
    language = (get_language() or "en").split("-")[0]
    frame = Frame(_("Conditions report"), facts, ending, language=language, compact=compact)
    return _typeset(_printable(report, compact=compact), frame)


# What is printed is the same for everybody who may read it; typesetting it takes about a second.
@lru_cache(maxsize=KEPT)
def _typeset(report: Report, frame: Frame) -> bytes:
    return draw_pdf(report, frame)


def _printable(report: Report, *, compact: bool) -> Report:
    """Without the releases, which paper does not need; tables stand for what a drawing library would draw."""
    sections = tuple(_section(section, compact=compact) for section in report.sections)
    return replace(report, sections=sections, releases=())


def _section(section: Section, *, compact: bool) -> Section:
    blocks: list[Block] = []
    for block in section.blocks:
        if isinstance(block, Chart) and isinstance(block.marks, IntervalMarks):
            blocks += [Paragraph(block.title), block.table]
        elif isinstance(block, Chart) and compact:
            # The figures stand beside the stretches already.
            blocks.append(replace(block, table=replace(block.table, rows=())))
        else:
            blocks.append(block)
    return replace(section, blocks=tuple(blocks))
