"""REDCap data dictionary: the instrument file and the API's metadata, the same fields under two headers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from replenish.basis.errors import Problem, problem
from replenish.basis.faults import QuestionnaireFault
from replenish.measures.formats.number_text import as_number
from replenish.measures.formats.questionnaire import Asked, Calculation, Choice, Kind, Questionnaire
from replenish.measures.formats.soundness import refuse_broken, sound
from replenish.measures.tables import read_table

HEADERS: Final = {
    "field_name": "Variable / Field Name",
    "form_name": "Form Name",
    "section_header": "Section Header",
    "field_type": "Field Type",
    "field_label": "Field Label",
    "select_choices_or_calculations": "Choices, Calculations, OR Slider Labels",
    "field_note": "Field Note",
    "text_validation_type_or_show_slider_number": "Text Validation Type OR Show Slider Number",
    "text_validation_min": "Text Validation Min",
    "text_validation_max": "Text Validation Max",
    "branching_logic": "Branching Logic (Show field only if...)",
    "required_field": "Required Field?",
    "matrix_group_name": "Matrix Group Name",
}
"""Names of the fields in the API's metadata, and in the file that the designer writes."""

_NUMBERS: Final = frozenset({"number", "integer"})
_YES_NO: Final = (Choice("1", "Yes", 1.0), Choice("0", "No", 0.0))
_TRUE_FALSE: Final = (Choice("1", "True", 1.0), Choice("0", "False", 0.0))


def is_dictionary(header: Collection[str]) -> bool:
    """Whether a table's header is that of a data dictionary."""
    return {"field_name", "field_type"} <= set(header) or {
        HEADERS["field_name"],
        HEADERS["field_type"],
    } <= set(header)


def read_redcap_dictionary(path: Path, *, without: Collection[str] = ()) -> Questionnaire:
    """Read a data dictionary; calculated fields are listed and never carried out.

    Raises:
        Refused: FORM_WRONG_KIND, FORM_OPTIONS, FORM_FIELD, what `sound` refuses, what `read_table` refuses.
    """
    rows, problems = list(_rows(path)), list[Problem]()
    asked: list[Asked] = []
    calculations: list[Calculation] = []
    form, section = "", ""
    for place, row in enumerate(rows, start=1):
        section = row["section_header"] or (section if row["form_name"] == form else "")
        form = row["form_name"]
        kind = row["field_type"]
        if kind == "descriptive":
            continue
        if kind == "calc":
            formula = row["select_choices_or_calculations"]
            calculations.append(Calculation(row["field_name"], row["field_label"], formula))
            continue
        question = _question(path, place, row, section, problems)
        if question is not None:
            asked.append(question)
    refuse_broken(problems)
    forms = dict.fromkeys(row["form_name"] for row in rows if row["form_name"])
    return sound(
        Questionnaire("REDCap data dictionary", ", ".join(forms), tuple(asked), tuple(calculations)),
        file=path,
        without=without,
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    table = read_table(path)
    if not is_dictionary(table.columns):
        refuse_broken(
            [
                problem(
                    QuestionnaireFault.FORM_WRONG_KIND,
                    file=path,
                    found="table",
                    expected="REDCap data dictionary",
                )
            ]
        )
    names = HEADERS if "field_name" not in table.columns else {name: name for name in HEADERS}
    columns = {
        name: table.texts(header) if header in table.columns else [None] * table.n
        for name, header in names.items()
    }
    for place in range(table.n):
        yield {name: (cells[place] or "") for name, cells in columns.items()}


def _question(
    path: Path, place: int, row: dict[str, str], section: str, problems: list[Problem]
) -> Asked | None:
    code, kind = row["field_name"], row["field_type"]
    validation = row["text_validation_type_or_show_slider_number"]
    if not code:
        problems.append(
            problem(
                QuestionnaireFault.FORM_FIELD,
                file=path,
                row=place,
                field="field_name",
                complaint="is missing",
            )
        )
        return None
    if kind not in _KINDS:
        complaint = f"is '{kind}', which REDCap does not have"
        problems.append(
            problem(
                QuestionnaireFault.FORM_FIELD, file=path, row=place, field="field_type", complaint=complaint
            )
        )
        return None
    meant = _KINDS[kind]
    low, high = as_number(row["text_validation_min"]), as_number(row["text_validation_max"])
    options: tuple[Choice, ...] = ()
    if kind in {"radio", "dropdown", "checkbox"}:
        options = choices(path, place, code, row["select_choices_or_calculations"], problems)
        if kind == "checkbox":
            options = tuple(replace(option, code=_in_column(option.code)) for option in options)
    elif kind in {"yesno", "truefalse"}:
        options = _YES_NO if kind == "yesno" else _TRUE_FALSE
    elif kind == "slider":
        low, high = (0.0 if low is None else low), (100.0 if high is None else high)
    elif kind == "text" and validation.split("_")[0] in _NUMBERS:
        meant = Kind.NUMBER
    elif kind == "text" and validation.startswith(("date", "time")):
        meant, low, high = Kind.DATE, None, None
    return Asked(
        code=code,
        text=row["field_label"],
        kind=meant,
        options=options,
        groups=tuple(filter(None, (row["form_name"], section, row["matrix_group_name"]))),
        required=row["required_field"].lower() == "y",
        low=low,
        high=high,
        whole=validation == "integer",
        shown_if=row["branching_logic"] or None,
        note=row["field_note"] or None,
    )


_KINDS: Final = {
    "text": Kind.TEXT,
    "notes": Kind.TEXT,
    "radio": Kind.ONE,
    "dropdown": Kind.ONE,
    "yesno": Kind.ONE,
    "truefalse": Kind.ONE,
    "checkbox": Kind.SEVERAL,
    "slider": Kind.NUMBER,
    "file": Kind.OTHER,
    "sql": Kind.OTHER,
}


def _in_column(code: str) -> str:
    """The code of a tick box as REDCap writes it into the name of its column: -9 becomes `field____9`."""
    return code.lower().replace("-", "_")


def choices(path: Path, place: int, code: str, text: str, problems: list[Problem]) -> tuple[Choice, ...]:
    """Options written as `0, No | 1, Yes`; anything else is a problem of its row, never a guess."""
    options: list[Choice] = []
    for part in text.split("|") if text else ():
        name, comma, label = part.partition(",")
        if not comma or not name.strip():
            details = {"code": code, "text": part.strip()[:40] or "an empty option"}
            problems.append(problem(QuestionnaireFault.FORM_OPTIONS, file=path, row=place, **details))
            return tuple(options)
        options.append(Choice(name.strip(), label.strip(), as_number(name)))
    return tuple(options)
