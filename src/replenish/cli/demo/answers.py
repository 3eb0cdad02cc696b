"""What the invented people would say, and what they were provided with: from the simulator of known truth."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from replenish.cli.demo.invented import Invented, Service
from replenish.simulate import ActionPlan, Organisation, World, simulate_organisation

Answers = Mapping[str, float]

WEEKS_IN_ROUND = 4
PEOPLE_DRAWN = 34
"""For each team the simulator draws so many; the team has the first of them."""

CHANGE = ActionPlan(
    "ten minutes after a hard encounter", "process", 1.2, 3.0, share=1.0, first_round=4, starts=1
)
RESPONSE_A_WEEK = 0.72


@dataclass(frozen=True)
class Voice:
    """One invented carer.

    Attributes:
        service, team: where they work.
        weekly: by week from 0, the answers of the weekly check-in; weeks without one are absent.
        longer: by round from 0, the answers of the longer set.
    """

    service: str
    team: str
    weekly: Mapping[int, Answers]
    longer: Mapping[int, Answers]


@dataclass(frozen=True)
class Provided:
    """A count of what a team was provided with in a round (from 0), under the simulator's name for it."""

    service: str
    team: str
    round: int
    name: str
    count: int
    of: int


@dataclass(frozen=True)
class Drawn:
    """Everything that is drawn for one organisation, the people in the order of the teams."""

    voices: tuple[Voice, ...]
    provided: tuple[Provided, ...]


def draw(invented: Invented, *, rounds: int, seed: int) -> Drawn:
    """What everybody who works there would say in so many rounds, and what was provided.

    A service that improves has from the fourth round on a truly better condition; all else is what people
    and teams do anyway.
    """
    voices: list[Voice] = []
    provided: list[Provided] = []
    for place, service in enumerate(invented.services):
        world = World(
            leavers_a_year=0.0,
            movers_a_year=0.0,
            response_a_week=RESPONSE_A_WEEK,
            plans=(CHANGE,) if service.improves else (),
        )
        drawn = simulate_organisation(
            teams=len(service.teams),
            people=PEOPLE_DRAWN * len(service.teams),
            rounds=rounds,
            seed=seed + place,
            world=world,
        )
        voices += _of_service(service, drawn)
        provided += _provided(service, drawn)
    return Drawn(tuple(voices), tuple(provided))


def _of_service(service: Service, drawn: Organisation) -> list[Voice]:
    return [
        Voice(service.name, team.name, _weekly(drawn, person), _longer(drawn, person))
        for place, team in enumerate(service.teams)
        for person in np.flatnonzero(drawn.truth.team[0] == place)[: team.people].tolist()
    ]


def _provided(service: Service, drawn: Organisation) -> list[Provided]:
    """The counts of the drawn teams, brought down to the size of ours."""
    teams = {unit.path: (unit, team) for unit, team in zip(drawn.units, service.teams, strict=True)}
    found = []
    for fact in drawn.facts:
        unit, team = teams[fact.unit]
        share = team.people / unit.establishment
        count, of = (math.floor(number * share + 0.5) for number in (fact.count, fact.of))
        found.append(Provided(service.name, team.name, fact.round - 1, fact.name, count, of))
    return found


def _weekly(drawn: Organisation, person: int) -> dict[int, Answers]:
    said = drawn.check_ins
    rows = np.flatnonzero(said.person == person).tolist()
    return {int(said.week[row]): _given(said.answers, row) for row in rows}


def _longer(drawn: Organisation, person: int) -> dict[int, Answers]:
    weekly = set(drawn.check_ins.answers)
    found: dict[int, Answers] = {}
    for held in drawn.rounds:
        for row in np.flatnonzero(held.person == person).tolist():
            asked = {code: column for code, column in held.answers.items() if code not in weekly}
            if given := _given(asked, row):
                found[held.number - 1] = given
    return found


def _given(columns: Mapping[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]]], row: int) -> Answers:
    # Adding nothing turns the minus zero of a rounded answer into the zero that a form sends.
    return {code: float(column[row]) + 0.0 for code, column in columns.items() if not np.isnan(column[row])}
