"""What the doctor found: one thing, how much it matters, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Weight(Enum):
    """How much a finding matters."""

    DANGER = "danger"
    """Somebody could read what is not theirs, or something could be lost."""
    ADVICE = "advice"
    """It works, and it could be safer."""


@dataclass(frozen=True)
class Finding:
    """One finding.

    Attributes:
        name: a stable name, such as `keys.same_volume`.
        weight: how much it matters.
        what: what is the case, and what follows from it.
        do: what to do about it.
    """

    name: str
    weight: Weight
    what: str
    do: str


def danger(name: str, what: str, do: str) -> Finding:
    """A finding by which something could be read or lost."""
    return Finding(name, Weight.DANGER, what, do)


def advice(name: str, what: str, do: str) -> Finding:
    """A finding that could be better."""
    return Finding(name, Weight.ADVICE, what, do)
