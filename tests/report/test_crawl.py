"""Every number in every file must follow from the release, or be part of a fixed sentence.

The crawl reads the files as a stranger would. Its own ability to fail is tested first, with a mean and a
count of people slipped into the document.
"""

from __future__ import annotations

import inspect
import json
import math
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest
from tests.report.report_material import SIZES as PEOPLE
from tests.report.report_material import answers, rows

from replenish.disclosure.release import Release
from replenish.report import Report, draw_html, report_csv, report_json
from replenish.report.document import Paragraph
from replenish.report.sections import numbers as numbers_section
from replenish.report.wording import about, advice, bands, effects, figures, limits, short, small
from replenish.report.wording.texts import evidence, scale_texts

NUMBER = re.compile(r"(?<![\w.])[-−]?\d+(?:\.\d+)?(?![\w])")
FIXED: tuple[ModuleType, ...] = (
    about,
    advice,
    bands,
    effects,
    figures,
    limits,
    short,
    small,
    numbers_section,
)
TICKS = (0, 25, 50, 75, 100)


class Words(HTMLParser):
    """The text of a page, drawings included, style sheets left out."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's own signature
        """The style sheet is not text."""
        self.hidden = tag == "style"

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's own signature
        """After the style sheet comes text."""
        self.hidden = False

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if not self.hidden:
            self.parts.append(data)


def words_of(html: str) -> str:
    reader = Words()
    reader.feed(html)
    return "\n".join(reader.parts)


def numbers_in(text: str) -> set[float]:
    plain = re.sub(r"\b[0-9a-f]{16,}\b", " ", text)
    # In 7-12 and 25+ the second number is no negative one.
    plain = re.sub(r"(?<=\d)[-–](?=\d)", " ", plain)
    return {abs(float(found.replace("−", "-"))) for found in NUMBER.findall(plain)}


def fixed_numbers() -> set[float]:
    """Numbers in the sentences that are the same in every report."""
    text = "\n".join(inspect.getsource(module) for module in FIXED)
    text += "\n".join(f"{finding.text} {finding.source}" for finding in evidence())
    text += "\n".join(f"{scale.gloss} {scale.first_step}" for scale in scale_texts().values())
    return numbers_in("\n".join(line for line in text.splitlines() if " = " not in line or '"' in line))


def derivable(release: Release) -> set[float]:
    """What follows from the release alone."""
    found: set[float] = {0, 100, *TICKS, *range(11)}
    shown: Counter[tuple[str, float, float]] = Counter()
    spans: list[tuple[str, float, float]] = []
    for group in release.groups:
        found |= numbers_in(group.label)
        for name, cell in group.cells.items():
            if cell.band is not None:
                shown[name, cell.band.low, cell.band.high] += 1
                spans.append((name, cell.band.low, cell.band.high))
    for parent in release.parents:
        for name, part in parent.cells.items():
            spans += [(name, part.low, part.high), (name, math.floor(part.low), math.ceil(part.high))]
            found |= {part.middle, float(round(part.middle))}
    found |= set(map(float, shown.values())) | {float(len(release.groups))}
    for size in ("7 12", "13 24", "25"):
        found |= numbers_in(size)
    for scale in release.scales:
        found |= {scale.low, scale.high}
        ends = [*TICKS, *(end for name, *both in spans if name == scale.name for end in both)]
        found |= {scale.low + (scale.high - scale.low) * end / 100 for end in ends}
    found |= {end for _, *both in spans for end in both}
    for result in release.model_results:
        figures_of_result = (result.estimate, result.low, result.high, result.step, result.conditions)
        found |= {abs(float(value)) for value in figures_of_result if value is not None}
        found |= numbers_in(f"{result.people_class} {result.groups_class}")
    return found


def underivable(text: str, document: Report) -> set[float]:
    """The numbers of a text that neither the release nor a fixed sentence explains."""
    release = document.releases[-1]
    day = document.published
    known = derivable(release) | fixed_numbers() | numbers_in(f"{document.title} {document.round}")
    known |= {float(day.day), float(day.year), float(day.month)}
    return {found for found in numbers_in(text) if not any(abs(found - one) < 0.006 for one in known)}


def with_sentence(document: Report, sentence: str) -> Report:
    first, *rest = document.sections
    return replace(document, sections=(replace(first, blocks=(*first.blocks, Paragraph(sentence))), *rest))


def test_the_crawl_finds_a_mean_and_an_exact_count(whole: Report) -> None:
    people = len(rows(PEOPLE))
    mean = answers(people)["hours"][:30].mean()
    for slipped in (f"Oak: {mean:.2f}", f"{people} people answered", "the smallest answer was 0.37"):
        assert underivable(words_of(draw_html(with_sentence(whole, slipped))), whole)


def test_the_page_says_no_number_beyond_the_release(whole: Report, page: str) -> None:
    text = words_of(page)
    assert len(numbers_in(text)) > 20
    assert underivable(text, whole) == set()


def test_json_and_csv_say_no_number_beyond_the_release(whole: Report) -> None:
    content = json.loads(report_json(whole))
    figures_text = json.dumps(content["figures"], ensure_ascii=False)
    assert underivable(figures_text, whole) == set()
    assert underivable(report_csv(whole), whole) == set()
    for section in content["sections"]:
        assert underivable(json.dumps(section, ensure_ascii=False), whole) == set()


def test_the_pdf_says_no_number_beyond_the_release(whole: Report, paper: bytes, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not on this machine (package poppler-utils)")
    written = tmp_path / "report.pdf"
    written.write_bytes(paper)
    text = subprocess.run(["pdftotext", str(written), "-"], capture_output=True, text=True, check=True).stdout
    pages = {float(number) for number in range(1, 20)}
    assert underivable(text, whole) - pages == set()


def test_every_figure_of_the_release_is_in_the_files(whole: Report) -> None:
    release = whole.releases[-1]
    bands = [figure for figure in whole.figures if figure.kind == "band"]
    assert len(bands) == len(release.groups) * len(release.scales)
    assert sum(figure.kind in ("effect", "spread") for figure in whole.figures) == len(release.model_results)
