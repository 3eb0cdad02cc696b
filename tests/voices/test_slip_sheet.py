"""The sheet of slips: one unit to a page, every code on it once, names printed as they are."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from replenish.sealing.slips import slip_code
from replenish.voices.slip_sheet import slip_sheet
from replenish.voices.slips import SlipToPrint

LABELS = {"oak": "Oak #1 *House* & $x$", "elm": "Elm"}


def sheet(slips: list[SlipToPrint]) -> bytes:
    return slip_sheet(
        slips,
        base_url="https://replenish.example/",
        organisation="Riverside <b>Trust</b>",
        expires_on=date(2026, 1, 19),
        floor=7,
        unit_labels=LABELS,
    )


@pytest.fixture(scope="module")
def slips() -> list[SlipToPrint]:
    """Ten slips for one unit and three for another."""
    return [SlipToPrint(unit, slip_code()) for unit, count in (("oak", 10), ("elm", 3)) for _ in range(count)]


def text_of(paper: bytes, folder: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not on this machine (package poppler-utils)")
    (folder / "slips.pdf").write_bytes(paper)
    run = subprocess.run(["pdftotext", folder / "slips.pdf", "-"], capture_output=True, check=True)
    return run.stdout.decode()


def test_every_slip_is_on_the_sheet_once_with_what_it_is(slips: list[SlipToPrint], tmp_path: Path) -> None:
    pages = text_of(sheet(slips), tmp_path).split("\f")[:-1]
    assert [page.count("A place for one person in") for page in pages] == [8, 2, 3]
    assert all(LABELS["oak"] in page for page in pages[:2])
    assert "Oak" not in pages[2]
    said = " ".join("".join(pages).split())
    for slip in slips:
        assert said.count(slip.code.replace("-", " ")) == 1
    assert said.count("Riverside <b>Trust</b> uses Replenish") == 13
    assert said.count("19 January 2026") == 13
    for words in (
        "your name is never asked",
        "two keys: a steward and a representative",
        "for groups of 7 or more",
    ):
        assert said.count(words) == 13, words


def test_the_sheet_is_accessible_and_holds_no_day_of_making(slips: list[SlipToPrint]) -> None:
    paper = sheet(slips[:1])
    assert b"pdfuaid" in paper
    assert b"CreationDate" not in paper
