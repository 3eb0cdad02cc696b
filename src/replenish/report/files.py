"""Writes a report as one folder: all of it or nothing, and never over something else."""

from __future__ import annotations

import csv
import json
import shutil
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import fields
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import get_args

from replenish.basis.errors import refuse
from replenish.basis.faults import ReportFault
from replenish.disclosure.release import write_releases
from replenish.report.document import Block, Figure, Report

FORMAT = "replenish-report-1"
JSON_NAME = "report.json"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LIBRARIES = ("vl_convert", "typst")


def write_report(report: Report, folder: Path | str) -> Path:
    """Write report.html, report.pdf, report.json, report.csv and releases.json into a folder.

    Everything is drawn into a folder beside it, which takes the name only when it is complete. An
    earlier report in its place is kept beside it under a name of its own; nothing is written over.

    Args:
        report: the document.
        folder: a new or empty folder, or one that holds an earlier report.

    Raises:
        Refused: the folder holds something else, is a file, or a drawing library is not installed.
    """
    folder = Path(folder)
    require_writable(folder)
    for library in LIBRARIES:
        if find_spec(library) is None:
            refuse(ReportFault.REPORT_LIBRARY_MISSING, library=library)
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = folder.parent / f".{folder.name}-{uuid.uuid4().hex[:8]}"
    unfinished.mkdir()
    try:
        _draw_into(report, unfinished)
        _make_room(folder)
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return folder


def require_writable(folder: Path) -> None:
    """See, before any work is done, that a report may take this place.

    Raises:
        Refused: the place is a file, or a folder that holds something else than an earlier report.
    """
    if folder.is_file():
        refuse(ReportFault.REPORT_FOLDER_IS_FILE, file=folder)
    if folder.is_dir() and any(folder.iterdir()) and not _holds_report(folder):
        refuse(ReportFault.REPORT_FOLDER_TAKEN, file=folder)


def report_json(report: Report) -> str:
    """The words and the figures for machines; a figure is as published, never rounded again."""
    return "".join(_json_lines(report))


def _json_lines(report: Report) -> Iterator[str]:
    """The same piece by piece: written to a file, a large report never stands in memory as one text."""
    head = {
        "format": FORMAT,
        "title": report.title,
        "round": report.round,
        "published": report.published.isoformat(),
        "release": report.releases[-1].hash,
    }
    yield "{\n"
    for name, value in head.items():
        yield f'"{name}": {_line(value)},\n'
    yield '"sections": '
    yield from _list(report.sections)
    yield ',\n"figures": '
    yield from _list(report.figures)
    yield "\n}\n"


def report_csv(report: Report) -> str:
    """The figures as a table; a text that a spreadsheet would run as a formula is kept as text."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    names = [field.name for field in fields(Figure)]
    writer.writerow(names)
    for figure in report.figures:
        writer.writerow([_cell(getattr(figure, name)) for name in names])
    return written.getvalue()


def _list(values: Sequence[object]) -> Iterator[str]:
    """A list with one entry a line: short to write, and still possible to read and to compare."""
    yield "["
    for place, value in enumerate(values):
        yield ",\n" if place else "\n"
        yield _line(value)
    yield "\n]"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(part: object) -> dict[str, object]:
    """A part of the document by the names of its fields, with its form where it has one."""
    form = {"form": part.form} if isinstance(part, get_args(Block)) else {}
    return {**form, **vars(part)}


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def _draw_into(report: Report, folder: Path) -> None:
    from replenish.report.html import draw_html
    from replenish.report.pdf import draw_pdf

    (folder / "report.html").write_text(draw_html(report), "utf-8")
    (folder / "report.pdf").write_bytes(draw_pdf(report))
    with (folder / JSON_NAME).open("w", encoding="utf-8", newline="\n") as written:
        written.writelines(_json_lines(report))
    (folder / "report.csv").write_bytes(report_csv(report).encode("utf-8-sig"))
    write_releases(folder / "releases.json", report.releases)


def _holds_report(folder: Path) -> bool:
    try:
        content = json.loads((folder / JSON_NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and content.get("format") == FORMAT


def _make_room(folder: Path) -> None:
    """Put an earlier report aside under the next free name; an empty folder simply goes."""
    if not folder.exists():
        return
    if not any(folder.iterdir()):
        folder.rmdir()
        return
    number = 1
    while (aside := folder.with_name(f"{folder.name}-earlier-{number}")).exists():
        number += 1
    folder.rename(aside)
