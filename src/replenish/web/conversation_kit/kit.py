"""The guide and the cards, one file of each for every language, checked when they are read."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from django.utils.translation import get_language, ngettext
from pydantic import Field, model_validator

from replenish.basis.faults import ConversationFault
from replenish.conditions.shared_list import CONDITIONS
from replenish.web.public.sources import Source, Words, Written
from replenish.web.shared.checked_files import read_checked
from replenish.web.shared.texts import FALLBACK

FOLDER = Path(__file__).parent
ON_A_SHEET = 8
LONGEST_ON_A_CARD = 100
SHORTEST, LONGEST = 45, 60
"""Minutes: long enough for a list, and short enough for a working day."""

OnACard = Annotated[str, Field(min_length=1, max_length=LONGEST_ON_A_CARD)]
Items = Annotated[tuple[Words, ...], Field(min_length=1)]


class Card(Written):
    """One card: a question about the place on its front, one small change to think of on its back."""

    question: OnACard
    small: OnACard


class CardsOfCondition(Written):
    """The cards about one condition."""

    name: Words
    title: Words
    cards: Annotated[tuple[Card, ...], Field(min_length=3)]


class Labels(Written):
    """What is printed on every card."""

    small: Words
    what: Words
    who: Words
    when: Words
    own: Words


class Cards(Written):
    """One set of cards."""

    title: Words
    summary: Words
    labels: Labels
    conditions: tuple[CardsOfCondition, ...]

    @model_validator(mode="after")
    def _every_condition_in_whole_sheets(self) -> Cards:
        names = tuple(one.name for one in self.conditions)
        if names != CONDITIONS:
            raise ValueError(f"the conditions are {', '.join(CONDITIONS)}, in this order")
        if sum(len(one.cards) for one in self.conditions) % ON_A_SHEET:
            raise ValueError(f"the cards fill whole sheets of {ON_A_SHEET}")
        return self


class Part(Written):
    """A part of the guide: its heading, and short sentences."""

    title: Words
    items: Items


class Step(Written):
    """One step of the conversation, with its time."""

    title: Words
    minutes: Annotated[int, Field(ge=1, le=LONGEST)]
    text: Words


class Steps(Written):
    """All steps, in their order."""

    title: Words
    items: Annotated[tuple[Step, ...], Field(min_length=1)]

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return sum(step.minutes for step in self.items)


class Guide(Written):
    """How such a conversation is prepared, led, stopped, and what comes of it."""

    title: Words
    summary: Words
    aims: Items
    before: Part
    opening: Part
    rules: Part
    steps: Steps
    stop: Part
    after: Part
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _fits_a_working_day(self) -> Guide:
        if not SHORTEST <= self.steps.minutes <= LONGEST:
            raise ValueError(f"the steps take {SHORTEST} to {LONGEST} minutes together")
        return self

    @property
    def around(self) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        """The parts before the steps, and those after them."""
        return (self.before, self.opening, self.rules), (self.stop, self.after)


def read_cards(path: Path) -> Cards:
    """The cards in a file.

    Raises:
        Refused: it cannot be read, or a card is missing, too long or in the wrong place.
    """
    return read_checked(path, Cards, ConversationFault.KIT_FILE)


def read_guide(path: Path) -> Guide:
    """The guide in a file.

    Raises:
        Refused: it cannot be read, a part is missing, or it takes too long.
    """
    return read_checked(path, Guide, ConversationFault.KIT_FILE)


def cards() -> Cards:
    """The cards in the reader's language, in English where it has none."""
    return _cards_of(_in_language("cards.yaml"))


def guide() -> Guide:
    """The guide in the reader's language, in English where it has none."""
    return _guide_of(_in_language("guide.yaml"))


@cache
def _cards_of(path: Path) -> Cards:
    return read_cards(path)


@cache
def _guide_of(path: Path) -> Guide:
    return read_guide(path)


def minutes_of(step: Step) -> str:
    """The time of a step in words."""
    return ngettext("%(minutes)d minute", "%(minutes)d minutes", step.minutes) % {"minutes": step.minutes}


def _in_language(name: str) -> Path:
    own = FOLDER / (get_language() or FALLBACK).split("-")[0] / name
    return own if own.is_file() else FOLDER / FALLBACK / name
