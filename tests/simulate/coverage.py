"""How often intervals for the effects of conditions hold the truth, over many simulated organisations."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from replenish.basis.errors import Problem
from replenish.simulate import Organisation, World, simulate_organisation
from replenish.simulate.world import CONDITIONS, OUTCOMES, STRAIN, Floats
from replenish.statistics.conditions import condition_effects
from replenish.statistics.unit_moments import UnitMoments

CROSS_SECTION = replace(World(), plans=())
LEVEL = 0.90
OWN, SPLIT, SPLIT_ALONE = "own reports", "split voice", "split voice, condition alone"


@dataclass(frozen=True)
class Tally:
    """Intervals for one outcome and condition by one model.

    Attributes:
        outcome: the outcome.
        condition: the condition.
        model: one of `OWN`, `SPLIT` (all conditions held equal) and `SPLIT_ALONE` (none held equal).
        asked: how many organisations there were.
        given: how many gave an interval rather than a refusal.
        held: how many intervals held the truth.
        bias: mean of estimate minus truth, in points per point.
        spread: standard deviation of the estimates.
    """

    outcome: str
    condition: str
    model: str
    asked: int
    given: int
    held: int
    bias: float
    spread: float


def organisation_moments(organisation: Organisation) -> UnitMoments:
    """Moments of the first round's contributions, unit by unit."""
    part = organisation.contributions(1)
    columns = {name: part.scores[name] for name in (*STRAIN, *CONDITIONS)}
    return UnitMoments.of(columns, part.team, per_unit_products=True)


def estimates(organisation: Organisation) -> dict[tuple[str, str, str], tuple[float, float, float]]:
    """Slope between units and its interval, by outcome, condition and model; refusals are absent."""
    moments = organisation_moments(organisation)
    found = {}
    for outcome in STRAIN:
        effects = condition_effects(moments, outcome, CONDITIONS, higher_is_better=CONDITIONS, level=LEVEL)
        for condition, effect in effects.conditions.items():
            own = effect.own.between
            found[outcome, condition, OWN] = (own.estimate, own.low, own.high)
            if not isinstance(effect.split_voice, Problem):
                split = effect.split_voice.effect
                kind = SPLIT_ALONE if not effect.split_voice.held_equal else SPLIT
                found[outcome, condition, kind] = (split.estimate, split.low, split.high)
    return found


def tallies(repetitions: int, world: World, *, teams: int = 40, first_seed: int = 1) -> list[Tally]:
    """Simulate, fit and count.

    Args:
        repetitions: how many organisations.
        world: their laws.
        teams: teams in each organisation.
        first_seed: seeds count up from here.
    """
    seen: dict[tuple[str, str, str], list[tuple[float, float, float]]] = {}
    for seed in range(first_seed, first_seed + repetitions):
        held = simulate_organisation(teams=teams, rounds=1, seed=seed, world=world)
        for key, interval in estimates(held).items():
            seen.setdefault(key, []).append(interval)
    together, alone = true_slopes(world), true_slopes_alone(world)
    counted = []
    for (outcome, condition, model), intervals in sorted(seen.items()):
        table = alone if model == SPLIT_ALONE else together
        true = table[STRAIN.index(outcome), CONDITIONS.index(condition)]
        array = np.array(intervals)
        inside = (array[:, 1] <= true) & (true <= array[:, 2])
        counted.append(
            Tally(
                outcome=outcome,
                condition=condition,
                model=model,
                asked=repetitions,
                given=len(array),
                held=int(inside.sum()),
                bias=float(array[:, 0].mean() - true),
                spread=float(array[:, 0].std()),
            )
        )
    return counted


def true_slopes(world: World) -> Floats:
    """The effects written into the world, for the strain outcomes."""
    return world.slopes()[[OUTCOMES.index(outcome) for outcome in STRAIN]]


def true_slopes_alone(world: World) -> Floats:
    """What one condition goes with between teams when the others move along as they do in this world."""
    large = simulate_organisation(teams=4_000, people=40_000, rounds=1, seed=1, world=world)
    here = large.truth.team[0] >= 0
    conditions, team = large.truth.conditions[0][here], large.truth.team[0][here]
    n = np.bincount(team)
    means = np.column_stack([np.bincount(team, weights=column) / n for column in conditions.T])
    rest = conditions - means[team]
    within = rest.T @ rest / (len(team) - len(n))
    between = np.cov(means.T) - within * (1.0 / n).mean()
    return np.asarray(true_slopes(world) @ between / np.diag(between), dtype=np.float64)


def pooled(counted: list[Tally], model: str) -> tuple[float, int]:
    """Coverage over all cells of a model, and how many intervals that is."""
    cells = [tally for tally in counted if tally.model == model]
    given = sum(tally.given for tally in cells)
    return sum(tally.held for tally in cells) / given, given
