"""Recognised cycles of reflection, each named with its source and asked in our own words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.utils.safestring import SafeString

from replenish.basis.errors import refuse
from replenish.basis.faults import WebFault
from replenish.voices.box_content import LONGEST_TEXT
from replenish.web.shared.texts import Text, text, texts

FOLDER = Path(__file__).parent / "cycles"
_GRAIN = 100
# Between two parts stands an empty line, between a heading and its answer the end of one.
_AROUND_ANSWER = 3


@dataclass(frozen=True)
class Step:
    """One step: its heading, and what it asks."""

    heading: str
    ask: tuple[str, ...]


@dataclass(frozen=True)
class Cycle:
    """A cycle of reflection.

    Attributes:
        name: of its file, the same in every language.
        title: what it is called here.
        model: what it is called in the literature.
        source: where it comes from.
        minutes: about how long it takes.
        when: for which moment it is good.
        steps: in their order.
        about: a few sentences.
    """

    name: str
    title: str
    model: str
    source: str
    minutes: int
    when: str
    steps: tuple[Step, ...]
    about: SafeString

    @property
    def longest_answer(self) -> int:
        """So many characters fit into each answer, so that all of them together fit into one note."""
        headings = sum(len(step.heading) + _AROUND_ANSWER for step in self.steps)
        return (LONGEST_TEXT - headings) // len(self.steps) // _GRAIN * _GRAIN


def cycles() -> tuple[Cycle, ...]:
    """All cycles in the reader's language, the shortest first."""
    return tuple(read_cycle(found) for found in texts(FOLDER))


def cycle(name: str) -> Cycle | None:
    """A cycle by its name; None where there is none."""
    found = text(FOLDER, name)
    return None if found is None else read_cycle(found)


def read_cycle(found: Text) -> Cycle:
    """A cycle from its text.

    Raises:
        Refused: the facts at its head are no steps, or no source is named.
    """
    try:
        facts = dict(found.facts)
        steps = tuple(Step(str(step["heading"]), tuple(map(str, step["ask"]))) for step in facts["steps"])  # type: ignore[attr-defined]
        named = {key: str(facts[key]) for key in ("model", "source", "when")}
        minutes = int(str(facts["minutes"]))
    except (KeyError, TypeError, ValueError):
        steps, named, minutes = (), {}, 0
    if not steps or not all(step.ask for step in steps):
        refuse(WebFault.CYCLE_STEPS, file=found.name)
    return Cycle(found.name, found.title, steps=steps, about=found.html, minutes=minutes, **named)
