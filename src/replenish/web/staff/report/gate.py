"""What somebody with a part may read today: one function, so that no page has a rule of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from replenish.conditions.queries import Published, releases_for_members
from replenish.people.askers import Asker


@dataclass(frozen=True)
class Waits:
    """A round whose release the reader does not see before an answer for their part is published.

    Attributes:
        round: its number.
        closed_on: the day of its close.
    """

    round: int
    closed_on: date


@dataclass(frozen=True)
class MayRead:
    """What somebody reads on a day.

    Attributes:
        published: releases, oldest first.
        waiting: the rounds that wait for their answer.
    """

    published: tuple[Published, ...]
    waiting: tuple[Waits, ...]


def may_read(asker: Asker, on: date) -> MayRead:
    """What the asker reads on a day; no more than members read, and for leaders what they have answered.

    Raises:
        Refused: a release was changed after it was signed, or one is missing.
    """
    return MayRead(releases_for_members(asker.organisation, on), ())
