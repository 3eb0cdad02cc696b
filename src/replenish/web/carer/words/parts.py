"""The parts of sentences, one file for each language, checked when they are read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal, get_args

from django.utils.translation import get_language
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from replenish.basis.faults import WordsFault
from replenish.web.carer.words.grammar import Joining
from replenish.web.shared.checked_files import read_checked
from replenish.web.shared.texts import FALLBACK

FOLDER = Path(__file__).with_name("phrases")

Receiver = Literal["colleague", "supervisor", "manager"]
Length = Literal["line", "message", "note"]
RECEIVERS: tuple[Receiver, ...] = get_args(Receiver)
LENGTHS: tuple[Length, ...] = get_args(Length)


def _one_line(text: str) -> str:
    if text != " ".join(text.split()):
        raise ValueError("a part stands on one line, without double spaces")
    return text


def _without_places(text: str) -> str:
    if places_of(text):
        raise ValueError("this part has no place to fill")
    return text


def places_of(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def require_places(text: str, *places: str) -> None:
    """A pattern has these places and no others."""
    if places_of(text) != set(places):
        raise ValueError(f"“{text}” has the places {', '.join(places)} and no others")


def _clause(text: str) -> str:
    if text.endswith((".", "?", ",")):
        raise ValueError("a clause ends without a stop")
    return text


def _statement(text: str) -> str:
    if not text.endswith("."):
        raise ValueError("a sentence ends with a full stop")
    return text


def _question(text: str) -> str:
    if not text.endswith("?"):
        raise ValueError("a request is one question")
    return text


Words = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_one_line)]
Plain = Annotated[Words, AfterValidator(_without_places)]
Clause = Annotated[Plain, AfterValidator(_clause)]
Statement = Annotated[Plain, AfterValidator(_statement)]
Question = Annotated[Plain, AfterValidator(_question)]
Pattern = Annotated[Words, AfterValidator(_statement)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Since(_Part):
    """For how long: what begins a sentence, and a sentence that stands alone."""

    label: Plain
    opening: Clause
    alone: Statement


class Fragment(_Part):
    """A sign or a condition: what is ticked, and the clause of it in short and in full."""

    label: Plain
    short: Clause
    full: Clause


class Request(_Part):
    """What would help: what is ticked, the conditions it answers, and one question to each receiver."""

    label: Plain
    goes_with: tuple[str, ...] = Field(min_length=1)
    colleague: Question
    supervisor: Question
    manager: Question

    def to(self, receiver: Receiver) -> str:
        """The question as this receiver is asked it."""
        return {"colleague": self.colleague, "supervisor": self.supervisor, "manager": self.manager}[receiver]


class Openings(_Part):
    """How a message begins, and a note."""

    message: Statement
    note: Statement


class Closings(_Part):
    """How a text ends that asked for something, and one that did not."""

    asked: Statement
    not_asked: Statement


class Tone(_Part):
    """How one speaks to a receiver."""

    label: Plain
    in_confidence: Statement
    openings: Openings
    bare: Statement
    conditions: tuple[Pattern, ...] = Field(min_length=2)
    signs_after: tuple[Pattern, ...] = Field(min_length=2)
    signs_first: tuple[Pattern, ...] = Field(min_length=2)
    closings: Closings

    @model_validator(mode="after")
    def _places(self) -> Tone:
        for first, *others in (self.conditions, self.signs_first):
            require_places(first, "since", "list")
            for other in others:
                require_places(other, "list")
        for pattern in self.signs_after:
            require_places(pattern, "list")
        return self


class Joints(_Part):
    """How clauses are joined in a sentence: conditions with each other, and signs with each other."""

    conditions: Joining
    signs: Joining


class Labelled(_Part):
    """Something that can be chosen."""

    label: Plain


class Parts(_Part):
    """All parts of one language."""

    joining: Joints
    lowered: frozenset[str] = frozenset()
    lately: Clause
    since: Mapping[str, Since]
    signs: Mapping[str, Fragment]
    own_sign: Words
    conditions: Mapping[str, Fragment]
    own_condition: Words
    requests: Mapping[str, Request]
    own_request: Words
    receivers: Mapping[Receiver, Tone]
    lengths: Mapping[Length, Labelled]

    @model_validator(mode="after")
    def _complete(self) -> Parts:
        for pattern in (self.own_sign, self.own_condition, self.own_request):
            require_places(pattern, "own")
        for receiver in RECEIVERS:
            if receiver not in self.receivers:
                raise ValueError(f"the tone for {receiver} is missing")
        for length in LENGTHS:
            if length not in self.lengths:
                raise ValueError(f"the name of {length} is missing")
        for code, request in self.requests.items():
            for condition in request.goes_with:
                if condition not in self.conditions:
                    raise ValueError(f"{code} goes with {condition}, which is no condition")
        return self


def read_parts(path: Path) -> Parts:
    """The parts in a file.

    Raises:
        Refused: the file cannot be read, or an entry is incomplete.
    """
    return read_checked(path, Parts, WordsFault.PARTS)


def language_folder(folder: Path, name: str) -> Path:
    """The file of that name in the reader's language, in English where there is none."""
    own = folder / (get_language() or FALLBACK).split("-")[0] / name
    return own if own.is_file() else folder / FALLBACK / name


def parts() -> Parts:
    """The parts in the reader's language, in English where it has none."""
    return _read_once(language_folder(FOLDER, "words.yaml"))


@cache
def _read_once(path: Path) -> Parts:
    return read_parts(path)
