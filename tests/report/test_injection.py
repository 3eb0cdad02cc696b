"""Names of units and columns come from strangers: they may be printed, and nothing else."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from tests.report.report_material import effects, release, report

from replenish.disclosure.scale import AnswerScale
from replenish.report import Report, draw_html, draw_pdf, plain_question, report_csv

HOSTILE = (
    '<script>alert("x")</script>',
    "\"><img src=x onerror=alert('x')>",
    '#eval("1") *bold* $x^2$ @ref <label> ]) #panic()',
    "=cmd|' /C calc'!A0",
    "</style><svg onload=alert(1)>",
    "datum.low + signal('x'); {{7*7}} {% raw %}",
    "line\u2028break\nand\ttab",
)
NAMES = ("</title><script>q</script>", "=SUM(A1:A9)")


@pytest.fixture(scope="module")
def hostile() -> Report:
    scales = (AnswerScale("overload", 0, 100), *(AnswerScale(name, 1, 5) for name in NAMES))
    results = effects("overload", NAMES)
    published = release({(name,): 14 for name in HOSTILE}, scales=scales, results=results)
    questions = [plain_question("overload", "outcome", higher_is_better=False)]
    questions += [plain_question(name, "condition", higher_is_better=True) for name in NAMES]
    return report(published, questions=questions, title=HOSTILE[0])


class Elements(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element."""
        self.seen.append((tag, dict(attrs)))


def test_the_page_has_no_element_or_attribute_from_a_name(hostile: Report) -> None:
    elements = Elements()
    html = draw_html(hostile)
    elements.feed(html)
    tags = {tag for tag, _ in elements.seen}
    assert not tags & {"script", "img", "iframe", "object", "embed", "link", "form", "base"}
    attributes = {name for _, attrs in elements.seen for name in attrs}
    assert not {name for name in attributes if name.startswith("on")} | (attributes & {"style", "src"})
    assert html.count("<style>") == html.count("</style>") == 1
    assert "&lt;script&gt;alert(" in html
    assert "{{7*7}}" in html


def test_the_pdf_prints_markup_as_text(hostile: Report, tmp_path: Path) -> None:
    drawn = draw_pdf(hostile)
    assert drawn.startswith(b"%PDF-")
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not on this machine (package poppler-utils)")
    (tmp_path / "report.pdf").write_bytes(drawn)
    text = subprocess.run(
        ["pdftotext", str(tmp_path / "report.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    words = re.sub(r"\s+", "", text)
    assert "#panic()" in words
    assert "*bold*" in words


def test_no_cell_of_the_csv_begins_a_formula(hostile: Report) -> None:
    rows = list(csv.DictReader(StringIO(report_csv(hostile))))
    assert any(row["condition"] == "'=SUM(A1:A9)" for row in rows)
    assert any(row["group"].startswith("'=cmd") for row in rows)
    for row in rows:
        for name, cell in row.items():
            if name not in ("low", "middle", "high", "step"):
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_negative_figure_stays_a_number_in_the_csv(whole: Report) -> None:
    rows = list(csv.DictReader(StringIO(report_csv(whole))))
    estimates = [float(row["middle"]) for row in rows if row["kind"] == "effect"]
    assert min(estimates) < 0
