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
    """How far each person lies from their team: the mean over occasions of the distance from its mean.

    The team's mean is that of its known members on the same occasion. A mean over the whole year would leave
    the team's own ups and downs in the levels of people who were there for a part of it.

    Args:
        parts: shape (occasions, people).
        team: the same shape.
        known: the same shape; which entries count.

    Returns:
        shape (people,); NaN for people of whom nothing counts, or who were always the only one of their team.
    """
    counted = known & (team != ABSENT)
    occasion = np.broadcast_to(np.arange(len(team))[:, None], team.shape)
    cell = np.where(counted, occasion * (int(team.max(initial=0)) + 1) + team, 0)
    size = np.bincount(cell[counted], minlength=int(cell.max(initial=0)) + 1)
    summed = np.bincount(cell[counted], weights=parts[counted], minlength=size.size)
    mean = summed / np.maximum(size, 1)
    among_others = counted & (size[cell] > 1)
    times = among_others.sum(axis=0)
    apart = np.where(among_others, parts - mean[cell], 0.0).sum(axis=0)
    return np.where(times > 0, apart / np.maximum(times, 1), np.nan)


def squared_correlation(guess: Floats, truth: Floats) -> float:
    """How much of the differences between people the guess explains; 0 where either does not vary."""
    known = ~np.isnan(guess) & ~np.isnan(truth)
    if known.sum() < 3:
        return 0.0
    x, y = guess[known] - guess[known].mean(), truth[known] - truth[known].mean()
    if x @ x <= 1e-18 * y.size or y @ y <= 1e-18 * y.size:
        return 0.0
    return float((x @ y) ** 2 / ((x @ x) * (y @ y)))
