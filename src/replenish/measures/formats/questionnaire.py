"""A questionnaire from any format, in one shape: what is asked, what may be answered, where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an answer is."""

    ONE = "one of the options"
    SEVERAL = "several of the options"
    NUMBER = "a number"
    TEXT = "words"
    DATE = "a date or time"
    OTHER = "a file, a place or something else"


@dataclass(frozen=True)
class Choice:
    """One option: its code in files of answers, its words, and the number it counts as, or None."""

    code: str
    label: str
    value: float | None


@dataclass(frozen=True)
class Asked:
    """One question.

    Attributes:
        code: its name, unique in the questionnaire; the column of a table of answers.
        text: its words, as they stand in the file.
        kind: what an answer is.
        options: what may be chosen, in the order of the file.
        groups: titles of the groups it stands in, outermost first.
        required: whether it must be answered.
        low: the smallest number allowed, None where the file sets none.
        high: the largest number allowed, None where the file sets none.
        whole: whether only whole numbers are allowed.
        shown_if: the condition under which it is shown, as written; never carried out.
        note: the help text.
        terms: codes of terminologies the file gives it, such as LOINC.
        reverse: whether a high answer counts low; None where the file does not say.
    """

    code: str
    text: str
    kind: Kind
    options: tuple[Choice, ...] = ()
    groups: tuple[str, ...] = ()
    required: bool = False
    low: float | None = None
    high: float | None = None
    whole: bool = False
    shown_if: str | None = None
    note: str | None = None
    terms: tuple[str, ...] = ()
    reverse: bool | None = None

    @property
    def scored(self) -> bool:
        """Whether every option has a number, so that answers can be added up."""
        return self.kind is Kind.ONE and bool(self.options) and all(o.value is not None for o in self.options)

    @property
    def range(self) -> tuple[float, float] | None:
        """The lowest and highest number an answer can be; None where there is no such number."""
        values = [option.value for option in self.options if option.value is not None]
        if self.kind is Kind.ONE and values:
            return min(values), max(values)
        if self.kind is Kind.NUMBER and self.low is not None and self.high is not None:
            return self.low, self.high
        return None

    @property
    def columns(self) -> tuple[str, ...]:
        """Its columns in a table of answers: one, or one for each option that may be ticked."""
        if self.kind is Kind.SEVERAL:
            return tuple(f"{self.code}___{option.code}" for option in self.options)
        return (self.code,)


@dataclass(frozen=True)
class Calculation:
    """A score the file says it computes. It is listed and never carried out."""

    code: str
    title: str
    formula: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Questionnaire:
    """Questions in their order, with what the file says about itself and its owner.

    Attributes:
        format: the name of the source format, such as "FHIR R4 Questionnaire".
        title: its title, empty where the file has none.
        asked: the questions.
        calculations: scores the file says it computes.
        url: its canonical address, where it has one.
        version: its version, where it has one.
        language: the language of the texts, where the file says so.
        citation: the source the file cites.
        licence: copyright or licence, as the file says it.
        left_out: codes of questions left out because the caller named them.
    """

    format: str
    title: str
    asked: tuple[Asked, ...]
    calculations: tuple[Calculation, ...] = ()
    url: str | None = None
    version: str | None = None
    language: str | None = None
    citation: str | None = None
    licence: str | None = None
    left_out: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the questions in their order."""
        return tuple(question.code for question in self.asked)

    def question(self, code: str) -> Asked | None:
        """The question of that code, or None."""
        return next((question for question in self.asked if question.code == code), None)
