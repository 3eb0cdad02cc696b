"""A practice: what it is for, its steps, when to stop, what is known about it, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from pydantic import ConfigDict, Field

from replenish.web.public.sources import Source, Words, Written, parts
from replenish.web.shared.texts import Text, text, texts

FOLDER = Path(__file__).parent
LONGEST = 10

Moment = Literal["before", "after", "end-of-shift", "home"]
MOMENTS: Mapping[Moment, Promise] = {
    "before": _("Before a difficult encounter"),
    "after": _("After a difficult encounter"),
    "end-of-shift": _("At the end of a shift"),
    "home": _("Coming home"),
}
"""When a practice is for, in the order of a day."""


class _Head(Written):
    title: Words
    summary: Words
    order: int
    minutes: Annotated[int, Field(ge=1, le=LONGEST)]
    moments: Annotated[tuple[Moment, ...], Field(min_length=1)]
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]


class Practice(_Head):
    """One practice, ready for its page.

    Attributes:
        when: when it may help.
        steps: what to do.
        stop: what to do where it does not feel right.
        known: what the evidence says, and what it does not say.
        onwards: the next step, which begins with a link.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    name: str
    when: SafeString
    steps: SafeString
    stop: SafeString
    known: SafeString
    onwards: SafeString


def practice_in(written: Text) -> Practice:
    """A practice from its text; pydantic's error where the head or one of the five parts is missing."""
    when, steps, stop, known, onwards = parts(written)
    return Practice.model_validate(
        {
            **written.facts,
            "name": written.name,
            "when": when,
            "steps": steps,
            "stop": stop,
            "known": known,
            "onwards": onwards,
        }
    )


def find_practice(name: str) -> Practice | None:
    """The practice of that name in the reader's language."""
    written = text(FOLDER, name)
    return practice_in(written) if written else None


def practices() -> tuple[Practice, ...]:
    """All of them, in the order in which they are offered."""
    return tuple(practice_in(written) for written in texts(FOLDER))
