"""Which condition is most likely the most useful one to change first, from printed results alone."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from replenish.disclosure.construction import require_genuine
from replenish.disclosure.model_results.ladder import EFFECT_KINDS
from replenish.disclosure.model_results.result import ModelResult
from replenish.disclosure.model_results.words import GOES_WITH_LESS, GOES_WITH_MORE

NORMAL_95 = 1.959963984540054
ORDER_FROM = ((10, 0.5), (6, 0.65), (0, 0.85))
"""From so many conditions on, so likely must the first one be for an order to be drawn (decision 0060)."""

POINTS = 2001
REACH = 8.0


@dataclass(frozen=True, slots=True)
class Usefulness:
    """How likely improving one condition is to help one outcome more than improving any other.

    Args:
        outcome: its name.
        condition: its name.
        kind: of the model results compared.
        gain: the printed estimate as an improvement of the outcome, in points; None where only words are
            printed, of it or of another one that is known to help.
        probability: that it helps and helps most, in tenths (0.0, 0.1, ... 1.0); None where there is no gain.
    """

    outcome: str
    condition: str
    kind: str
    gain: float | None
    probability: float | None


def most_useful_first(
    results: Sequence[ModelResult], *, higher_is_better: Collection[str] = ()
) -> tuple[Usefulness, ...]:
    """Rank the conditions of each outcome by the probability that improving them helps most.

    Each printed effect is taken as a normal belief: the printed estimate, the width of the printed
    interval, and the spread that rounding adds (step / sqrt 12). Beliefs are taken as independent. What
    nobody can tell from the printed numbers, this cannot tell either: where words alone say that one of
    them helps, none has a place.

    Args:
        results: printed results; only effects are compared, each kind and outcome for itself.
        higher_is_better: names of the outcomes and conditions of which more is better; of all others less
            is better, so improving such a condition means lowering it.

    Returns:
        Sorted by kind and outcome, then most useful first; words-only results last.

    Raises:
        Refused: a result was made elsewhere.
    """
    for result in results:
        require_genuine(result, ModelResult)
    effects = [result for result in results if result.kind in EFFECT_KINDS]
    ranked: list[Usefulness] = []
    for kind, outcome in sorted({(result.kind, result.outcome) for result in effects}):
        same = [result for result in effects if (result.kind, result.outcome) == (kind, outcome)]
        ranked += _ranked(sorted(same, key=lambda result: result.condition), higher_is_better)
    return tuple(ranked)


def _ranked(results: list[ModelResult], higher_is_better: Collection[str]) -> list[Usefulness]:
    numbers: list[tuple[ModelResult, float, float]] = []
    words: list[Usefulness] = []
    for result in results:
        if result.estimate is None or result.low is None or result.high is None or result.step is None:
            words.append(Usefulness(result.outcome, result.condition, result.kind, None, None))
            continue
        sign = _sign(result.outcome, higher_is_better) * _sign(result.condition, higher_is_better)
        spread = math.hypot((result.high - result.low) / (2 * NORMAL_95), result.step / math.sqrt(12))
        numbers.append((result, sign * result.estimate + 0.0, spread))
    if any(_helps_in_words(result, higher_is_better) for result in results):
        # One of them is known to help and not by how much: it might lead, so no place of another is known.
        return [Usefulness(r.outcome, r.condition, r.kind, None, None) for r in results]
    chances = best_and_helpful(
        np.array([gain for _, gain, _ in numbers]), np.array([spread for *_, spread in numbers])
    )
    told = [
        Usefulness(result.outcome, result.condition, result.kind, gain, round(float(chance), 1))
        for (result, gain, _), chance in zip(numbers, chances, strict=True)
    ]
    return sorted(told, key=lambda u: (-(u.probability or 0.0), -(u.gain or 0.0), u.condition)) + words


def order_from(conditions: int) -> float:
    """The chance the first of so many conditions must have for an order not to be one of chance.

    With fewer conditions chance alone makes one of them look likelier, so the limit is higher.
    """
    return next(limit for least, limit in ORDER_FROM if conditions >= least)


def carries_an_order(ranked: Sequence[Usefulness]) -> bool:
    """Whether one kind's ranking of one outcome says more than chance would in 5 % of cases.

    Args:
        ranked: of one kind and outcome, as `most_useful_first` gives it.
    """
    told = [entry.probability for entry in ranked if entry.probability is not None]
    return bool(told) and max(told) >= order_from(len(ranked))


def _helps_in_words(result: ModelResult, higher_is_better: Collection[str]) -> bool:
    """Whether words alone say that improving this condition goes with a better outcome."""
    sign = _sign(result.outcome, higher_is_better) * _sign(result.condition, higher_is_better)
    return result.words == (GOES_WITH_MORE if sign > 0 else GOES_WITH_LESS)


def _sign(name: str, higher_is_better: Collection[str]) -> int:
    return 1 if name in higher_is_better else -1


def best_and_helpful(means: NDArray[np.float64], spreads: NDArray[np.float64]) -> NDArray[np.float64]:
    """For independent normal beliefs, the probability that each is the largest and above zero.

    Args:
        means: shape (k,).
        spreads: shape (k,), standard deviations, above zero.

    Returns:
        shape (k,); the sum is the probability that any of them is above zero.
    """
    if not means.size:
        return np.zeros(0)
    top = max(0.0, float((means + REACH * spreads).max()))
    chances = np.zeros(means.size)
    for place in range(means.size):
        start = max(0.0, float(means[place] - REACH * spreads[place]))
        at = np.linspace(start, max(start, min(top, means[place] + REACH * spreads[place])), POINTS)
        below = np.asarray(norm.cdf(at[:, None], means, spreads), dtype=np.float64)
        below[:, place] = norm.pdf(at, means[place], spreads[place])
        chances[place] = np.trapezoid(below.prod(axis=1), at)
    return chances
