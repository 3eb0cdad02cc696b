"""A plain list of questions as CSV or XLSX: one row for each, the simplest way to bring one's own."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

from replenish.basis.errors import Problem, problem
from replenish.basis.faults import QuestionnaireFault
from replenish.measures.formats.number_text import as_number
from replenish.measures.formats.questionnaire import Asked, Choice, Kind, Questionnaire
from replenish.measures.formats.redcap import choices
from replenish.measures.formats.safe_writing import restored
from replenish.measures.formats.soundness import refuse_broken, sound
from replenish.measures.tables import Table, read_table

COLUMNS: Final = {
    "code": "the name of the question and of its column in a file of answers",
    "number": "its place in the questionnaire; needed where there is no code",
    "text": "the words of the question",
    "options": "the answers that may be chosen, written as 0, Never | 1, Sometimes",
    "low": "the smallest number allowed, where the answer is a number",
    "high": "the largest number allowed, where the answer is a number",
    "reverse": "yes where a high answer counts low",
    "group": "the heading it stands under",
    "required": "yes where it must be answered",
    "note": "a help text",
}
"""The columns of a question list and what stands in them; `text` and `code` or `number` are needed."""

_YES: Final = frozenset({"yes", "y", "true", "1", "x"})
_NO: Final = frozenset({"no", "n", "false", "0", ""})


def is_question_list(header: Collection[str]) -> bool:
    """Whether a table's header is that of a question list."""
    names = {name.lower() for name in header}
    return "text" in names and bool({"code", "number"} & names)


def read_question_list(path: Path, *, without: Collection[str] = ()) -> Questionnaire:
    """Read a question list.

    Raises:
        Refused: FORM_OPTIONS, FORM_FIELD, what `sound` refuses, what `read_table` refuses.
    """
    table = read_table(path)
    cells = {name: _cells(table, name) for name in COLUMNS}
    problems: list[Problem] = []
    asked = tuple(
        _question(path, row + 1, {name: cells[name][row] for name in COLUMNS}, problems)
        for row in range(table.n)
    )
    refuse_broken(problems)
    return sound(Questionnaire("question list", "", asked), file=path, without=without)


def _cells(table: Table, name: str) -> list[str]:
    column = next((header for header in table.columns if header.lower() == name), None)
    return [""] * table.n if column is None else [restored(cell or "") for cell in table.texts(column)]


def _question(path: Path, row: int, cells: dict[str, str], problems: list[Problem]) -> Asked:
    def complain(field: str, complaint: str) -> None:
        problems.append(
            problem(QuestionnaireFault.FORM_FIELD, file=path, row=row, field=field, complaint=complaint)
        )

    for field in ("low", "high"):
        if cells[field] and as_number(cells[field]) is None:
            complain(field, f"is '{cells[field]}', which is not a number")
    for field in ("reverse", "required"):
        if cells[field].lower() not in _YES | _NO:
            complain(field, f"is '{cells[field]}'; write yes or no")
    if not cells["code"] and not cells["number"]:
        complain("code", "is missing")
    if not cells["text"]:
        complain("text", "is missing")
    code = cells["code"] or f"q{cells['number']}"
    options: tuple[Choice, ...] = choices(path, row, code, cells["options"], problems)
    low, high = as_number(cells["low"]), as_number(cells["high"])
    kind = Kind.ONE if options else Kind.NUMBER if low is not None or high is not None else Kind.TEXT
    return Asked(
        code=code,
        text=cells["text"],
        kind=kind,
        options=options,
        groups=(cells["group"],) if cells["group"] else (),
        required=cells["required"].lower() in _YES,
        low=low,
        high=high,
        reverse=cells["reverse"].lower() in _YES if cells["reverse"] else None,
        note=cells["note"] or None,
    )
