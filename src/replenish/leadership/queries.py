"""What was said, as everybody in the organisation may read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from replenish.leadership.models import LONGEST_WORDS, MOST_COMMITMENTS, Commitment, Response

__all__ = ["LONGEST_WORDS", "MOST_COMMITMENTS", "Promise", "Said", "responses_of", "scopes_answered"]


@dataclass(frozen=True)
class Promise:
    """One commitment.

    Attributes:
        words: as they were written.
        condition: the condition it is about, by its name in releases; empty where it is about none.
        until: until when it is to be done; None where no day was named.
    """

    words: str
    condition: str = ""
    until: date | None = None


@dataclass(frozen=True)
class Said:
    """One response.

    Attributes:
        response: its id.
        round: the id of the round it is about.
        place: which response to this round it is, from 1.
        unit: for which unit and all below it; None for the whole organisation.
        signed: the name of who wrote it, and the part they wrote it in.
        part: steward or deputy.
        said_on: the day.
        promises: one to five.
    """

    response: str
    round: str
    place: int
    unit: str | None
    signed: str
    part: str
    said_on: date
    promises: tuple[Promise, ...]


def responses_of(organisation: str, rounds: Iterable[str] | None = None) -> tuple[Said, ...]:
    """Everything that leaders of an organisation said, in the order of saying within each round.

    Args:
        organisation: its id; nothing of another one is ever in the answer.
        rounds: ids of rounds, where only these are asked for.
    """
    found = Response.objects.filter(organisation=organisation)
    if rounds is not None:
        found = found.filter(round__in=list(rounds))
    promised: dict[str, list[Promise]] = {}
    for row in Commitment.objects.filter(response__in=found).order_by("place"):
        promised.setdefault(row.response_id, []).append(Promise(row.words, row.condition, row.until))
    return tuple(
        Said(
            row.id,
            row.round,
            row.place,
            row.unit or None,
            row.signed,
            row.part,
            row.said_on,
            tuple(promised.get(row.id, ())),
        )
        for row in found.order_by("round", "place")
    )


def scopes_answered(organisation: str) -> tuple[tuple[str, str | None, date], ...]:
    """By round, for which unit a response was written and when: all that the gate asks."""
    rows = Response.objects.filter(organisation=organisation).order_by("round", "place")
    return tuple(
        (known, unit or None, said_on)
        for known, unit, said_on in rows.values_list("round", "unit", "said_on")
    )
