"""Small questionnaires of our own making, one for each format, and ways to break them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from replenish.basis.errors import Refused

SAMPLES = Path(__file__).parent / "formats_samples"

SURVEY: tuple[tuple[object, ...], ...] = (
    (
        "type",
        "name",
        "label::English (en)",
        "label::Nederlands (nl)",
        "hint",
        "required",
        "relevant",
        "constraint",
        "calculation",
        "parameters",
    ),
    ("start", "start"),
    ("note", "hello", "Welcome", "Welkom"),
    ("begin_group", "week", "The week", "De week"),
    ("select_one often", "pause", "There was a pause", "Er was een pauze", "Count from Monday", "yes"),
    ("select_one often or_other", "asked", "Somebody asked", "Iemand vroeg", None, None, "${pause} != '0'"),
    ("begin group", "inner", "Inside", "Binnen"),
    ("select_multiple place", "where", "Where", "Waar"),
    ("end group",),
    ("integer", "minutes", "Minutes", "Minuten", None, None, None, ". >= 0 and . <= 240"),
    ("end_group",),
    (
        "range",
        "mood",
        "How the week was",
        "Hoe de week was",
        None,
        None,
        None,
        None,
        None,
        "start=1 end=7 step=1",
    ),
    ("text", "words", "Anything else", "Nog iets"),
    ("calculate", "total", None, None, None, None, None, None, "${pause} + 1"),
)
CHOICES: tuple[tuple[object, ...], ...] = (
    ("list_name", "name", "label::English (en)", "label::Nederlands (nl)"),
    ("often", 0, "Never", "Nooit"),
    ("often", 1, "Once", "Een keer"),
    ("often", 2, "More often", "Vaker"),
    ("place", "out", "Outside", "Buiten"),
    ("place", "room", "Staff room", "Kamer"),
)
SETTINGS: tuple[tuple[object, ...], ...] = (
    ("form_title", "form_id", "version", "default_language"),
    ("Rest after visits", "rest", "3", "English (en)"),
)


def xlsform(
    path: Path,
    *,
    survey: Sequence[Sequence[object]] = SURVEY,
    choices: Sequence[Sequence[object]] = CHOICES,
    settings: Sequence[Sequence[object]] = SETTINGS,
) -> Path:
    """Write an XLSForm workbook."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (("survey", survey), ("choices", choices), ("settings", settings)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def changed(folder: Path, name: str, old: str, new: str, *, times: int = 1) -> Path:
    """A copy of a sample in which one piece of text is another."""
    text = (SAMPLES / name).read_text(encoding="utf-8")
    assert old in text, f"{name} does not hold {old!r}"
    path = folder / Path(name).name
    path.write_text(text.replace(old, new, times), encoding="utf-8")
    return path


def changed_schema(folder: Path, name: str, old: str, new: str) -> Path:
    """A copy of the ReproSchema sample with one piece of text of one of its files changed."""
    target = folder / "reproschema"
    shutil.copytree(SAMPLES / "reproschema", target)
    text = (target / name).read_text(encoding="utf-8")
    assert old in text
    (target / name).write_text(text.replace(old, new), encoding="utf-8")
    return target


def refusal(act: Callable[[], object]) -> Refused:
    """The refusal that an action ends in, whose sentence must be readable."""
    with pytest.raises(Refused) as caught:
        act()
    message = str(caught.value)
    assert message.endswith(".")
    assert "{" not in message
    assert "\n" not in message
    return caught.value
