"""What the invented people would say in each week, drawn from the simulator, whose truth is known."""

from __future__ import annotations

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


def voices_of(invented: Invented, *, rounds: int, seed: int) -> tuple[Voice, ...]:
    """Everybody who works there, in the order of the teams, with what they would say in so many rounds.

    A service that improves has from the fourth round on a truly better condition; all else is what people
    and teams do anyway.
    """
    voices: list[Voice] = []
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
    return tuple(voices)


def _of_service(service: Service, drawn: Organisation) -> list[Voice]:
    return [
        Voice(service.name, team.name, _weekly(drawn, person), _longer(drawn, person))
        for place, team in enumerate(service.teams)
        for person in np.flatnonzero(drawn.truth.team[0] == place)[: team.people].tolist()
    ]


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
