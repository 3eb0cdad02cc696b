"""Every number the simulated world rests on, with its unit; sources and marks are in the reference page."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import Problem, Refused, problem
from replenish.basis.faults import SimulationFault

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

OUTCOMES = ("relational", "witness", "overload", "meaning")
STRAIN = ("relational", "witness", "overload")
CONDITIONS = ("supervision", "process", "workload", "culture", "leaders", "reciprocity")
POINTS_PER_STEP = 25.0  # one step of an answer coded 0-4 is 25 points of a 0-100 scale


@dataclass(frozen=True)
class Effect:
    """What one condition does to one outcome, in points of the outcome per point of the condition."""

    outcome: str
    condition: str
    slope: float


@dataclass(frozen=True)
class ActionPlan:
    """An action to come: which condition it moves, by how much, in which share of the teams, from when.

    Teams are drawn by lot. Starts are staggered: the teams fall into `starts` sets of equal size, the first
    of which begins in round `first_round`, each following set one round later.
    """

    name: str
    condition: str
    shift: float  # of the condition, in standard deviations of its underlying level
    relief: float  # of each strain outcome beyond what the condition brings, in points of 0-100
    share: float
    first_round: int
    starts: int


def _effects() -> tuple[Effect, ...]:
    slopes = {
        "relational": (-0.12, -0.11, -0.06, -0.08, -0.05, -0.08),
        "witness": (-0.12, -0.12, -0.03, -0.06, -0.03, -0.06),
        "overload": (-0.06, -0.05, -0.25, -0.05, -0.07, -0.05),
        "meaning": (0.06, 0.04, 0.03, 0.08, 0.06, 0.10),
    }
    return tuple(
        Effect(outcome, condition, slope)
        for outcome, row in slopes.items()
        for condition, slope in zip(CONDITIONS, row, strict=True)
    )


PLANS = (
    ActionPlan("protected reflective supervision", "supervision", 0.8, 4.0, 0.25, 4, 3),
    ActionPlan("ten minutes after a hard encounter", "process", 0.8, 2.0, 0.20, 5, 2),
    ActionPlan("a poster about looking after yourself", "culture", 0.0, 0.0, 0.20, 5, 2),
)


@dataclass(frozen=True)
class World:
    """The laws of the simulated world. Standard deviations are in steps of an answer (1-5, or 0-4).

    Team and person components are totals: what conditions and difficult encounters explain is part of them.
    """

    service_sd: float = 0.15
    team_sd: float = 0.35
    team_week_sd: float = 0.20
    team_week_autocorrelation: float = 0.90
    person_sd: float = 0.65
    person_week_sd: float = 0.45
    person_week_autocorrelation: float = 0.85
    rest_sd: float = 0.25
    item_sd: float = 0.70  # lasting: how one person reads one question
    strain_correlation: float = 0.80  # of the components of two strain outcomes, at every level
    meaning_correlation: float = -0.45  # of the components of meaning with those of a strain outcome

    relational_level: float = 36.0  # mean of all people, points of 0-100
    witness_level: float = 34.0
    overload_level: float = 44.0
    meaning_level: float = 70.0

    leavers_a_year: float = 0.28
    movers_a_year: float = 0.05
    weeks_to_fill: float = 4.0
    weeks_a_round: int = 4

    response_a_week: float = 0.64
    response_spread: float = 2.0  # SD between people of their log odds of answering in a week
    silence: float = 0.40  # log odds of answering lost per SD of strain
    question_skipped: float = 0.02
    round_questions_answered: float = 0.95
    nobody_spoke: float = 0.25  # share to whom the question on others voicing distress does not apply
    nothing_hard: float = 0.25  # share without anything hard to voice, at the average number of encounters

    condition_team_share: float = 0.35  # shares of the variance of a condition's underlying level
    condition_person_share: float = 0.30
    condition_correlation: float = 0.35  # of two conditions, at team and at person level
    condition_item_share: float = 0.25  # share of one question's variance that is its own
    mood: float = 0.15  # SDs by which a report is worse per SD of the reporter's own strain

    encounters_a_week: float = 1.5
    encounters_team_sd: float = 0.40  # of the log of the rate
    encounters_person_sd: float = 0.40
    encounter_effect: float = 2.5  # points of relational and witness per class of encounters
    incidents_a_week: float = 0.05  # recorded incidents for each member of staff

    effects: tuple[Effect, ...] = _effects()
    plans: tuple[ActionPlan, ...] = PLANS

    def levels(self) -> Floats:
        """Mean of each outcome over all people, points of 0-100, in the order of `OUTCOMES`."""
        return np.array([self.relational_level, self.witness_level, self.overload_level, self.meaning_level])

    def slopes(self) -> Floats:
        """Effects as a matrix: outcomes down, conditions across; absent ones are zero."""
        table = np.zeros((len(OUTCOMES), len(CONDITIONS)))
        for effect in self.effects:
            table[OUTCOMES.index(effect.outcome), CONDITIONS.index(effect.condition)] += effect.slope
        return table

    def encounter_slopes(self) -> Floats:
        """Points of each outcome per class of difficult encounters."""
        return self.encounter_effect * np.array([1.0, 1.0, 0.0, 0.0])

    def correlations(self) -> Floats:
        """Correlation of the outcomes' components, the same at every level; shape (outcomes, outcomes)."""
        matrix = np.full((len(OUTCOMES), len(OUTCOMES)), self.strain_correlation)
        matrix[-1, :] = matrix[:, -1] = self.meaning_correlation
        np.fill_diagonal(matrix, 1.0)
        return matrix


