"""Recognised cycles of reflection for two people or more: named with their source, in our own words."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from pydantic import ConfigDict, Field, ValidationError

from replenish.basis.errors import refuse
from replenish.basis.faults import WebFault
from replenish.web.public.sources import MEANINGS, Mark, Words, Written
from replenish.web.shared.checked_files import read_checked
from replenish.web.shared.texts import FALLBACK, Text, text, texts

FOLDER = Path(__file__).parent
CYCLES, FRAME = FOLDER / "cycles", FOLDER / "frame"

Several = Annotated[tuple[Words, ...], Field(min_length=1)]


class Step(Written):
    """One step: its heading, what it asks, and how much of the time it takes beside the others."""

    heading: Words
    parts: Annotated[int, Field(ge=1, le=10)]
    ask: Several


class _Head(Written):
    title: Words
    order: int
    model: Words
    source: Words
    mark: Mark
    checked_on: date
    sessions: Annotated[tuple[Literal["pair", "group", "peers"], ...], Field(min_length=1)]
    when: Words
    steps: Annotated[tuple[Step, ...], Field(min_length=2)]


class Cycle(_Head):
    """A cycle, ready for its page.

    Attributes:
        name: of its file, the same in every language.
        model: what it is called in the literature.
        sessions: for whom it fits: two people, a group, or peers with nobody who leads.
        about: a few sentences.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    name: str
    about: SafeString

    @property
    def meaning(self) -> str:
        """What its mark says."""
        return str(MEANINGS[self.mark])


class FramePart(Written):
    """What stands before or after every cycle."""

    heading: Words
    ask: Several


class Parts(Written):
    """What stands around a cycle, and what to think about before a meeting."""

    preparing: FramePart
    arriving: FramePart
    work: FramePart
    closing: FramePart


class Frame(Written):
    """The file of them."""

    parts: Parts


def cycles() -> tuple[Cycle, ...]:
    """All cycles in the reader's language, in their order."""
    return tuple(read_cycle(found) for found in texts(CYCLES))


def cycle(name: str) -> Cycle | None:
    """A cycle by its name; None where there is none."""
    found = text(CYCLES, name)
    return None if found is None else read_cycle(found)


def read_cycle(found: Text) -> Cycle:
    """A cycle from its text.

    Raises:
        Refused: its head is incomplete.
    """
    try:
        head = _Head.model_validate(found.facts)
    except ValidationError:
        refuse(WebFault.CYCLE_STEPS, file=found.name)
    return Cycle(
        **{name: getattr(head, name) for name in _Head.model_fields}, name=found.name, about=found.html
    )


def frame() -> Parts:
    """What stands around every cycle, in the reader's language.

    Raises:
        Refused: the file cannot be used.
    """
    own = FRAME / (get_language() or FALLBACK).split("-")[0] / "frame.yaml"
    return read_frame(own if own.is_file() else FRAME / FALLBACK / "frame.yaml")


@cache
def read_frame(path: Path) -> Parts:
    """The parts in a file.

    Raises:
        Refused: it cannot be used.
    """
    return read_checked(path, Frame, WebFault.TEXT_HEAD).parts
