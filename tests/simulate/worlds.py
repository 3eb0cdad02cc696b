"""Worlds that single out one law at a time, and organisations made once for several tests."""

from __future__ import annotations

from functools import cache

import numpy as np

from replenish.simulate import Organisation, World, simulate_organisation
from replenish.simulate.world import Floats

BARE = World(effects=(), plans=(), encounter_effect=0.0)  # nothing but the components
STILL = World(plans=(), leavers_a_year=0.0, movers_a_year=0.0)  # nobody comes, goes or acts


@cache
def half_a_year() -> Organisation:
    """Forty teams over six rounds of the documented world."""
    return simulate_organisation(teams=40, rounds=6, seed=11)


@cache
def large() -> Organisation:
    """Six hundred teams of the documented world, one round."""
    return simulate_organisation(teams=600, rounds=1, seed=5)


def slopes_by_least_squares(outcome: Floats, conditions: Floats) -> tuple[Floats, Floats]:
    """Slopes and their standard errors, one for each column of `conditions`; complete rows only."""
    complete = ~np.isnan(outcome) & ~np.isnan(conditions).any(axis=1)
    X = np.column_stack([np.ones(int(complete.sum())), conditions[complete]])
    y = outcome[complete]
    inverse = np.linalg.inv(X.T @ X)
    beta = inverse @ X.T @ y
    rest = y - X @ beta
    errors = np.sqrt(np.diag(inverse) * (rest @ rest) / (len(y) - X.shape[1]))
    return beta[1:], errors[1:]
