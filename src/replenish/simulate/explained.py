"""How much of the differences between teams and people the conditions and encounters of a world explain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from replenish.basis.errors import Refused, problem
from replenish.basis.faults import SimulationFault
from replenish.simulate.events import answer_events, draw_surroundings, encounter_classes, event_levels
from replenish.simulate.levels import ComponentSDs
from replenish.simulate.questions import ADDED_LATER, condition_scores
from replenish.simulate.staff import Staff
from replenish.simulate.streams import question_streams, stream
from replenish.simulate.world import CONDITIONS, OUTCOMES, POINTS_PER_STEP, ActionPlan, Floats, World

# The same large draw for every organisation, from a seed nobody can ask for, so that the laws of a world
# do not depend on the organisation drawn from it.
_SEED = 2**64
_TEAMS, _PEOPLE = 3_000, 4


@dataclass(frozen=True)
class Explained:
    """What conditions and encounters explain.

    Attributes:
        team, person, rest: variance by outcome in squared steps of an answer; lasting differences between
            teams, lasting differences within teams, and what changes from round to round.
        condition_means: mean score of each condition, 0-100.
        encounter_mean: mean class of difficult encounters in a week.
    """

    team: Floats
    person: Floats
    rest: Floats
    condition_means: Floats
    encounter_mean: float


@lru_cache(maxsize=16)
def explained_by(world: World) -> Explained:
    """Variance components of the explained part, by moments over one fixed large draw of teams."""
    staff = _calibration_staff()
    around = draw_surroundings(_TEAMS, staff, world, _SEED)
    team = staff.team[0]
    rates = world.encounters_a_week * around.team_rate[team] * around.person_rate
    scores, classes = [], []
    for turn in range(2):
        scores.append(_true_scores(world, turn, 0.0))
        classes.append(encounter_classes(rates, stream(_SEED, "encounters", turn)))
    condition_means = np.mean(scores, axis=(0, 1))
    encounter_mean = float(np.mean(classes))
    parts = [
        (
            (score - condition_means) @ world.slopes().T
            + np.outer(seen - encounter_mean, world.encounter_slopes())
        )
        / POINTS_PER_STEP
        for score, seen in zip(scores, classes, strict=True)
    ]
    team_part, person_part, rest = _components(parts[0], parts[1])
    return Explained(team_part, person_part, rest, condition_means, encounter_mean)


@lru_cache(maxsize=64)
def condition_gain(world: World, plan: ActionPlan) -> float:
    """Points of 0-100 by which an action moves its condition for an average person."""
    moved = _true_scores(world, 0, plan.shift, plan.condition)
    still = _true_scores(world, 0, 0.0)
    place = CONDITIONS.index(plan.condition)
    return float(moved[:, place].mean() - still[:, place].mean())


def effects_of_plan(world: World, plan: ActionPlan) -> Mapping[str, float]:
    """Points by which an action moves each outcome for an average person; less strain is negative."""
    gain = condition_gain(world, plan)
    slopes = world.slopes()[:, CONDITIONS.index(plan.condition)]
    relief = plan_relief(plan)
    return {outcome: float(slopes[k] * gain + relief[k]) + 0.0 for k, outcome in enumerate(OUTCOMES)}


def plan_relief(plan: ActionPlan) -> Floats:
    """What an action does to each outcome beyond its condition; meaning is left as it is."""
    return np.array([-plan.relief, -plan.relief, -plan.relief, 0.0])


def remaining_sds(world: World) -> ComponentSDs:
    """The components left once the explained part is taken out, so that the totals are those of the world.

    Raises:
        Refused: the effects explain more than all the differences that the world allows.
    """
    explained = explained_by(world)
    team = np.full(len(OUTCOMES), world.team_sd**2) - explained.team
    person = np.full(len(OUTCOMES), world.person_sd**2) - explained.person
    week = np.full(len(OUTCOMES), world.person_week_sd**2) - explained.rest
    faults = [
        problem(SimulationFault.SIMULATION_EXPLAINED, outcome=outcome, part=part)
        for part, variance in (("teams", team), ("people", person), ("weeks", week))
        for outcome, left in zip(OUTCOMES, variance.tolist(), strict=True)
        if left < 0.0
    ]
    if faults:
        raise Refused(faults)
    ones = np.ones(len(OUTCOMES))
    return ComponentSDs(
        service=world.service_sd * ones,
        team=np.sqrt(team),
        team_week=world.team_week_sd * ones,
        person=np.sqrt(person),
        person_week=np.sqrt(week),
    )


def _calibration_staff() -> Staff:
    team = np.repeat(np.arange(_TEAMS, dtype=np.int64), _PEOPLE)[None, :]
    nobody = np.zeros(team.shape[1], dtype=np.int64)
    return Staff(team, nobody, nobody + 1)


def _true_scores(world: World, turn: int, shift: float, condition: str = CONDITIONS[0]) -> Floats:
    staff = _calibration_staff()
    around = draw_surroundings(_TEAMS, staff, world, _SEED)
    shifts = np.zeros((staff.people, len(CONDITIONS)))
    shifts[:, CONDITIONS.index(condition)] = shift
    draws = question_streams(_SEED, "events", turn, ADDED_LATER)
    levels = event_levels(around.team[staff.team[0]], around.person, shifts, draws, world)
    return condition_scores(answer_events(levels))


def _components(first: Floats, second: Floats) -> tuple[Floats, Floats, Floats]:
    """Variance of teams, of people within teams and the rest, from two occasions of the same people."""
    shape = (_TEAMS, _PEOPLE, first.shape[1])
    both = np.stack([first, second]).reshape(2, *shape)
    both = both - both.mean(axis=(0, 1, 2))
    own = both.mean(axis=0)
    pairs = own.sum(axis=1) ** 2 - (own**2).sum(axis=1)
    team = pairs.mean(axis=0) / (_PEOPLE * (_PEOPLE - 1))
    lasting = (both[0] * both[1]).mean(axis=(0, 1))
    total = (both**2).mean(axis=(0, 1, 2))
    return np.maximum(team, 0.0), np.maximum(lasting - team, 0.0), np.maximum(total - lasting, 0.0)
