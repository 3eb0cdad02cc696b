"""The words of the drafts, one file of each for every language, checked whole when they are read."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import get_language
from pydantic import Field, model_validator

from replenish.basis.faults import DocumentFault
from replenish.web.public.sources import MEANINGS, Mark, Words, Written
from replenish.web.shared.checked_files import read_checked
from replenish.web.shared.texts import FALLBACK

FOLDER = Path(__file__).parent
PSYCHOSOCIAL, DATA_PROTECTION = "psychosocial.yaml", "data_protection.yaml"
AREAS = ("demands", "control", "support", "relationships", "role", "change")
"""The six areas of the HSE's Management Standards, in their order."""

Several = Annotated[tuple[Words, ...], Field(min_length=1)]


class Legal(Written):
    """One thing that law or a standard says, in our words.

    Attributes:
        says: what, in a sentence.
        source: where it stands; never its wording.
        checked_on: when somebody last looked.
        mark: how surely it is known.
    """

    says: Words
    source: Words
    checked_on: date
    mark: Mark

    @property
    def meaning(self) -> str:
        """What the mark says."""
        return str(MEANINGS[self.mark])


class Step(Written):
    """One step, with the question that people answer for it."""

    title: Words
    text: Words
    blank: Words


class Area(Written):
    """One of the six areas, with the questions that people answer for it."""

    code: Literal["demands", "control", "support", "relationships", "role", "change"]
    title: Words
    covers: Words
    asks: Several


class Psychosocial(Written):
    """The words of the psychosocial assessment."""

    summary: Words
    about: Several
    to_fill: Several
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    areas: tuple[Area, ...]
    nothing_asked: Words
    law: Annotated[tuple[Legal, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _six_areas(self) -> Psychosocial:
        if tuple(one.code for one in self.areas) != AREAS:
            raise ValueError(f"the areas are {', '.join(AREAS)}, in this order")
        return self


class Part(Written):
    """A part of the data protection draft: what is so here, and what only the organisation knows."""

    title: Words
    paragraphs: Several
    asks: Several


class Places(Written):
    """Where a table lies, in words, by what the backup does with it."""

    record: Words
    kept: Words
    arriving: Words
    left_out: Words
    unknown: Words


class Holding(Written):
    """What a few tables hold together."""

    tables: Several
    what: Words
    about: Words
    until: Words


class Harm(Written):
    """What could go wrong for people, what is done about it, and what stays open."""

    what: Words
    measures: Words
    left: Words


class DataProtection(Written):
    """The words of the data protection draft."""

    summary: Words
    about: Several
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]
    places: Places
    holdings: Annotated[tuple[Holding, ...], Field(min_length=1)]
    harms: Annotated[tuple[Harm, ...], Field(min_length=1)]
    law: Annotated[tuple[Legal, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _tables_once(self) -> DataProtection:
        tables = [table for one in self.holdings for table in one.tables]
        if len(set(tables)) < len(tables):
            raise ValueError("a table stands twice")
        return self


def read_psychosocial(path: Path) -> Psychosocial:
    """The words in a file.

    Raises:
        Refused: it cannot be read, or an entry is incomplete.
    """
    return read_checked(path, Psychosocial, DocumentFault.TEXT_FILE)


def read_data_protection(path: Path) -> DataProtection:
    """The words in a file.

    Raises:
        Refused: it cannot be read, or an entry is incomplete.
    """
    return read_checked(path, DataProtection, DocumentFault.TEXT_FILE)


def psychosocial_words() -> Psychosocial:
    """In the reader's language, in English where it has none."""
    return _psychosocial(_in_language(PSYCHOSOCIAL))


def data_protection_words() -> DataProtection:
    """In the reader's language, in English where it has none."""
    return _data_protection(_in_language(DATA_PROTECTION))


@cache
def _psychosocial(path: Path) -> Psychosocial:
    return read_psychosocial(path)


@cache
def _data_protection(path: Path) -> DataProtection:
    return read_data_protection(path)


def _in_language(name: str) -> Path:
    own = FOLDER / (get_language() or FALLBACK).split("-")[0] / name
    return own if own.is_file() else FOLDER / FALLBACK / name
