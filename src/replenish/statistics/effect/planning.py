"""Before an action: what could be seen with these groups and rounds, and a schedule drawn by lot."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from scipy.special import ndtri, stdtrit
from scipy.stats import nct

from replenish.basis.errors import refuse
from replenish.basis.faults import StatisticsFault
from replenish.statistics.clustered_variance import clustered_variance
from replenish.statistics.effect.panel import NEVER, Floats, Panel
from replenish.statistics.effect.staggered import LEAST_GROUPS, saturated

HELPED = 0.95
"""From this probability on an effect is called one."""


@dataclass(frozen=True)
class Spread:
    """How groups differ from round to round, as standard deviations in the units of the scale.

    Their lasting levels play no part: each group is compared with itself.

    Attributes:
        round: of a group in a round, beside its level and what it keeps from the round before.
        drift: of the slow movement of a group.
        keeps: the share of that movement that is left after a round, from 0 to below 1.
    """

    round: float
    drift: float = 0.0
    keeps: float = 0.0

    def covariance(self, rounds: int) -> Floats:
        """(T, T) of one group over rounds."""
        apart = np.abs(np.subtract.outer(np.arange(rounds), np.arange(rounds)))
        found: Floats = self.drift**2 * self.keeps**apart + self.round**2 * (apart == 0)
        return found


@dataclass(frozen=True)
class Foresight:
    """What an evaluation could see.

    Attributes:
        chance: of calling an effect of the asked size by its name.
        smallest: the effect that would be called so in four of five cases.
        se: standard error of the average effect that is to be expected.
        df: its degrees of freedom.
    """

    chance: float
    smallest: float
    se: float
    df: float


def foresee(starts: Sequence[int | None], *, rounds: int, spread: Spread, effect: float) -> Foresight:
    """Say beforehand how likely an effect would be seen.

    The error is that of the estimator for this spread; whether it is called an effect is decided by a
    one-sided t with the degrees of freedom of CR2, so the chance is that of a noncentral t.

    Args:
        starts: for each group its first round with the action, from 0; None for none.
        rounds: how many rounds there will be.
        spread: of groups from round to round.
        effect: its size, in the expected direction, the same in all rounds since the start.

    Raises:
        Refused: fewer than four groups with or without the action, or no comparison.
    """
    begun = np.array([NEVER if start is None else start for start in starts], dtype=np.int64)
    treated = int((begun != NEVER).sum())
    if min(treated, len(begun) - treated) < LEAST_GROUPS:
        refuse(
            StatisticsFault.EFFECT_TOO_FEW_GROUPS,
            treated=treated,
            untreated=len(begun) - treated,
            least=LEAST_GROUPS,
        )
    blank = np.zeros((len(begun), rounds))
    design = saturated(Panel(tuple(map(str, range(len(begun)))), blank, begun))
    grams = np.einsum("gtj,gtk->gjk", design.columns, design.columns)
    df = float(clustered_variance(grams, np.zeros(grams.shape[:2]), design.combinations[:1]).df[0])
    weights = design.weights()
    se = float(np.sqrt(np.einsum("gt,tu,gu->", weights, spread.covariance(rounds), weights)))
    return Foresight(_chance(effect / se, df), _smallest(df) * se, se, df)


def smallest_seen(se: float, df: float = inf) -> float:
    """The effect that would be called one in four of five cases, for a standard error."""
    if df == inf:
        return float(ndtri(HELPED) + ndtri(0.8)) * se
    return _smallest(df) * se


def draw_starts(
    groups: Sequence[str], *, starts: Sequence[int], untreated: int, seed: int
) -> dict[str, int | None]:
    """Draw by lot which groups begin when: as evenly over the starts as can be, some not at all.

    Args:
        groups: names; the order decides nothing.
        starts: the rounds in which groups may begin.
        untreated: how many groups do not begin for now.
        seed: of the lot, published beside it so that anybody can draw it again.

    Raises:
        Refused: no group would begin.
    """
    if not starts or not 0 <= untreated < len(groups):
        refuse(StatisticsFault.EFFECT_NOBODY_BEGINS)
    drawn = sorted(groups)
    random.Random(seed).shuffle(drawn)  # noqa: S311 - a lot that anybody can draw again, not a secret
    begin = drawn[untreated:]
    ordered = sorted(starts)
    found: dict[str, int | None] = dict.fromkeys(drawn[:untreated])
    found |= {group: ordered[place * len(ordered) // len(begin)] for place, group in enumerate(begin)}
    return {group: found[group] for group in groups}


def _chance(shift: float, df: float) -> float:
    return float(nct.sf(stdtrit(df, HELPED), df, shift))


def _smallest(df: float) -> float:
    """The shift, in standard errors, that is seen in four of five cases."""
    low, high = 0.0, 60.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _chance(middle, df) < 0.8 else (low, middle)
    return high
