"""What was said, as everybody in the organisation may read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from replenish.leadership.models import (
    LONGEST_WHY,
    LONGEST_WORDS,
    MOST_COMMITMENTS,
    Commitment,
    Outcome,
    Response,
)

__all__ = [
    "LONGEST_WHY",
    "LONGEST_WORDS",
    "MOST_COMMITMENTS",
    "Logged",
    "Made",
    "Outcome",
    "Promise",
    "Said",
    "responses_of",
    "scopes_answered",
]


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
class Logged:
    """What somebody who leads said became of a commitment.

    Attributes:
        outcome: kept, partly or not kept.
        why: one line.
        signed: the name of who wrote it.
        part: steward or deputy.
        said_on: the day.
    """

    outcome: Outcome
    why: str
    signed: str
    part: str
    said_on: date


@dataclass(frozen=True)
class Made:
    """A commitment as it was published, with what was said about it since.

    Attributes:
        commitment: its id.
        promise: what was promised.
        log: in the order of saying.
    """

    commitment: str
    promise: Promise
    log: tuple[Logged, ...] = ()


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
        made: one to five commitments.
    """

    response: str
    round: str
    place: int
    unit: str | None
    signed: str
    part: str
    said_on: date
    made: tuple[Made, ...]


def responses_of(organisation: str, rounds: Iterable[str] | None = None) -> tuple[Said, ...]:
    """Everything that leaders of an organisation said, in the order of saying within each round.

    Args:
        organisation: its id; nothing of another one is ever in the answer.
        rounds: ids of rounds, where only these are asked for.
    """
    found = Response.objects.filter(organisation=organisation)
    if rounds is not None:
        found = found.filter(round__in=list(rounds))
    made = _made_in(found)
    return tuple(
        Said(
            row.id,
            row.round,
            row.place,
            row.unit or None,
            row.signed,
            row.part,
            row.said_on,
            tuple(made.get(row.id, ())),
        )
        for row in found.order_by("round", "place")
    )


def _made_in(responses: QuerySet[Response]) -> dict[str, list[Made]]:
    """By id of a response, its commitments in their order, each with its log: all in one question."""
    named = ("response_id", "id", "words", "condition", "until")
    of_log = ("log__outcome", "log__why", "log__signed", "log__part", "log__said_on")
    rows = Commitment.objects.filter(response__in=responses).order_by("response_id", "place", "log__place")
    made: dict[str, list[Made]] = {}
    for response, commitment, words, condition, until, *said in rows.values_list(*named, *of_log):
        told = made.setdefault(response, [])
        if not told or told[-1].commitment != commitment:
            told.append(Made(commitment, Promise(words, condition, until)))
        outcome, *rest = said
        if outcome is not None:
            told[-1] = replace(told[-1], log=(*told[-1].log, Logged(Outcome(outcome), *rest)))
    return made


def scopes_answered(organisation: str) -> tuple[tuple[str, str | None, date], ...]:
    """By round, for which unit a response was written and when: all that the gate asks."""
    rows = Response.objects.filter(organisation=organisation).order_by("round", "place")
    return tuple(
        (known, unit or None, said_on)
        for known, unit, said_on in rows.values_list("round", "unit", "said_on")
    )
