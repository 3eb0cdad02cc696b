"""The conditions report as a document: its model, its words, its charts, and the files it is drawn to.

Nothing reaches a page but genuine releases and what their questions are called. Drawing needs the
extras `charts` and `pdf`; building the document and its JSON and CSV does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from replenish.report.build import build_report
from replenish.report.document import Report
from replenish.report.files import report_csv, report_json, require_writable, write_report
from replenish.report.questions import Question, own_question, plain_question

if TYPE_CHECKING:
    from replenish.report.html import draw_html
    from replenish.report.pdf import draw_pdf

__all__ = [
    "Question",
    "Report",
    "build_report",
    "draw_html",
    "draw_pdf",
    "own_question",
    "plain_question",
    "report_csv",
    "report_json",
    "require_writable",
    "write_report",
]


def __getattr__(name: str) -> object:
    """The drawing functions, imported when first asked for: no drawing library is needed before."""
    if name == "draw_html":
        from replenish.report.html import draw_html

        return draw_html
    if name == "draw_pdf":
        from replenish.report.pdf import draw_pdf

        return draw_pdf
    raise AttributeError(name)
