"""What the mere existence of a link gives away: the one thing about model results that is a bit of answers.

A link by others' reports is computed only where the others' mean of a condition tells enough about one's own
report: where the slope of own reports on the others' mean is at least .3. Whether it is there is printed, so
everybody learns on which side of .3 the answers lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import AttackFault
from replenish.disclosure.attack.guess.components import Floats, VarianceComponents
from replenish.disclosure.attack.guess.judging import ONE_POINT, squared_correlation

LEAST_RELIABILITY = 0.3
"""As in the statistics of others' reports; that room is no neighbour to import from, so a test compares."""


@dataclass(frozen=True)
class LinkExistence:
    """What one bit gives away.

    Attributes:
        organisations: how many were drawn.
        exists: the share of them in which the link exists.
        answer_r2: how much of the differences between people's answers the bit explains, everybody else's
            answers unknown.
        extremeness_r2: the same for how far an answer lies from the mean.
        guessed_within_one: share of answers within one point of the best guess without the bit.
        guessed_within_one_with_it: and with it.
        touched_when_all_others_are_known: share of answers of which the bit rules out some value for
            somebody who knows the answers of all other people.
        exact_when_all_others_are_known: share of which it then leaves one value.
    """

    organisations: int
    exists: float
    answer_r2: float
    extremeness_r2: float
    guessed_within_one: float
    guessed_within_one_with_it: float
    touched_when_all_others_are_known: float
    exact_when_all_others_are_known: float


def link_existence(
    sizes: Sequence[int],
    components: VarianceComponents,
    *,
    values: Sequence[float] = (1.0, 2.0, 3.0, 4.0, 5.0),
    organisations: int = 400,
    seed: int = 0,
) -> LinkExistence:
    """Measure what the existence of a link gives away, by drawing organisations.

    Args:
        sizes: people in each group; at least two groups, of at least two people each.
        components: how reports of a condition vary on one occasion.
        values: the possible answers, rising.
        organisations: how many to draw.
        seed: of the draws.

    Raises:
        Refused: too few groups, or a group of one.
    """
    if len(sizes) < 2 or min(sizes) < 2:
        refuse(AttackFault.LINK_GROUPS)
    group = np.repeat(np.arange(len(sizes)), sizes)
    between = np.sqrt(components.service + components.team + components.team_occasion)
    own = np.sqrt(components.person + components.person_occasion + components.rest)
    possible = np.asarray(values, dtype=np.float64)
    rng = np.random.default_rng(seed)
    rows, bits, ruled = [], [], []
    for _ in range(organisations):
        level = components.mean + between * rng.standard_normal(len(sizes))
        drawn = level[group] + own * rng.standard_normal(group.size)
        answers = possible[np.abs(drawn[:, None] - possible[None, :]).argmin(axis=1)]
        bit = bool(others_slope(answers, group) >= LEAST_RELIABILITY)
        rows.append(answers)
        bits.append(bit)
        ruled.append((_moved_slopes(answers, group, possible) >= LEAST_RELIABILITY) != bit)
    return _measured(np.array(rows), np.array(bits), np.array(ruled), possible)


def _measured(
    answers: Floats, bits: NDArray[np.bool_], ruled: NDArray[np.bool_], possible: Floats
) -> LinkExistence:
    """The figures, from answers (organisations, people), bits, and values ruled out (…, people, values)."""
    each = np.repeat(bits.astype(np.float64), answers.shape[1])
    flat = answers.ravel()
    with_it = sum(
        _best_within_one(flat[each == bit], possible) * float((each == bit).mean()) for bit in (0, 1)
    )
    return LinkExistence(
        organisations=len(bits),
        exists=float(bits.mean()),
        answer_r2=squared_correlation(each, flat),
        extremeness_r2=squared_correlation(each, np.abs(flat - flat.mean())),
        guessed_within_one=_best_within_one(flat, possible),
        guessed_within_one_with_it=with_it,
        touched_when_all_others_are_known=float(ruled.any(axis=2).mean()),
        exact_when_all_others_are_known=float((ruled.sum(axis=2) == possible.size - 1).mean()),
    )


def _best_within_one(answers: Floats, possible: Floats) -> float:
    """The share of answers within one point of the best single guess among the possible values."""
    if not answers.size:
        return 0.0
    return max(float((np.abs(answers - value) <= ONE_POINT).mean()) for value in possible.tolist())


def others_slope(answers: Floats, group: NDArray[np.int64]) -> float:
    """The slope of own reports on the mean of the others in the group; 0 where that mean does not vary.

    Args:
        answers: shape (people,).
        group: shape (people,), whole numbers from 0; at least two people in each.
    """
    n = np.bincount(group)
    summed = _summed(group, answers)
    squares = _summed(group, answers**2)
    return float(_slope(*_parts(n, summed, squares), summed.sum(), answers.size))


def _summed(group: NDArray[np.int64], values: Floats) -> Floats:
    """Sums by group."""
    return np.bincount(group, weights=values).astype(np.float64)


def _parts(n: NDArray[np.int64], summed: Floats, squares: Floats) -> tuple[Floats, Floats]:
    """Sums over all people of (others' mean x own) and of (others' mean squared)."""
    product = (summed**2 - squares) / (n - 1)
    square = ((n - 2) * summed**2 + squares) / (n - 1) ** 2
    return np.asarray(product.sum()), np.asarray(square.sum())


def _slope(product: Floats, square: Floats, total: Floats, people: int) -> Floats:
    centre = total**2 / people
    variance = square - centre
    return np.where(variance > 1e-12, (product - centre) / np.where(variance > 1e-12, variance, 1.0), 0.0)


def _moved_slopes(answers: Floats, group: NDArray[np.int64], possible: Floats) -> Floats:
    """The slope with each person's answer moved to each possible value; shape (people, values)."""
    n = np.bincount(group)
    summed = _summed(group, answers)
    squares = _summed(group, answers**2)
    moved = possible[None, :] - answers[:, None]
    new_sum = summed[group][:, None] + moved
    new_squares = squares[group][:, None] + possible[None, :] ** 2 - answers[:, None] ** 2
    size = n[group][:, None]
    product, square = _parts(n, summed, squares)
    product = product + (new_sum**2 - new_squares) / (size - 1)
    product = product - ((summed**2 - squares) / (n - 1))[group][:, None]
    square = square + ((size - 2) * new_sum**2 + new_squares) / (size - 1) ** 2
    square = square - (((n - 2) * summed**2 + squares) / (n - 1) ** 2)[group][:, None]
    return _slope(product, square, summed.sum() + moved, answers.size)
