"""Who answers in which week: the strained answer less, and some people hardly ever do."""

from __future__ import annotations

import numpy as np

from replenish.simulate.levels import draw_by_joining
from replenish.simulate.staff import Staff
from replenish.simulate.streams import stream
from replenish.simulate.world import STRAIN, Floats, World

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(64)


def strain(latent: Floats, world: World) -> Floats:
    """Mean of the strain outcomes as standard deviations from the mean of all people.

    Args:
        latent: outcomes in points of 0-100; shape (..., outcomes).
        world: the laws, whose totals give the standard deviation.
    """
    squares = (world.service_sd, world.team_sd, world.team_week_sd, world.person_sd, world.person_week_sd)
    total = sum(sd**2 for sd in squares)
    count = len(STRAIN)
    spread = 25.0 * np.sqrt(total * (1.0 + (count - 1) * world.strain_correlation) / count)
    apart = (latent - world.levels())[..., :count].mean(axis=-1)
    return np.asarray(apart / spread if spread > 0.0 else 0.0 * apart, dtype=np.float64)


def response_intercept(world: World) -> float:
    """The log odds that make the mean response of a week what the world says (Gauss-Hermite, bisection)."""
    spread = np.hypot(world.response_spread, world.silence)
    low, high = -40.0, 40.0
    for _ in range(80):
        middle = (low + high) / 2.0
        mean = float((_WEIGHTS * _logistic(middle + spread * _NODES)).sum() / _WEIGHTS.sum())
        low, high = (middle, high) if mean < world.response_a_week else (low, middle)
    return high


def draw_response(
    strained: Floats, staff: Staff, world: World, seed: int
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Whether each person answers in each week; shape (weeks, people), never while absent.

    Args:
        strained: strain in standard deviations; shape (weeks, people), NaN while absent.
        staff: who works here when.
        world: the laws.
        seed: the seed of the organisation.
    """
    willing = world.response_spread * draw_by_joining(staff, seed, "willingness", 1)[:, 0]
    chance = _logistic(response_intercept(world) + willing - world.silence * strained)
    answers = np.zeros(chance.shape, dtype=np.bool_)
    for week in range(staff.weeks):
        known = int(np.searchsorted(staff.joined, week, side="right"))
        answers[week, :known] = stream(seed, "response", week).random(known) < chance[week, :known]
    return answers


def _logistic(log_odds: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)), dtype=np.float64)
