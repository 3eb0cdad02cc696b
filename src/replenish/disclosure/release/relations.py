"""Whether one question follows from others, told from chance by how much the relation explains.

A relation is believed when it describes the answers in far fewer words than listing them would take
(minimum description length: J. Rissanen, *Automatica* 14, 1978, 465-471).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]

TOLERANCE = 0.015
"""Of the range of answers given: a mean on 1 to 5 rounded to one decimal is off by 0.0125 of it."""

EVIDENCE = 16.0
"""In natural logarithms: a relation this good arises by chance in about one of nine million pairs."""

ONE_IN = 20
"""One in so many of the rows that do not give the most frequent answer may differ from a relation."""

STILL_OPEN = 0.4
"""A sum that leaves more of the variance unexplained cannot hold for all but a few rows."""

WORTH_ADDING = 0.002
"""The least share of the variance for which another question is taken into a sum."""

ROUNDS_OF_FITTING = 12


def is_function_of(result: Floats, argument: Floats) -> bool:
    """Whether equal arguments give equal results, whatever the function.

    Args:
        result: shape (rows,), complete.
        argument: shape (rows,), complete.
    """
    if result.size < 2 or np.ptp(result) == 0:
        return False
    order = np.lexsort((result, argument))
    sorted_result, sorted_argument = result[order], argument[order]
    starts = np.flatnonzero(np.diff(sorted_argument, prepend=-np.inf))
    sizes = np.diff(np.append(starts, result.size))
    usual = np.repeat(sorted_result[starts + sizes // 2], sizes)
    misses = int((np.abs(sorted_result - usual) > TOLERANCE * np.ptp(result)).sum())
    words = _classes(result)
    return _believed(words, misses, starts.size * math.log(len(np.unique(words))))


def is_monotone_in(result: Floats, argument: Floats) -> bool:
    """Whether the result only rises, or only falls, with the argument, and equal arguments agree.

    Args:
        result: shape (rows,), complete.
        argument: shape (rows,), complete.
    """
    if result.size < 2 or np.ptp(result) == 0:
        return False
    words = _classes(result)
    allowed = _misses_allowed(words)
    for turned in (words, -words):
        # Equal arguments are put in falling order, so that a rising chain holds one result of them only.
        chain = turned[np.lexsort((-turned, argument))]
        if int((np.diff(chain) < 0).sum()) > allowed:
            continue
        if _believed(words, chain.size - _longest_rise(chain), math.log(2)):
            return True
    return False


def follows_as_sum(target: Floats, columns: Floats, *, questions: int) -> bool:
    """Whether the target is a weighted sum of the columns, for all but a few rows and up to rounding.

    Args:
        target: shape (rows,), complete.
        columns: shape (rows, p), complete.
        questions: how many questions the columns were chosen from.
    """
    rows, p = columns.shape
    if rows < p + 3 or np.ptp(target) == 0:
        return False
    design = np.column_stack([np.ones(rows), columns - columns.mean(axis=0)])
    residual = target - target.mean()
    weight = np.ones(rows)
    limit = TOLERANCE * float(np.ptp(target))
    # Least absolute deviations by reweighting: a few rows that differ do not bend the fit.
    for _ in range(ROUNDS_OF_FITTING):
        weighted = design * weight[:, None]
        solution = np.linalg.lstsq(design.T @ weighted, weighted.T @ target, rcond=None)[0]
        residual = np.abs(target - design @ solution)
        weight = 1 / np.maximum(residual, limit / 10)
    misses = int((residual > limit).sum())
    if misses > _misses_allowed(_classes(target)):
        return False
    # The sum is free to fit p + 1 rows and the misses; every other row could have been off.
    close = np.abs(target[:, None] - target) <= limit
    chance_of_a_row = (int(close.sum()) - rows) / (rows * (rows - 1))
    exceptions = misses * math.log(rows) + math.log(math.comb(max(questions - 1, p), p))
    explained = -(rows - p - 1 - misses) * math.log(max(chance_of_a_row, TOLERANCE))
    return bool(explained - exceptions >= EVIDENCE)


def leading_questions(table: Floats) -> Iterator[tuple[int, list[int]]]:
    """For each question, the others that predict it best in a sum, chosen one after the other.

    Covariances use the rows that each pair has, so that one nearly empty question spoils no other.

    Args:
        table: shape (rows, questions), NaN is missing.

    Yields:
        A question and those that lead to it; twice where a part of them already explains nearly all.
    """
    covariance = _pairwise_covariance(table)
    variance = np.diag(covariance)
    varying = [int(place) for place in np.flatnonzero(variance > 0)]
    scale = np.sqrt(np.where(variance > 0, variance, 1.0))
    correlation = covariance / scale / scale[:, None]
    for target in varying:
        used: list[int] = []
        swept = correlation.copy()
        told = False
        while len(used) + 1 < len(varying):
            gains = {
                other: swept[target, other] ** 2 / swept[other, other]
                for other in varying
                if other != target and other not in used and swept[other, other] > WORTH_ADDING
            }
            best = max(gains, key=lambda other: gains[other], default=target)
            if best == target or gains[best] < WORTH_ADDING:
                break
            swept = swept - np.outer(swept[:, best], swept[best]) / swept[best, best]
            used.append(best)
            if swept[target, target] < WORTH_ADDING:
                told = True
                yield target, list(used)
                break
        if len(used) > 1 and not told and swept[target, target] < STILL_OPEN:
            yield target, used


def _pairwise_covariance(table: Floats) -> Floats:
    present = ~np.isnan(table)
    filled = np.where(present, table, 0.0)
    counts = present.T.astype(np.float64) @ present
    filled = np.where(present, filled - filled.sum(axis=0) / np.maximum(present.sum(axis=0), 1), 0.0)
    products, sums = filled.T @ filled, filled.T @ present
    counts = np.maximum(counts, 1.0)
    return np.asarray(products / counts - sums * sums.T / counts**2, dtype=np.float64)


def _classes(result: Floats) -> NDArray[np.int64]:
    """Results as whole numbers: those within the tolerance of one another share one, or neighbouring ones."""
    places = np.rint((result - result.min()) / (2 * TOLERANCE * np.ptp(result)))
    return np.asarray(places, dtype=np.int64)


def _misses_allowed(words: NDArray[np.int64]) -> int:
    counts = np.unique(words, return_counts=True)[1]
    return (words.size - int(counts.max())) // ONE_IN


def _believed(words: NDArray[np.int64], misses: int, cost: float) -> bool:
    """Whether the arrangement of the results is explained at the cost of a relation and its misses."""
    if misses > _misses_allowed(words):
        return False
    counts = np.unique(words, return_counts=True)[1]
    arrangements = float(gammaln(words.size + 1) - gammaln(counts + 1.0).sum())
    exceptions = misses * (math.log(words.size) + math.log(counts.size))
    return arrangements - exceptions - cost >= EVIDENCE


def _longest_rise(chain: NDArray[np.int64]) -> int:
    """The length of the longest part, in order, that never falls."""
    tails: list[int] = []
    for value in chain.tolist():
        place = bisect_right(tails, value)
        tails[place : place + 1] = [value]
    return len(tails)
