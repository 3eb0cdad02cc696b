"""What became of a commitment: when it may be said, by whom, and saying it.

It may be said from the day until which it was promised, or from the close of the next round, whichever comes
first. Nobody is asked how many were kept: the one promise stands beside its own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import LeadershipFault
from replenish.conditions.answerable import closed_rounds
from replenish.conditions.response import Answer, RoundAnswers, answers_for, may_answer_for, units_above
from replenish.leadership.actions import log_commitment
from replenish.leadership.queries import Made
from replenish.leadership.rules import leads
from replenish.people.askers import Asker


@dataclass(frozen=True)
class Promised:
    """A commitment of which somebody may say what became of it.

    Attributes:
        made: its words, and what was said about it so far.
        answer: the answer it was made in.
        round: the id of the round it was about.
        number: of that round.
        closed_on: the day of the close of that round.
        from_day: the first day on which it may be said; None where that waits for a round that is not closed.
    """

    made: Made
    answer: Answer
    round: str
    number: int
    closed_on: date
    from_day: date | None

    def is_open(self, on: date) -> bool:
        """Whether its day has come."""
        return self.from_day is not None and self.from_day <= on


def promised_by(asker: Asker) -> tuple[Promised, ...]:
    """Every commitment for a part that somebody may answer for, the newest round first."""
    if asker.account is None or not leads(asker):
        return ()
    closes = tuple(one.closed_on for one in closed_rounds(asker.organisation, clock.today()))
    found: list[Promised] = []
    for one in answers_for(asker.organisation):
        if one.answers:
            units = {scope.unit for scope in may_answer_for(asker, one.round)}
            mine = (answer for answer in one.answers if answer.scope.unit in units)
            found += (_promised(made, answer, one, closes) for answer in mine for made in answer.made)
    return tuple(found)


def _promised(made: Made, answer: Answer, one: RoundAnswers, closes: Sequence[date]) -> Promised:
    from_day = _from(made, one, answer, closes)
    return Promised(made, answer, one.round, one.number, one.closed_on, from_day)


def _from(made: Made, one: RoundAnswers, answer: Answer, closes: Sequence[date]) -> date | None:
    """The earlier of its own day and the close of the next round, and never before it was promised."""
    later = [day for day in closes if day > max(one.closed_on, answer.said_on)]
    days = [*later[:1], *([made.promise.until] if made.promise.until is not None else [])]
    return min(days, default=None)


def say_what_became(*, asker: Asker, commitment: str, outcome: str, why: str) -> str:
    """Say in public, once and for good, what became of a commitment; the commitment itself never changes.

    Args:
        asker: a steward or deputy of the part it was made for, or of one above it.
        commitment: its id.
        outcome: kept, partly or not kept.
        why: one line.

    Raises:
        Refused: there is no such commitment of the asker's, its day has not come, or the words cannot be
            kept as they are.
    """
    one = promise_of(asker, commitment)
    if not one.is_open(clock.today()):
        refuse(LeadershipFault.NOT_YET)
    unit = one.answer.scope.unit
    return log_commitment(
        asker=asker,
        commitment=commitment,
        above=units_above(asker, one.round, unit),
        outcome=outcome,
        why=why,
    )


def promise_of(asker: Asker, commitment: str) -> Promised:
    """One commitment for a part that the asker may answer for.

    Raises:
        Refused: there is none.
    """
    found = next((one for one in promised_by(asker) if one.made.commitment == commitment), None)
    if found is None:
        refuse(LeadershipFault.COMMITMENT)
    return found
