"""An estimate with its standard error and interval, the same type for every model of this room."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite

from scipy.special import ndtri, stdtrit

from replenish.basis.errors import refuse
from replenish.basis.faults import StatisticsFault


@dataclass(frozen=True)
class Estimate:
    """One estimated quantity in the units of its scale; never rounded.

    `df` is the degrees of freedom of the t distribution behind the interval; infinite means normal.
    """

    estimate: float
    se: float
    low: float
    high: float
    df: float = inf


def interval_estimate(estimate: float, se: float, *, df: float = inf, level: float = 0.95) -> Estimate:
    """Put a symmetric interval around an estimate.

    Args:
        estimate: the estimate.
        se: its standard error, in the same unit.
        df: degrees of freedom of the t distribution; infinite takes the normal distribution.
        level: confidence level, between 0 and 1.

    Raises:
        Refused: the level is not between 0 and 1.
    """
    if not 0 < level < 1:
        refuse(StatisticsFault.STATISTICS_LEVEL, level=level)
    upper = 0.5 + level / 2
    half = se * float(stdtrit(df, upper) if isfinite(df) else ndtri(upper))
    return Estimate(estimate, se, estimate - half, estimate + half, df)
