"""Slips on paper: eight on a page to cut apart, each with what it is, who can see what, and who to ask."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from itertools import groupby

import segno
import typst

from replenish.sealing.slips import normalise, shown
from replenish.voices.slips import SlipToPrint

ON_A_PAGE = 8
JOIN_PATH = "/join/"


@dataclass(frozen=True)
class SlipWords:
    """What is printed on each slip, so that it can be translated; names in braces are filled in."""

    title: str = "Slips for {organisation}"
    heading: str = "A place for one person in {unit}"
    under: str = "{organisation} uses Replenish"
    beside: tuple[str, ...] = (
        "Draw one slip. Nobody notes who has which, and your name is never asked.",
        "Scan the square with your own phone, on your own data, or type the letters at {address}",
        "It works once, until {last_day}.",
    )
    below: tuple[str, ...] = (
        "Your answers are stored without your name. Leaders see only bands, for groups of {floor} or more.",
        "Made under two keys: a steward and a representative. Questions: ask your representative.",
    )
    qr_says: str = "Code to scan; the letters below say the same"
    day: str = "{day} {month} {year}"
    months: tuple[str, ...] = (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    )  # fmt: skip


def slip_sheet(
    slips: Sequence[SlipToPrint],
    *,
    base_url: str,
    organisation: str,
    expires_on: date,
    floor: int,
    unit_labels: Mapping[str, str],
    words: SlipWords | None = None,
) -> bytes:
    """A PDF with all slips, those of each unit on pages of their own.

    Args:
        slips: from `make_slips`, in the order in which they are printed.
        base_url: the address of the site; the code stands behind "#", so that a scan tells it to no log.
        organisation: its name.
        expires_on: the last day of the slips.
        floor: the least number of voices behind a figure.
        unit_labels: the name of each unit, by its code.
        words: what is printed.
    """
    said = words or SlipWords()
    address = join_address(base_url)
    filled = {
        "organisation": organisation,
        "address": address.partition("://")[2],
        "last_day": said.day.format(
            day=expires_on.day, month=said.months[expires_on.month - 1], year=expires_on.year
        ),
        "floor": str(floor),
    }
    sheet = {
        "title": said.title.format(**filled),
        "pages": [
            [_slip(slip, address, said, filled | {"unit": unit_labels[slip.unit]}) for slip in page]
            for page in pages_of(slips)
        ],
    }
    with as_file(files("replenish.voices") / "slip_sheet.typ") as template:
        drawn: bytes = typst.compile(
            str(template),
            format="pdf",
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False)},
        )
    return drawn


def pages_of(slips: Sequence[SlipToPrint]) -> Iterator[list[SlipToPrint]]:
    """Eight slips of one unit to a page: a page cut and put into the envelope of one unit mixes no two."""
    for _, of_unit in groupby(slips, key=lambda slip: slip.unit):
        together = list(of_unit)
        for start in range(0, len(together), ON_A_PAGE):
            yield together[start : start + ON_A_PAGE]


def join_address(base_url: str) -> str:
    """The address at which the letters of a slip are typed."""
    return base_url.rstrip("/") + JOIN_PATH


def pictured(slip: SlipToPrint, base_url: str) -> tuple[tuple[str, ...], str]:
    """The letters of a slip in short parts, and the square to scan, as SVG."""
    code = shown(normalise(slip.code))
    return tuple(code.split("-")), _qr(f"{join_address(base_url)}#{code}", scales=True)


def _slip(slip: SlipToPrint, address: str, said: SlipWords, filled: Mapping[str, str]) -> dict[str, object]:
    code = shown(normalise(slip.code))
    return {
        "heading": said.heading.format(**filled),
        "under": said.under.format(**filled),
        "beside": [line.format(**filled) for line in said.beside],
        "below": [line.format(**filled) for line in said.below],
        "code": code.split("-"),
        "qr": _qr(f"{address}#{code}"),
        "qr-says": said.qr_says,
    }


def _qr(link: str, *, scales: bool = False) -> str:
    drawn = io.BytesIO()
    made = segno.make(link, error="m", micro=False)
    made.save(drawn, kind="svg", border=4, xmldecl=False, omitsize=scales)
    return drawn.getvalue().decode()
