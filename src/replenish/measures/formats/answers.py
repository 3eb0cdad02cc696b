"""Answers to a questionnaire in memory: what was chosen, and the numbers it counts as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import QuestionnaireFault
from replenish.measures.formats.questionnaire import Asked, Kind, Questionnaire

READ_KINDS = frozenset({Kind.ONE, Kind.SEVERAL, Kind.NUMBER})
"""Kinds of questions whose answers are read. Words, dates and files are never read: they can name people."""


@dataclass(frozen=True)
class Answers:
    """One row per person and one column per question, or per option where several may be ticked.

    Attributes:
        questionnaire: the questions.
        frame: codes of chosen options as text, numbers as Float64, ticks as Int64 (1 ticked, 0 not);
            a missing answer is null.
        file: the file as the caller named it.
        set_aside: rows that their own file declares to be a mistake, and that are not here.
    """

    questionnaire: Questionnaire
    frame: pl.DataFrame
    file: str
    set_aside: int = 0

    @property
    def n(self) -> int:
        """Number of rows."""
        return self.frame.height

    def values(self) -> Mapping[str, NDArray[np.float64]]:
        """Every question that counts as a number, by its code, shape (n,), NaN where missing.

        Questions whose options have no numbers are left out; ask for one with `numbers` to learn why.
        """
        asked = (q for q in self.questionnaire.asked if q.code in self.frame.columns)
        return {q.code: self.numbers(q.code) for q in asked if q.scored or q.kind is Kind.NUMBER}

    def numbers(self, code: str) -> NDArray[np.float64]:
        """One question as numbers, shape (n,), NaN where missing.

        Raises:
            Refused: ANSWERS_UNKNOWN_QUESTION; FORM_NOT_SCORED where an option has no number.
        """
        question = self.questionnaire.question(code)
        if question is None or code not in self.frame.columns:
            refuse(QuestionnaireFault.ANSWERS_UNKNOWN_QUESTION, file=self.file, code=code)
        column = self.frame[code]
        if question.kind is Kind.ONE:
            column = column.replace_strict(_numbered(question, self.file), return_dtype=pl.Float64)
        return column.cast(pl.Float64).to_numpy(writable=True)


def _numbered(question: Asked, file: str) -> dict[str, float]:
    values: dict[str, float] = {}
    for option in question.options:
        if option.value is None:
            refuse(QuestionnaireFault.FORM_NOT_SCORED, file=file, code=question.code, option=option.code)
        values[option.code] = option.value
    return values
