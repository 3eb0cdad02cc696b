"""XLSForm: the sheets survey, choices and settings of ODK and KoboToolbox (xlsform.org)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

from replenish.basis.errors import Problem, Refused, problem, refuse
from replenish.basis.faults import QuestionnaireFault, TableFault
from replenish.measures.formats.number_text import as_number
from replenish.measures.formats.questionnaire import Asked, Calculation, Choice, Kind, Questionnaire
from replenish.measures.formats.soundness import refuse_broken, sound
from replenish.measures.tables import Table, read_table
from replenish.measures.tables.workbook import sheet_names

_ABOUT_THE_PHONE: Final = frozenset(
    {
        "start", "end", "today", "deviceid", "device id", "subscriberid", "simserial", "phonenumber",
        "username", "email", "audit", "start-geopoint", "background-audio", "background-geopoint", "note",
        "hidden",
        "xml-external", "csv-external",
    }
)  # fmt: skip
_KINDS: Final = {
    "integer": Kind.NUMBER, "int": Kind.NUMBER, "decimal": Kind.NUMBER, "range": Kind.NUMBER,
    "text": Kind.TEXT, "string": Kind.TEXT, "barcode": Kind.TEXT,
    "date": Kind.DATE, "time": Kind.DATE, "datetime": Kind.DATE, "acknowledge": Kind.OTHER,
    "geopoint": Kind.OTHER, "geotrace": Kind.OTHER, "geoshape": Kind.OTHER, "image": Kind.OTHER,
    "photo": Kind.OTHER, "audio": Kind.OTHER, "video": Kind.OTHER, "file": Kind.OTHER, "rank": Kind.OTHER,
}  # fmt: skip
_SELECT: Final = re.compile(r"(?:select_one|select one|select1)\s+(\S+)(\s+or_other)?|"
                            r"(?:select_multiple|select all that apply)\s+(\S+)(\s+or_other)?")  # fmt: skip
_LOWEST: Final = re.compile(r"(?:^|\band\b)\s*\.\s*>=\s*(-?\d+(?:\.\d+)?)\s*(?=$|\band\b)")
_HIGHEST: Final = re.compile(r"(?:^|\band\b)\s*\.\s*<=\s*(-?\d+(?:\.\d+)?)\s*(?=$|\band\b)")
_OTHER: Final = Choice("other", "Other", None)


def is_xlsform(sheets: Collection[str]) -> bool:
    """Whether a workbook has the sheets of an XLSForm."""
    return "survey" in sheets


def read_xlsform(path: Path, *, without: Collection[str] = (), language: str | None = None) -> Questionnaire:
    """Read an XLSForm; calculations are listed, conditions are noted, neither is carried out.

    Args:
        path: the workbook.
        without: names of questions to leave out.
        language: the language of the labels, where they are written as `label::English (en)`.

    Raises:
        Refused: FORM_FIELD, FORM_REFERENCE, FORM_REPEAT, FORM_GROUPS, FORM_LANGUAGE, what `sound` and
            `read_table` refuse.
    """
    survey = _Sheet(path, "survey", language)
    lists = _choice_lists(path, language)
    settings = _settings(path)
    problems: list[Problem] = []
    asked: list[Asked] = []
    calculations: list[Calculation] = []
    groups: list[str] = []
    for row in range(survey.n):
        kind, name = survey.cell("type", row).strip(), survey.cell("name", row)
        opening = re.fullmatch(r"(begin|end)[ _](group|repeat|loop)", kind)
        if opening:
            _step(path, row, opening[1], opening[2], survey.cell("label", row) or name, groups)
        elif kind == "calculate":
            calculations.append(Calculation(name, survey.cell("label", row), survey.cell("calculation", row)))
        elif kind and kind.lower() not in _ABOUT_THE_PHONE:
            question = _question(path, row, kind, survey, lists, tuple(groups), problems)
            if question is not None:
                asked.append(question)
    if groups:
        refuse(QuestionnaireFault.FORM_GROUPS, file=path)
    refuse_broken(problems)
    return sound(
        Questionnaire(
            format="XLSForm",
            title=settings.get("form_title", ""),
            asked=tuple(asked),
            calculations=tuple(calculations),
            version=settings.get("version"),
            language=language or settings.get("default_language"),
        ),
        file=path,
        without=without,
    )


class _Sheet:
    """One sheet, with its labels in the language wanted."""

    def __init__(self, path: Path, name: str, language: str | None) -> None:
        self.path = path
        self.table: Table = read_table(path, sheet=name)
        self.columns = {self._plain(header, language): header for header in reversed(self.table.columns)}
        if language is not None and "label" not in self.columns:
            known = sorted(
                header.partition("::")[2] for header in self.table.columns if header.startswith("label::")
            )
            refuse(
                QuestionnaireFault.FORM_LANGUAGE,
                file=path,
                language=language,
                languages=", ".join(known) or "not named",
            )
        self.n = self.table.n
        self._cells: dict[str, list[str]] = {}

    def cell(self, column: str, row: int) -> str:
        """The text of a cell, empty where the column is not there."""
        if column not in self._cells:
            header = self.columns.get(column)
            texts = [None] * self.n if header is None else self.table.texts(header)
            self._cells[column] = [text or "" for text in texts]
        return self._cells[column][row]

    @staticmethod
    def _plain(header: str, language: str | None) -> str:
        name, marks, spoken = (part.strip() for part in header.partition("::"))
        if not marks or language is None:
            return name.lower() if name.lower() in {"label", "hint"} or not marks else header
        fits = language in {spoken, spoken.partition("(")[0].strip(), spoken.partition("(")[2].rstrip(")")}
        return name.lower() if fits else header


def _choice_lists(path: Path, language: str | None) -> Mapping[str, tuple[Choice, ...]]:
    if "choices" not in sheet_names(path):
        return {}
    sheet = _Sheet(path, "choices", language)
    lists: dict[str, tuple[Choice, ...]] = {}
    for row in range(sheet.n):
        name = sheet.cell("list_name", row) or sheet.cell("list name", row)
        code = sheet.cell("name", row) or sheet.cell("value", row)
        if not name and not code:
            continue
        if not name or not code:
            complaint = "is missing"
            field = "choices, name" if name else "choices, list_name"
            refuse(QuestionnaireFault.FORM_FIELD, file=path, row=row + 1, field=field, complaint=complaint)
        choice = Choice(code, sheet.cell("label", row), as_number(code))
        lists[name] = (*lists.get(name, ()), choice)
    return lists


def _settings(path: Path) -> dict[str, str]:
    if "settings" not in sheet_names(path):
        return {}
    try:
        table = read_table(path, sheet="settings")
    except Refused as refused:
        if refused.fault is TableFault.TABLE_NO_ROWS:
            return {}
        raise
    first = {name: table.texts(name)[0] for name in table.columns}
    return {name: text for name, text in first.items() if text}


def _step(path: Path, row: int, way: str, what: str, title: str, groups: list[str]) -> None:
    """Enter or leave a group."""
    if what != "group":
        refuse(QuestionnaireFault.FORM_REPEAT, file=path, row=row + 1, code=title)
    if way == "begin":
        groups.append(title)
    elif groups:
        groups.pop()
    else:
        refuse(QuestionnaireFault.FORM_GROUPS, file=path, row=row + 1)


def _question(
    path: Path,
    row: int,
    kind: str,
    survey: _Sheet,
    lists: Mapping[str, tuple[Choice, ...]],
    groups: tuple[str, ...],
    problems: list[Problem],
) -> Asked | None:
    name = survey.cell("name", row)
    select = _SELECT.fullmatch(kind)
    meant = _KINDS.get(kind.split()[0].lower())
    options: tuple[Choice, ...] = ()
    if not name:
        problems.append(
            problem(
                QuestionnaireFault.FORM_FIELD, file=path, row=row + 1, field="name", complaint="is missing"
            )
        )
        return None
    if select:
        one, several = select[1], select[3]
        wanted = one or several
        if wanted not in lists:
            problems.append(problem(QuestionnaireFault.FORM_REFERENCE, file=path, row=row + 1, name=wanted))
            return None
        meant = Kind.ONE if one else Kind.SEVERAL
        options = (*lists[wanted], _OTHER) if select[2] or select[4] else lists[wanted]
    if meant is None:
        complaint = f"is '{kind}', which is no type that can be read"
        problems.append(
            problem(QuestionnaireFault.FORM_FIELD, file=path, row=row + 1, field="type", complaint=complaint)
        )
        return None
    low, high = _limits(kind, survey.cell("parameters", row), survey.cell("constraint", row))
    return Asked(
        code=name,
        text=survey.cell("label", row),
        kind=meant,
        options=options,
        groups=groups,
        required=survey.cell("required", row).lower() in {"yes", "true", "true()"},
        low=low if meant is Kind.NUMBER else None,
        high=high if meant is Kind.NUMBER else None,
        whole=kind in {"integer", "int"},
        shown_if=survey.cell("relevant", row) or None,
        note=survey.cell("hint", row) or None,
    )


def _limits(kind: str, parameters: str, constraint: str) -> tuple[float | None, float | None]:
    """Lowest and highest value, from a range's parameters or from a plain `. >= 0 and . <= 10`."""
    if kind == "range":
        named = dict(re.findall(r"(start|end)\s*=\s*(-?[\d.]+)", parameters))
        return as_number(named.get("start", "0")), as_number(named.get("end", "10"))
    if "or" in re.findall(r"\w+", constraint):
        return None, None
    low, high = _LOWEST.search(constraint), _HIGHEST.search(constraint)
    return as_number(low[1] if low else None), as_number(high[1] if high else None)
