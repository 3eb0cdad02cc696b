from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.report.report_material import release, report

from replenish.report import Report, draw_pdf
from replenish.report.document import Bullets, Paragraph


@pytest.fixture
def words(paper: bytes, tmp_path: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not on this machine (package poppler-utils)")
    (tmp_path / "report.pdf").write_bytes(paper)
    command = ["pdftotext", str(tmp_path / "report.pdf"), "-"]
    return re.sub(r"\s+", "", subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_the_pdf_declares_itself_accessible(paper: bytes) -> None:
    assert b"pdfuaid" in paper
    assert b"/MarkInfo" in paper
    assert b"/StructTreeRoot" in paper
    assert b"(en-GB)" in paper or b"en-GB" in paper


def test_the_pdf_says_what_the_page_says(whole: Report, words: str) -> None:
    for section in whole.sections:
        assert re.sub(r"\s+", "", section.title) in words
        for block in section.blocks:
            texts = [block.text] if isinstance(block, Paragraph) else []
            texts += block.items if isinstance(block, Bullets) else []
            for text in texts:
                # A line may break at a hyphen, which the reader of the PDF then drops.
                assert re.sub(r"[\s-]+", "", text) in words.replace("-", ""), text


def test_the_pdf_needs_no_font_of_the_machine(paper: bytes) -> None:
    fonts = set(re.findall(rb"/FontName\s*/([A-Z]{6}\+)?([A-Za-z]+)", paper))
    assert all(name.startswith((b"Libertinus", b"DejaVu", b"NewCM")) for _, name in fonts)


def test_a_small_organisation_and_many_groups_make_a_pdf_too() -> None:
    assert draw_pdf(report(release({("Lodge",): 6}))).startswith(b"%PDF-")
    assert draw_pdf(report(release({(f"Team {number}",): 11 for number in range(45)}))).startswith(b"%PDF-")
