"""The seam to the facts of provision: what an organisation provides, before anything about people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from replenish.disclosure.partition import UnitPath


@dataclass(frozen=True)
class Fact:
    """One fact of provision, as a page prints it: about what was provided, never about how anybody feels.

    Attributes:
        name: what is counted.
        now: the newest figure, with what it is counted out of.
        before: the figure before it; empty where there is none.
        until: the last day it speaks about.
        source: who entered it, or which record it comes from.
    """

    name: str
    now: str
    before: str
    until: date
    source: str


def facts_about(organisation: str, units: Sequence[UnitPath], until: date) -> tuple[Fact, ...]:  # noqa: ARG001 - what the room of facts will be asked
    """The facts entered for these units, or for the whole organisation, up to a day; none so far.

    Args:
        organisation: its id.
        units: paths; none for the whole organisation.
        until: the last day that counts.
    """
    return ()
