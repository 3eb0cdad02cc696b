"""A questionnaire as a question list in CSV, which `read_question_list` reads back."""

from __future__ import annotations

from replenish.basis.errors import refuse
from replenish.basis.faults import QuestionnaireFault
from replenish.measures.formats.number_text import as_number, written
from replenish.measures.formats.question_list import COLUMNS
from replenish.measures.formats.questionnaire import Asked, Choice, Questionnaire
from replenish.measures.formats.safe_writing import table_text


def question_list_text(questionnaire: Questionnaire) -> str:
    """The questions as CSV, one row for each.

    Raises:
        Refused: FORM_OPTIONS where an option cannot be written as `0, No | 1, Yes`.
    """
    rows = [_row(place, question) for place, question in enumerate(questionnaire.asked, start=1)]
    return table_text({name: [row[name] for row in rows] for name in COLUMNS})


def _row(place: int, question: Asked) -> dict[str, str]:
    return {
        "code": question.code,
        "number": str(place),
        "text": question.text,
        "options": " | ".join(_option(question, option) for option in question.options),
        "low": "" if question.low is None else written(question.low),
        "high": "" if question.high is None else written(question.high),
        "reverse": "" if question.reverse is None else "yes" if question.reverse else "no",
        "group": " / ".join(question.groups),
        "required": "yes" if question.required else "",
        "note": question.note or "",
    }


def _option(question: Asked, option: Choice) -> str:
    """A number that is not the code itself, or a bar in the words, has no place in this form."""
    if "|" in option.code + option.label or "," in option.code or option.value != as_number(option.code):
        refuse(QuestionnaireFault.FORM_OPTIONS, code=question.code, text=option.label[:40] or option.code)
    return f"{option.code}, {option.label}"
