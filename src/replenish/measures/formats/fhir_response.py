"""FHIR R4 QuestionnaireResponse, one or a bundle of them. Who answered is never read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from replenish.basis.errors import Fault, Place, Problem, Refused, refuse
from replenish.basis.faults import QuestionnaireFault, TableFault
from replenish.measures.formats.answers import READ_KINDS, Answers
from replenish.measures.formats.fhir_questionnaire import require_resource
from replenish.measures.formats.fhir_records import (
    ORDINAL_VALUES,
    Answer,
    BundleResource,
    QuestionnaireResponseResource,
    ResponseItem,
)
from replenish.measures.formats.json_file import as_model, read_json
from replenish.measures.formats.number_text import written
from replenish.measures.formats.questionnaire import Asked, Kind, Questionnaire

_MOST_PROBLEMS = 20
Cell = str | float | int | None


def read_fhir_responses(
    path: Path, questionnaire: Questionnaire, *, memory_limit: int | None = None
) -> Answers:
    """Read one response or a bundle of responses to one questionnaire.

    Link ids, options, numbers and the questionnaire's own address are checked against the questionnaire.
    Answers to questions that were left out of it, and to its calculations, are not read. A response whose
    status is `entered-in-error` is set aside and counted.

    Raises:
        Refused: FORM_NOT_JSON, FORM_WRONG_KIND, FORM_FIELD, FILE_TOO_LARGE, ANSWERS_OTHER_FORM,
            ANSWERS_UNKNOWN_QUESTION, ANSWERS_UNKNOWN_OPTION, ANSWERS_KIND, ANSWERS_SEVERAL, NUMBER_RANGE;
            rows are counted from 1 in the order of the bundle.
    """
    plain = read_json(path, memory_limit=memory_limit)
    kind = require_resource(path, plain, "QuestionnaireResponse", "Bundle")
    resources: list[object] = [plain]
    if kind == "Bundle":
        bundle = as_model(BundleResource, plain, file=path)
        resources = [entry.resource for entry in bundle.entry if entry.resource is not None]
    reader = _Reader(path, questionnaire)
    rows: list[dict[str, Cell]] = []
    mistakes = 0
    for place, resource in enumerate(resources, start=1):
        response = as_model(QuestionnaireResponseResource, resource, file=path)
        if response.status == "entered-in-error":
            mistakes += 1
        else:
            rows.append(reader.row(place, response))
    if reader.problems:
        raise Refused(reader.problems[:_MOST_PROBLEMS])
    if not rows:
        refuse(TableFault.TABLE_NO_ROWS, file=path)
    return Answers(questionnaire, pl.DataFrame(rows, schema=reader.schema), str(path), mistakes)


class _Reader:
    """Responses being read against one questionnaire, collecting problems row by row."""

    def __init__(self, path: Path, questionnaire: Questionnaire) -> None:
        self.path = path
        self.questionnaire = questionnaire
        self.asked = {question.code: question for question in questionnaire.asked}
        self.passed_over = {calculation.code for calculation in questionnaire.calculations}
        self.passed_over |= set(questionnaire.left_out)
        self.problems: list[Problem] = []
        types = {Kind.ONE: pl.String, Kind.NUMBER: pl.Float64, Kind.SEVERAL: pl.Int64}
        self.schema = pl.Schema(
            {c: types[q.kind]() for q in questionnaire.asked if q.kind in READ_KINDS for c in q.columns}
        )

    def row(self, place: int, response: QuestionnaireResponseResource) -> dict[str, Cell]:
        """The answers of one response by column."""
        self._check_form(place, response.questionnaire)
        cells: dict[str, Cell] = dict.fromkeys(self.schema)
        seen: set[str] = set()
        for item in _answered(response.item):
            code = item.linkId
            question = self.asked.get(code)
            if question is None:
                if code not in self.passed_over:
                    self._complain(QuestionnaireFault.ANSWERS_UNKNOWN_QUESTION, place, code)
            elif question.kind in READ_KINDS:
                times = len(item.answer) + (code in seen)
                if code in seen or (times > 1 and question.kind is not Kind.SEVERAL):
                    self._complain(QuestionnaireFault.ANSWERS_SEVERAL, place, code, times=times)
                else:
                    self._read(place, question, item.answer, cells)
                seen.add(code)
        return cells

    def _read(self, place: int, question: Asked, answers: tuple[Answer, ...], cells: dict[str, Cell]) -> None:
        if question.kind is Kind.NUMBER:
            cells[question.code] = self._number(place, question, answers[0])
            return
        codes = [self._option(place, question, answer) for answer in answers]
        if question.kind is Kind.ONE:
            cells[question.code] = codes[0]
            return
        for option in question.options:
            cells[f"{question.code}___{option.code}"] = int(option.code in codes)

    def _option(self, place: int, question: Asked, answer: Answer) -> str | None:
        given = _option_code(answer)
        if given is None:
            self._complain(QuestionnaireFault.ANSWERS_KIND, place, question.code)
            return None
        option = next((option for option in question.options if option.code == given), None)
        if option is None:
            known = ", ".join(option.code for option in question.options[:12])
            self._complain(
                QuestionnaireFault.ANSWERS_UNKNOWN_OPTION, place, question.code, value=given, options=known
            )
            return None
        said = answer.valueCoding.extension if answer.valueCoding else ()
        values = {extension.number for extension in said if extension.url in ORDINAL_VALUES}
        if values and values != {option.value}:
            self._complain(QuestionnaireFault.FORM_VALUE_TWICE, place, question.code, option=given)
        return given

    def _number(self, place: int, question: Asked, answer: Answer) -> float | None:
        given = answer.valueDecimal if answer.valueDecimal is not None else answer.valueInteger
        if given is None and answer.valueQuantity is not None:
            given = answer.valueQuantity.value
        if given is None:
            self._complain(QuestionnaireFault.ANSWERS_KIND, place, question.code)
            return None
        low = -float("inf") if question.low is None else question.low
        high = float("inf") if question.high is None else question.high
        if not low <= given <= high:
            ends = {"low": low, "high": high, "value": written(given)}
            self._complain(TableFault.NUMBER_RANGE, place, question.code, **ends)
        return float(given)

    def _check_form(self, place: int, canonical: str | None) -> None:
        """The response must name this questionnaire, by its address or by the last part of it."""
        own = self.questionnaire.url
        if canonical is None or own is None:
            return
        address, _, version = canonical.partition("|")
        same = address == own or ("://" not in address and own.endswith(f"/{address.rpartition('/')[2]}"))
        other = version and self.questionnaire.version and version != self.questionnaire.version
        if not same or other:
            expected = own if not other else f"{own}|{self.questionnaire.version}"
            self._complain(
                QuestionnaireFault.ANSWERS_OTHER_FORM, place, None, found=canonical, expected=expected
            )

    def _complain(self, fault: Fault, place: int, code: str | None, **details: object) -> None:
        named = details if code is None else {**details, "code": code}
        self.problems.append(Problem(fault, Place(str(self.path), place, code), tuple(sorted(named.items()))))


def _answered(items: tuple[ResponseItem, ...]) -> Iterator[ResponseItem]:
    """Every item with an answer, groups and items below answers included."""
    for item in items:
        if item.answer:
            yield item
        yield from _answered(item.item)
        for answer in item.answer:
            yield from _answered(answer.item)


def _option_code(answer: Answer) -> str | None:
    if answer.valueCoding is not None:
        return answer.valueCoding.code or answer.valueCoding.display
    if answer.valueBoolean is not None:
        return "true" if answer.valueBoolean else "false"
    if answer.valueInteger is not None:
        return str(answer.valueInteger)
    return answer.valueString or answer.valueDate or answer.valueTime
