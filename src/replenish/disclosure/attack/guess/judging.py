"""How good guesses are: against the truth, and beside what team means alone would give."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from replenish.disclosure.attack.guess.components import Floats
from replenish.disclosure.attack.guess.crowd import ABSENT

ONE_POINT = 1.0


def share_within(guess: Floats, truth: Floats, distance: float = ONE_POINT) -> float:
    """The share of true answers that lie within a distance of the guess; NaN where either is missing.

    Args:
        guess: shape (occasions, people).
        truth: the same shape.
        distance: in points of the answer.
    """
    known = ~np.isnan(guess) & ~np.isnan(truth)
    return float((np.abs(guess - truth)[known] <= distance + 1e-9).mean()) if known.any() else 0.0


def yearly_team_means(truth: Floats, team: NDArray[np.int64]) -> Floats:
    """For every answer the mean of all answers of its team over all occasions; shape (occasions, people)."""
    known = ~np.isnan(truth) & (team != ABSENT)
    count = np.bincount(team[known])
    means = np.bincount(team[known], weights=truth[known]) / np.maximum(count, 1)
    return np.where(known, means[np.where(known, team, 0)], np.nan)


def personal_levels(parts: Floats, team: NDArray[np.int64], known: NDArray[np.bool_]) -> Floats:
    """Each person's mean over the occasions known, apart from the mean of those of their last team.

    Args:
        parts: shape (occasions, people).
        team: the same shape.
        known: the same shape; which entries count.

    Returns:
        shape (people,); NaN for people of whom nothing counts and for those alone in their team.
    """
    count = known.sum(axis=0)
    level = np.where(known, parts, 0.0).sum(axis=0) / np.maximum(count, 1)
    last = np.where(known, np.arange(len(team))[:, None], -1).max(axis=0)
    where = team[np.maximum(last, 0), np.arange(team.shape[1])]
    counted = (count > 0) & (where != ABSENT)
    size = np.bincount(where[counted], minlength=int(team.max()) + 1)
    mean = np.bincount(where[counted], weights=level[counted], minlength=size.size) / np.maximum(size, 1)
    there = np.where(counted, where, 0)
    return np.where(counted & (size[there] > 1), level - mean[there], np.nan)


def squared_correlation(guess: Floats, truth: Floats) -> float:
    """How much of the differences between people the guess explains; 0 where either does not vary."""
    known = ~np.isnan(guess) & ~np.isnan(truth)
    if known.sum() < 3:
        return 0.0
    x, y = guess[known] - guess[known].mean(), truth[known] - truth[known].mean()
    if x @ x <= 1e-18 * y.size or y @ y <= 1e-18 * y.size:
        return 0.0
    return float((x @ y) ** 2 / ((x @ x) * (y @ y)))
