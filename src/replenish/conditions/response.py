"""The response gate: who reads a release when, what leaders answered, and how an answer is published.

Members of staff and those who speak or work for them read a release two days after the close, whatever
leaders do. A leader reads it from the same day on, once somebody has answered for each part they lead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import LeadershipFault, PeopleFault
from replenish.conditions.answerable import ANSWER_WITHIN, ClosedRound, closed_rounds, given_in
from replenish.conditions.asked import asked_by
from replenish.conditions.covering import Given, UnitsThroughTime, covers
from replenish.conditions.models import Round, State
from replenish.conditions.queries import Published, releases_for_members
from replenish.conditions.unanswered import begin_again, hold_openings, is_paused, paused_groups
from replenish.disclosure.partition import UnitPath
from replenish.leadership.actions import publish_response
from replenish.leadership.queries import Made, Promise, Said, responses_of
from replenish.leadership.rules import leads, plays
from replenish.people.askers import Asker
from replenish.people.queries import places_of
from replenish.people.roles import LEADERS, READERS

__all__ = [
    "ANSWER_WITHIN",
    "Answer",
    "Promise",
    "Readable",
    "RoundAnswers",
    "Scope",
    "Standing",
    "Waiting",
    "answers_for",
    "conditions_named",
    "is_paused",
    "may_answer_for",
    "paused_groups",
    "readable_to",
    "respond",
    "units_above",
]


@dataclass(frozen=True)
class Scope:
    """What somebody answers for.

    Attributes:
        unit: a unit and all below it; None for the whole organisation.
        name: its names from the top down; empty for the whole organisation.
    """

    unit: str | None
    name: str


@dataclass(frozen=True)
class Waiting:
    """A round whose release a leader reads once it is answered for these parts.

    Attributes:
        round: the id of the round.
        number: counted from the organisation's first.
        closed_on: the day of its close.
        opens_on: the day from which staff read the release, whatever happens.
        scopes: the asker's own parts that have no answer yet.
    """

    round: str
    number: int
    closed_on: date
    opens_on: date
    scopes: tuple[Scope, ...]


@dataclass(frozen=True)
class Readable:
    """What an asker may read.

    Attributes:
        published: releases, oldest first.
        waiting: the rounds that wait for an answer of theirs, oldest first; none for those who do not lead.
    """

    published: tuple[Published, ...]
    waiting: tuple[Waiting, ...]


class Standing(Enum):
    """Where the answer of leaders to a round stands, for one part of the tree."""

    ANSWERED = "answered"
    PARTLY = "answered for parts of it"
    TIME_LEFT = "leaders still have time"
    NO_ANSWER = "no answer"


@dataclass(frozen=True)
class Answer:
    """What leaders said about a round.

    Attributes:
        scope: for which part.
        signed: the name of who wrote it.
        part: the part they wrote it in, steward or deputy.
        said_on: the day.
        later: whether something had been said for this round and this scope before.
        made: one to five commitments, each with what was said about it since.
    """

    scope: Scope
    signed: str
    part: str
    said_on: date
    later: bool
    made: tuple[Made, ...]

    @property
    def promises(self) -> tuple[Promise, ...]:
        """What was promised, as it was published."""
        return tuple(one.promise for one in self.made)


@dataclass(frozen=True)
class RoundAnswers:
    """What leaders said about one round to one part of the tree.

    Attributes:
        round: its id.
        number: counted from the organisation's first.
        closed_on: the day of its close.
        opens_on: the day from which its members read the release.
        until: the first day on which members read that there is no answer.
        standing: whether there is one.
        answers: in the order in which they were given.
    """

    round: str
    number: int
    closed_on: date
    opens_on: date
    until: date
    standing: Standing
    answers: tuple[Answer, ...]


def readable_to(asker: Asker, on: date | None = None) -> Readable:
    """What somebody who acts for an organisation may read on a day.

    Nobody reads before the members do. For whoever leads nothing in a round (a unit that began later), it
    waits for nothing.

    Args:
        asker: who asks; the operator reads nothing.
        on: the day, today unless given; a day that lies ahead counts as today.

    Raises:
        Refused: a release was changed after it was signed, or one is missing.
    """
    day = min(on or clock.today(), clock.today())
    parts = plays(asker, READERS)
    if not parts:
        return Readable((), ())
    published = releases_for_members(asker.organisation, day)
    led = sorted({unit for kind, unit in parts if kind in LEADERS}, key=str)
    if not led:
        return Readable(published, ())
    waiting = _waiting(asker.organisation, led, day)
    open_still = {one.number for one in waiting}
    return Readable(tuple(one for one in published if one.round not in open_still), waiting)


def _waiting(organisation: str, led: Sequence[str | None], day: date) -> tuple[Waiting, ...]:
    rounds = closed_rounds(organisation, day)
    given = given_in(organisation, rounds, day)
    units = UnitsThroughTime(places_of(organisation))
    found = []
    for one in rounds:
        scopes = tuple(
            _scope(unit, one, units)
            for unit in led
            if _is_in(unit, one, units)
            and not any(covers(answer, unit, units) for answer in given[one.round])
        )
        if scopes:
            found.append(Waiting(one.round, one.number, one.closed_on, one.opens_on, scopes))
    return tuple(found)


def _is_in(unit: str | None, one: ClosedRound, units: UnitsThroughTime) -> bool:
    """Whether anything of a scope was part of a round."""
    if unit is None or units.stands(unit, one.season_from):
        return True
    return units.any_below(unit, one.closed_on, one.season_from)


def _scope(unit: str | None, one: ClosedRound, units: UnitsThroughTime) -> Scope:
    if unit is None:
        return Scope(None, "")
    days = (clock.today(), one.closed_on, one.season_from)
    return Scope(unit, next((name for day in days if (name := units.name(unit, day))), ""))


def may_answer_for(asker: Asker, round_id: str) -> tuple[Scope, ...]:
    """The parts for which somebody may answer a round: those they lead, and all below; the widest first.

    Raises:
        Refused: there is no such round to answer in the asker's organisation.
    """
    one = _closed(asker, round_id)
    units = UnitsThroughTime(places_of(asker.organisation))
    held = [unit for _kind, unit in leads(asker)]
    named = [
        _scope(unit, one, units)
        for unit in units.known()
        if _is_in(unit, one, units) and any(top is None or top in _above(unit, one, units) for top in held)
    ]
    whole = (Scope(None, ""),) if None in held else ()
    return (*whole, *sorted(named, key=lambda scope: scope.name))


def respond(*, asker: Asker, round_id: str, unit: str | None, promises: Sequence[Promise]) -> str:
    """Publish an answer to a round, at once and for good; a group that pauses and is covered begins again.

    Args:
        asker: a steward or deputy of the unit, or of one above it.
        round_id: the round; from the day of its close on.
        unit: for which unit and all below it; None for the whole organisation.
        promises: one to five.

    Returns:
        The id of the response.

    Raises:
        Refused: there is no such round or unit, the round has not closed, the asker may not, or the
            commitments cannot be kept as they are.
    """
    one = _closed(asker, round_id)
    require_conditions(promises)
    units = UnitsThroughTime(places_of(asker.organisation))
    if unit is not None and not _is_in(unit, one, units):
        refuse(PeopleFault.UNIT_UNKNOWN, unit=unit, on=one.closed_on.isoformat())
    above = _above(unit, one, units) if unit is not None else ()
    with transaction.atomic():
        held = hold_openings(asker.organisation)
        response = publish_response(
            asker=asker, round_id=one.round, unit=unit, above=above, promises=promises
        )
        begin_again(Given(unit, (one.season_from, clock.today())), held, asker.actor)
    return response


def require_conditions(promises: Iterable[Promise]) -> None:
    """Refuse a commitment about something that is none of the conditions.

    Raises:
        Refused: there is one.
    """
    known = {"", *conditions_named()}
    if any(one.condition not in known for one in promises):
        refuse(LeadershipFault.CONDITION)


def conditions_named() -> tuple[str, ...]:
    """The conditions that rounds ask about, by their names in releases."""
    return tuple(scale.name for scale in asked_by() if scale.role == "condition")


def units_above(asker: Asker, round_id: str, unit: str | None) -> tuple[str, ...]:
    """A unit that was answered for, and all above it; none for the whole organisation.

    Raises:
        Refused: there is no such round to answer in the asker's organisation.
    """
    if unit is None:
        return ()
    return _above(unit, _closed(asker, round_id), UnitsThroughTime(places_of(asker.organisation)))


def _closed(asker: Asker, round_id: str) -> ClosedRound:
    found = next(
        (one for one in closed_rounds(asker.organisation, clock.today()) if one.round == round_id), None
    )
    if found is None:
        row = Round.objects.filter(id=round_id, season__organisation=asker.organisation)
        if row.filter(state__in=[State.PLANNED, State.OPEN]).exists():
            refuse(LeadershipFault.TOO_EARLY)
        refuse(LeadershipFault.ROUND)
    return found


def _above(unit: str, one: ClosedRound, units: UnitsThroughTime) -> tuple[str, ...]:
    """The unit and all above it as the organisation stands today; as it stood then, for one that is gone."""
    days = (clock.today(), one.closed_on, one.season_from)
    return next((line for day in days if (line := units.above(unit, day))), (unit,))


def answers_for(
    organisation: str, units: Sequence[UnitPath] = (), on: date | None = None
) -> tuple[RoundAnswers, ...]:
    """What leaders said to a part of the tree, newest round first; everybody in the organisation reads it.

    Args:
        organisation: its id.
        units: the paths of a reporting group's units, or of one part of the tree, as releases write them;
            none for the whole organisation, which is given every answer.
        on: the day, today unless given; a day that lies ahead counts as today.
    """
    day = min(on or clock.today(), clock.today())
    rounds = closed_rounds(organisation, day)
    said: dict[str, list[Said]] = {one.round: [] for one in rounds}
    for response in responses_of(organisation):
        if response.round in said and response.said_on <= day:
            said[response.round].append(response)
    tree = UnitsThroughTime(places_of(organisation))
    asked = [path for path in units if path]
    return tuple(_answers(one, said[one.round], asked, tree, day) for one in reversed(rounds))


def _answers(
    one: ClosedRound, said: Sequence[Said], asked: Sequence[UnitPath], units: UnitsThroughTime, day: date
) -> RoundAnswers:
    inside = [unit for path in asked if (unit := units.unit_at(path, one.season_from)) is not None]
    covering, within = [], []
    for response in said:
        given = Given(response.unit, (one.season_from, response.said_on))
        if _holds(given, asked, inside, units):
            covering.append(response)
        elif not asked or any(_lies_in(given, unit, units) for unit in inside):
            within.append(response)
    told = [response for response in said if response in covering or response in within]
    standing = Standing.ANSWERED if covering else Standing.PARTLY if within else None
    if standing is None:
        standing = Standing.TIME_LEFT if day < one.unanswered_from else Standing.NO_ANSWER
    answers = tuple(_answer(response, said, one, units, day) for response in told)
    return RoundAnswers(
        one.round, one.number, one.closed_on, one.opens_on, one.unanswered_from, standing, answers
    )


def _holds(given: Given, asked: Sequence[UnitPath], inside: Sequence[str], units: UnitsThroughTime) -> bool:
    if not asked:
        return given.unit is None
    return given.unit is None or any(covers(given, unit, units) for unit in inside)


def _lies_in(given: Given, unit: str, units: UnitsThroughTime) -> bool:
    """Whether an answer was given for something below a part of the tree."""
    return given.unit is not None and any(unit in units.above(given.unit, day) for day in given.days)


def _answer(
    response: Said, said: Sequence[Said], one: ClosedRound, units: UnitsThroughTime, day: date
) -> Answer:
    return Answer(
        _scope(response.unit, one, units),
        response.signed,
        response.part,
        response.said_on,
        any(other.unit == response.unit and other.place < response.place for other in said),
        tuple(
            Made(made.commitment, made.promise, tuple(told for told in made.log if told.said_on <= day))
            for made in response.made
        ),
    )