_BELOW_ONE = 1.0 - 1e-9
_RANGES: dict[str, tuple[float, float]] = {
    **dict.fromkeys(("service_sd", "team_sd", "team_week_sd", "person_sd", "person_week_sd"), (0.0, 2.0)),
    **dict.fromkeys(("rest_sd", "item_sd", "encounters_team_sd", "encounters_person_sd"), (0.0, 2.0)),
    **dict.fromkeys(("team_week_autocorrelation", "person_week_autocorrelation"), (0.0, _BELOW_ONE)),
    "strain_correlation": (0.0, _BELOW_ONE),
    "meaning_correlation": (-_BELOW_ONE, _BELOW_ONE),
    **dict.fromkeys(("relational_level", "witness_level", "overload_level", "meaning_level"), (0.0, 100.0)),
    **dict.fromkeys(("leavers_a_year", "movers_a_year"), (0.0, 5.0)),
    "weeks_to_fill": (1.0, 104.0),
    "weeks_a_round": (2, 26),
    "response_a_week": (0.01, 0.99),
    "response_spread": (0.0, 6.0),
    "silence": (-3.0, 3.0),
    **dict.fromkeys(("question_skipped", "round_questions_answered"), (0.0, 1.0)),
    **dict.fromkeys(("nobody_spoke", "nothing_hard"), (0.0, 1.0)),
    **dict.fromkeys(("condition_team_share", "condition_person_share"), (0.0, 1.0)),
    **dict.fromkeys(("condition_correlation", "condition_item_share"), (0.0, _BELOW_ONE)),
    "mood": (-2.0, 2.0),
    "encounters_a_week": (0.0, 20.0),
    "encounter_effect": (-20.0, 20.0),
    "incidents_a_week": (0.0, 5.0),
}
_PLAN_RANGES: dict[str, tuple[float, float]] = {
    "shift": (-4.0, 4.0),
    "relief": (-100.0, 100.0),
    "share": (0.0, 1.0),
    "first_round": (1, 10_000),
    "starts": (1, 1_000),
}


def check_world(world: World) -> None:
    """Check that the laws of a world can hold together.

    Raises:
        Refused: a number is outside its range, shares of variance add to more than one, the correlations
            cannot all hold at once, or an effect or a plan names an unknown outcome or condition.
    """
    faults = _outside(world, _RANGES)
    if not float(world.weeks_a_round).is_integer():
        faults.append(
            problem(SimulationFault.SIMULATION_WHOLE, name="weeks_a_round", value=world.weeks_a_round)
        )
    if world.condition_team_share + world.condition_person_share > 1.0:
        faults.append(problem(SimulationFault.SIMULATION_SHARES, what="a condition's variance"))
    if np.linalg.eigvalsh(world.correlations())[0] <= 0.0:
        faults.append(problem(SimulationFault.SIMULATION_CORRELATIONS))
    for effect in world.effects:
        faults += _unknown("outcome", effect.outcome, OUTCOMES) + _unknown(
            "condition", effect.condition, CONDITIONS
        )
        faults += _outside(effect, {"slope": (-5.0, 5.0)})
    for plan in world.plans:
        faults += _unknown("condition", plan.condition, CONDITIONS) + _outside(plan, _PLAN_RANGES)
    if sum(plan.share for plan in world.plans) > 1.0:
        faults.append(problem(SimulationFault.SIMULATION_SHARES, what="teams with an action"))
    if faults:
        raise Refused(faults)


def _outside(record: object, ranges: dict[str, tuple[float, float]]) -> list[Problem]:
    """A fault for each number of the record that is outside its range, or is no number."""
    return [
        problem(SimulationFault.SIMULATION_RANGE, name=name, low=low, high=high, value=getattr(record, name))
        for name, (low, high) in ranges.items()
        if not low <= getattr(record, name) <= high
    ]


def _unknown(kind: str, name: str, known: tuple[str, ...]) -> list[Problem]:
    if name in known:
        return []
    return [problem(SimulationFault.SIMULATION_UNKNOWN, kind=kind, name=name, known=", ".join(known))]


def parameter_names() -> tuple[str, ...]:
    """The names of all parameters of a world, in order."""
    return tuple(field.name for field in fields(World))
