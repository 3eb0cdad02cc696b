"""How much of a count of visitors may be kept: nothing that would tell who came, or who stayed away."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Came(Enum):
    """How many came."""

    UNSAID = ""
    """The part is too small, or its headcount is not declared: only that the session was held."""
    FEW = "few"
    """Fewer than the floor."""
    MOST = "most"
    """All who work there, or fewer than the floor of them stayed away."""
    SOME = "some"
    """A number, with at least the floor on both sides of it."""


@dataclass(frozen=True)
class Attendance:
    """What is kept of a count; a number only where `came` is `Came.SOME`."""

    came: Came
    number: int | None = None


def kept_of(came: int, people: int | None, floor: int) -> Attendance:
    """What of a count may be kept.

    Who came to a course about the weight of the work, and who did not, is a matter of nobody but themselves.
    In a small part a number would say it: "all of them", "all but one". So a number is kept only where at
    least the floor came and at least the floor did not, and a part below twice the floor has none.

    Args:
        came: how many heads were counted.
        people: how many were declared to work in the part; None where a declaration is missing.
        floor: the least number of people behind a figure.
    """
    if people is None or people < 2 * floor:
        return Attendance(Came.UNSAID)
    if came < floor:
        return Attendance(Came.FEW)
    if people - came < floor:
        return Attendance(Came.MOST)
    return Attendance(Came.SOME, came)
