"""Answers as tables: a column for each question, tick boxes as `code___option`, as REDCap exports them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from replenish.basis.errors import Refused, problem
from replenish.basis.faults import QuestionnaireFault
from replenish.measures.formats.answers import READ_KINDS, Answers
from replenish.measures.formats.questionnaire import Asked, Kind, Questionnaire
from replenish.measures.tables import Table, read_table

_MOST_PROBLEMS = 20


def read_answer_table(
    path: str | Path,
    questionnaire: Questionnaire,
    *,
    questions: Sequence[str] | None = None,
    memory_limit: int | None = None,
) -> Answers:
    """Read answers from CSV, XLSX or Parquet. Only the columns of the questions are read, never names.

    TRUE and FALSE, as R and spreadsheets write them, are 1 and 0 where these are the only options.

    Args:
        path: the table; columns are named by the codes of the questions.
        questionnaire: the questions, whose options and ranges the answers must keep to.
        questions: codes of the questions to read; every question with options or numbers where None.
        memory_limit: as in `read_table`.

    Raises:
        Refused: COLUMN_MISSING, ANSWERS_UNKNOWN_QUESTION, ANSWERS_UNKNOWN_OPTION, ANSWERS_CHECKBOX,
            NUMBER_RANGE, NUMBER_TEXT and the like, and what `read_table` refuses.
    """
    chosen = _chosen(path, questionnaire, questions)
    columns = [column for question in chosen for column in question.columns]
    table = read_table(path, columns=columns, memory_limit=memory_limit)
    series = [part for question in chosen for part in _series(table, question)]
    return Answers(questionnaire, pl.DataFrame(series), str(path))


def _chosen(path: object, questionnaire: Questionnaire, codes: Sequence[str] | None) -> list[Asked]:
    if codes is None:
        return [question for question in questionnaire.asked if question.kind in READ_KINDS]
    found = {question.code: question for question in questionnaire.asked}
    unknown = [code for code in codes if code not in found]
    if unknown:
        raise Refused(
            [problem(QuestionnaireFault.ANSWERS_UNKNOWN_QUESTION, file=path, code=code) for code in unknown]
        )
    return [found[code] for code in codes]


def _series(table: Table, question: Asked) -> list[pl.Series]:
    if question.kind is Kind.NUMBER:
        values = table.numbers(
            question.code, low=question.low, high=question.high, whole=question.whole, may_be_empty=True
        )
        return [pl.Series(question.code, values).fill_nan(None)]
    if question.kind is Kind.SEVERAL:
        return [_ticks(table, column) for column in question.columns]
    return [_codes(table, question)]


def _codes(table: Table, question: Asked) -> pl.Series:
    """Codes of the options chosen; any other cell is refused by its row."""
    known = {option.code: option.code for option in question.options}
    if set(known) == {"0", "1"}:
        known |= {"TRUE": "1", "FALSE": "0", "true": "1", "false": "0", "True": "1", "False": "0"}
    cells = pl.Series(question.code, table.texts(question.code), dtype=pl.String)
    codes = cells.replace_strict(known, default=None, return_dtype=pl.String)
    wrong = (cells.is_not_null() & codes.is_null()).arg_true()
    if wrong.len():
        options = ", ".join(option.code for option in question.options[:12])
        raise Refused(
            [
                problem(
                    QuestionnaireFault.ANSWERS_UNKNOWN_OPTION,
                    file=table.path,
                    row=row + 1,
                    column=question.code,
                    value=cells[row],
                    code=question.code,
                    options=options,
                )
                for row in wrong.head(_MOST_PROBLEMS)
            ]
        )
    return codes


def _ticks(table: Table, column: str) -> pl.Series:
    """Tick boxes: 1, 0 or empty."""
    known = {"1": 1, "0": 0, "TRUE": 1, "FALSE": 0, "true": 1, "false": 0}
    cells = pl.Series(column, table.texts(column), dtype=pl.String)
    ticks = cells.replace_strict(known, default=None, return_dtype=pl.Int64)
    wrong = (cells.is_not_null() & ticks.is_null()).arg_true()
    if wrong.len():
        raise Refused(
            [
                problem(
                    QuestionnaireFault.ANSWERS_CHECKBOX,
                    file=table.path,
                    row=row + 1,
                    column=column,
                    value=cells[row],
                )
                for row in wrong.head(_MOST_PROBLEMS)
            ]
        )
    return ticks
