"""What LimeSurvey's one-letter question types mean, shared by its XML and its tab separated form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Final

from replenish.basis.errors import refuse
from replenish.basis.faults import QuestionnaireFault
from replenish.measures.formats.number_text import as_number
from replenish.measures.formats.questionnaire import Asked, Calculation, Choice, Kind

_OTHER: Final = Choice("-oth-", "Other", None)
_FIVE: Final = tuple(Choice(str(value), str(value), float(value)) for value in range(1, 6))
_TEN: Final = tuple(Choice(str(value), str(value), float(value)) for value in range(1, 11))
# The letters that LimeSurvey stores for its built-in answers carry no number: which end is high is not said.
_YES_NO: Final = (Choice("Y", "Yes", 1.0), Choice("N", "No", 0.0))
_GENDER: Final = (Choice("F", "Female", None), Choice("M", "Male", None))
_YES_UNSURE_NO: Final = (Choice("Y", "Yes", None), Choice("U", "Uncertain", None), Choice("N", "No", None))
_MORE_LESS: Final = (Choice("I", "Increase", None), Choice("S", "Same", None), Choice("D", "Decrease", None))

_BUILT_IN: Final = {"5": _FIVE, "Y": _YES_NO, "G": _GENDER}
_ARRAYS: Final = {"A": _FIVE, "B": _TEN, "C": _YES_UNSURE_NO, "E": _MORE_LESS}
_KINDS: Final = {
    "S": Kind.TEXT, "T": Kind.TEXT, "U": Kind.TEXT, "N": Kind.NUMBER, "D": Kind.DATE, "|": Kind.OTHER,
    "I": Kind.OTHER,
}  # fmt: skip
_TEXT_PARTS: Final = {"Q": Kind.TEXT, "K": Kind.NUMBER, ";": Kind.TEXT, ":": Kind.NUMBER, "R": Kind.OTHER}


@dataclass(frozen=True)
class LimeQuestion:
    """A question as LimeSurvey keeps it; `options` by scale, `parts` are its sub-questions."""

    code: str
    kind: str
    text: str
    note: str
    group: str
    required: bool
    other: bool
    shown_if: str
    scale: str
    options: Mapping[str, Sequence[Choice]]
    attributes: Mapping[str, str]
    parts: tuple[LimeQuestion, ...]


def asked_questions(
    path: Path, questions: Iterable[LimeQuestion]
) -> tuple[tuple[Asked, ...], tuple[Calculation, ...]]:
    """Questions and equations; an array becomes one question for each of its rows.

    Raises:
        Refused: FORM_FIELD where a type is unknown.
    """
    asked: list[Asked] = []
    calculations: list[Calculation] = []
    for question in questions:
        if question.kind == "*":
            calculations.append(Calculation(question.code, "", plain_words(question.text)))
        elif question.kind != "X":
            asked.extend(_asked(path, question))
    return tuple(asked), tuple(calculations)


def plain_words(text: str) -> str:
    """Text without the marks of HTML."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", text))).strip()


def _asked(path: Path, question: LimeQuestion) -> list[Asked]:
    options = tuple(question.options.get("0", ()))
    if question.kind in {"L", "!", "O"}:
        return [_one(question, Kind.ONE, (*options, _OTHER) if question.other else options)]
    if question.kind in {"M", "P"}:
        parts = tuple(Choice(part.code, plain_words(part.text), None) for part in question.parts)
        return [_one(question, Kind.SEVERAL, (*parts, _OTHER) if question.other else parts)]
    if question.kind in {"F", "H", "1"} or question.kind in _ARRAYS:
        return _array(question, _ARRAYS.get(question.kind, options))
    if question.kind in _BUILT_IN:
        return [_one(question, Kind.ONE, _BUILT_IN[question.kind])]
    if question.kind in _KINDS:
        return [_one(question, _KINDS[question.kind], ())]
    if question.kind not in _TEXT_PARTS:
        field = f"type of {question.code}"
        refuse(
            QuestionnaireFault.FORM_FIELD,
            file=path,
            field=field,
            complaint=f"is '{question.kind}', which is not known",
        )
    return _parts(question, _TEXT_PARTS[question.kind])


def _array(question: LimeQuestion, options: tuple[Choice, ...]) -> list[Asked]:
    """One question for each row; a dual array has two answers for each."""
    rows = [part for part in question.parts if part.scale == "0"]
    if question.kind != "1":
        return [_row(question, part, Kind.ONE, options) for part in rows]
    second = tuple(question.options.get("1", ()))
    return [
        _row(question, part, Kind.ONE, answers, scale)
        for part in rows
        for scale, answers in (("_0", options), ("_1", second))
    ]


def _parts(question: LimeQuestion, kind: Kind) -> list[Asked]:
    across = [part for part in question.parts if part.scale == "1"]
    down = [part for part in question.parts if part.scale == "0"]
    if not across:
        return [_row(question, part, kind, ()) for part in down]
    return [_row(question, part, kind, (), f"_{column.code}") for part in down for column in across]


def _row(
    question: LimeQuestion, part: LimeQuestion, kind: Kind, options: tuple[Choice, ...], ending: str = ""
) -> Asked:
    low, high = _limits(question)
    return Asked(
        code=f"{question.code}_{part.code}{ending}",
        text=plain_words(part.text),
        kind=kind,
        options=options,
        groups=tuple(filter(None, (question.group, plain_words(question.text)))),
        required=question.required,
        low=low if kind is Kind.NUMBER else None,
        high=high if kind is Kind.NUMBER else None,
        whole=question.attributes.get("num_value_int_only") == "1",
        shown_if=_condition(question),
        note=plain_words(question.note) or None,
    )


def _one(question: LimeQuestion, kind: Kind, options: tuple[Choice, ...]) -> Asked:
    low, high = _limits(question)
    return Asked(
        code=question.code,
        text=plain_words(question.text),
        kind=kind,
        options=options,
        groups=(question.group,) if question.group else (),
        required=question.required,
        low=low if kind is Kind.NUMBER else None,
        high=high if kind is Kind.NUMBER else None,
        whole=question.attributes.get("num_value_int_only") == "1",
        shown_if=_condition(question),
        note=plain_words(question.note) or None,
    )


def _limits(question: LimeQuestion) -> tuple[float | None, float | None]:
    return (
        as_number(question.attributes.get("min_num_value_n") or question.attributes.get("slider_min")),
        as_number(question.attributes.get("max_num_value_n") or question.attributes.get("slider_max")),
    )


def _condition(question: LimeQuestion) -> str | None:
    return question.shown_if if question.shown_if not in {"", "1"} else None
