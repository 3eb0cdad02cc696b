"""The guides of debriefs in the reader's language, joined with their steps and minutes; checked when read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from django.utils.translation import get_language, gettext
from pydantic import Field

from replenish.basis.errors import refuse
from replenish.basis.faults.debriefing import DebriefingFault
from replenish.debrief.conversations.facts import KINDS, GuideFacts, Source, facts
from replenish.web.public.sources import MEANINGS, Words, Written
from replenish.web.shared.checked_files import read_checked
from replenish.web.shared.texts import FALLBACK

FOLDER = Path(__file__).parent / "texts"
FRAME = "frame"
Items = Annotated[tuple[Words, ...], Field(min_length=1)]


class Part(Written):
    """A heading with short sentences."""

    title: Words
    items: Items


class Role(Written):
    """Who does what."""

    name: Words
    does: Words


class Roles(Written):
    """The roles there are."""

    title: Words
    items: Annotated[tuple[Role, ...], Field(min_length=1)]


class Bar(Written):
    """What is not done here: when it begins, and what to say then."""

    when: Words
    say: Words


class Bars(Written):
    """All of them; a debrief is led without going through it again, and without rating feelings."""

    title: Words
    lead: Words
    items: Annotated[tuple[Bar, ...], Field(min_length=3)]


class StopRule(Written):
    """When to stop at once, and the words for it."""

    title: Words
    items: Items
    say: Words


class Frame(Written):
    """What holds for every debrief."""

    roles: Roles
    before: Part
    bars: Bars
    stop: StopRule
    written: Part
    afterwards: Part


class StepWords(Written):
    """One step in words."""

    code: Words
    title: Words
    does: Words
    ask: Words


class GuideWords(Written):
    """One guide in words."""

    title: Words
    summary: Words
    free: Part
    opening: Part
    steps: Annotated[tuple[StepWords, ...], Field(min_length=1)]


@dataclass(frozen=True)
class TimedStep:
    """A step with its time.

    Attributes:
        words: what is done.
        minutes: how long.
        since: after how many minutes it begins.
    """

    words: StepWords
    minutes: int
    since: int

    @property
    def until(self) -> int:
        """After how many minutes it ends."""
        return self.since + self.minutes


@dataclass(frozen=True)
class SourceTold:
    """A source, with what its mark says."""

    known: Source

    @property
    def title(self) -> str:
        """What it is."""
        return gettext(self.known.title)

    @property
    def says(self) -> str:
        """What it says."""
        return gettext(self.known.says)

    @property
    def meaning(self) -> str:
        """What the mark says."""
        return str(MEANINGS[self.known.mark])


@dataclass(frozen=True)
class Guide:
    """A guide, ready for its page."""

    facts: GuideFacts
    words: GuideWords
    frame: Frame
    steps: tuple[TimedStep, ...]
    sources: tuple[SourceTold, ...]

    @property
    def code(self) -> str:
        """Its name in addresses."""
        return self.facts.code


def guide(kind: str) -> Guide:
    """A guide in the reader's language, in English where it has none.

    Raises:
        Refused: there is no such guide, or its words do not fit its steps.
    """
    known = facts().guide(kind)
    words = _guide_of(_in_language(kind))
    by_code = {step.code: step for step in words.steps}
    if [step.code for step in known.steps] != [step.code for step in words.steps]:
        refuse(DebriefingFault.TEXTS_FILE, file=kind, reason="its steps are not those of the file of limits")
    steps, since = [], 0
    for step in known.steps:
        steps.append(TimedStep(by_code[step.code], step.minutes, since))
        since += step.minutes
    sources = tuple(SourceTold(one) for one in facts().sources_of(kind))
    return Guide(known, words, frame(), tuple(steps), sources)


def guides() -> Mapping[str, Guide]:
    """All guides by code."""
    return {kind: guide(kind) for kind in KINDS}


def frame() -> Frame:
    """What holds for every debrief, in the reader's language."""
    return _frame_of(_in_language(FRAME))


def title_of(kind: str) -> str:
    """What a kind of debrief is called."""
    return _guide_of(_in_language(kind)).title


def read_guide(path: Path) -> GuideWords:
    """The words of a guide in a file.

    Raises:
        Refused: it cannot be read, or a part is missing.
    """
    return read_checked(path, GuideWords, DebriefingFault.TEXTS_FILE)


@cache
def _guide_of(path: Path) -> GuideWords:
    return read_guide(path)


@cache
def _frame_of(path: Path) -> Frame:
    return read_checked(path, Frame, DebriefingFault.TEXTS_FILE)


def _in_language(name: str) -> Path:
    own = FOLDER / (get_language() or FALLBACK).split("-")[0] / f"{name}.yaml"
    return own if own.is_file() else FOLDER / FALLBACK / f"{name}.yaml"
