"""Facts of provision on a control chart: is there more in a series than chance would give?

Facts alone: nothing that anybody said is ever drawn in this way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from replenish.basis.errors import Refused
from replenish.basis.faults.charts import ChartFault
from replenish.conditions.facts.kinds import Kind
from replenish.conditions.facts.reading import ProvidedInPeriod
from replenish.statistics.control_charts import (
    LEAST_POINTS,
    ControlChart,
    Counted,
    chart_of_counts,
)

MOST_DRAWN = 36
"""Of months, three years: in longer series chance alone makes a sign more and more often."""


@dataclass(frozen=True)
class ChartedPeriod:
    """One period of a series.

    Attributes:
        period: its figure.
        value: the count for each one of what it is out of.
        low: the least that chance would give; None where nothing possible is less.
        high: the most that chance would give; None where nothing possible is more.
        far_out: it lies beyond one of them, and would rarely do so.
    """

    period: ProvidedInPeriod
    value: float
    low: float | None
    high: float | None
    far_out: bool


@dataclass(frozen=True)
class ChartedSeries:
    """A kind of fact over time.

    Attributes:
        periods: the newest ones that are drawn, oldest first.
        middle: what all of them come to together.
        widened: the periods differ so much from one to the next that the limits were made wider.
        run: the longest row of periods on one side of the middle.
        run_by_chance: the longest one that chance would hardly exceed.
        crossings: how often the series crosses the middle.
        crossings_by_chance: the fewest that chance would hardly fall below.
        of_shares: whether no value can be above one.
    """

    periods: tuple[ChartedPeriod, ...]
    middle: float
    widened: bool
    run: int
    run_by_chance: int
    crossings: int
    crossings_by_chance: int
    of_shares: bool


@dataclass(frozen=True)
class Uncharted:
    """Why there is no chart: so many periods are missing, or, with none missing, all of them are alike."""

    missing: int


def charted_series(kind: Kind, periods: Sequence[ProvidedInPeriod]) -> ChartedSeries | Uncharted:
    """The chart of a kind in one part.

    Args:
        kind: what was counted.
        periods: oldest first.
    """
    newest = periods[-MOST_DRAWN:]
    series = [Counted(float(one.count), float(one.out_of)) for one in newest]
    try:
        chart = chart_of_counts(series, shares=kind.shape == "share")
    except Refused as refused:
        too_few = refused.fault is ChartFault.CHART_TOO_FEW
        return Uncharted(LEAST_POINTS - len(newest) if too_few else 0)
    return _series(newest, chart)


def _series(periods: Sequence[ProvidedInPeriod], chart: ControlChart) -> ChartedSeries:
    (phase,) = chart.phases
    far = set(chart.far_out)
    return ChartedSeries(
        periods=tuple(
            ChartedPeriod(one, point.value, point.low, point.high, number in far)
            for number, (one, point) in enumerate(zip(periods, chart.points, strict=True))
        ),
        middle=phase.centre,
        widened=phase.dispersion > 1,
        run=phase.runs.longest,
        run_by_chance=phase.runs.longest_by_chance,
        crossings=phase.runs.crossings,
        crossings_by_chance=phase.runs.crossings_by_chance,
        of_shares=chart.kind.of_shares,
    )
