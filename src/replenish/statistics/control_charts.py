"""Control charts of counts and what they are out of: u and p, and Laney's charts for restless series.

Every value has limits of its own, because what it is out of differs. Sources: Shewhart's u and p charts as
in Montgomery, Introduction to Statistical Quality Control; Laney (2002), Improved control charts for
attributes, Quality Engineering 14. Runs are judged in `run_rules`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from math import isfinite, sqrt

from scipy.special import betainc, gammainc, gammaincc

from replenish.basis.errors import refuse
from replenish.basis.faults.charts import ChartFault
from replenish.statistics.run_rules import Runs, WesternElectric, runs_about, western_electric

LEAST_POINTS = 10
"""Fewer say nothing of runs, and hardly anything of limits."""
SIGMAS = 3.0
MEAN_RANGE_OF_TWO = 1.128
"""The mean distance of two standard normal values (the constant d2 for two)."""
RARE = 0.002
"""About the chance of a normal value beyond three sigma on either side."""


class ChartKind(Enum):
    """Which chart: of shares (p) or of rates (u), with or without Laney's widening."""

    P = "p"
    U = "u"
    P_LANEY = "p'"
    U_LANEY = "u'"

    @property
    def of_shares(self) -> bool:
        """Whether the count is a part of what it is out of."""
        return self in {ChartKind.P, ChartKind.P_LANEY}

    @property
    def by_laney(self) -> bool:
        """Whether the spread between periods comes from the series itself."""
        return self in {ChartKind.P_LANEY, ChartKind.U_LANEY}


@dataclass(frozen=True)
class Counted:
    """What was counted in one period, and out of how many or how much."""

    count: float
    out_of: float

    @property
    def value(self) -> float:
        """The count for each one of what it is out of."""
        return self.count / self.out_of


@dataclass(frozen=True)
class ChartPoint:
    """One period on the chart.

    Attributes:
        counted: what the point is made of.
        value: its share or rate.
        centre: what the periods of the base come to together.
        sigma: the distance that chance alone would give, in the unit of the value.
        low: the lower limit; none where it would lie at or below what is possible.
        high: the upper limit; none where it would lie at or above what is possible.
        phase: the number of its phase, from 0.
    """

    counted: Counted
    value: float
    centre: float
    sigma: float
    low: float | None
    high: float | None
    phase: int

    @property
    def outside(self) -> bool:
        """Whether it lies beyond a limit."""
        below = self.low is not None and self.value < self.low
        return below or (self.high is not None and self.value > self.high)


@dataclass(frozen=True)
class Phase:
    """Points that are judged against one base.

    Attributes:
        first: the number of its first point, from 0.
        points: how many points it has.
        base: how many of them, from the first, the centre and the spread come from.
        centre: the share or rate of the base.
        dispersion: how many times wider than chance alone neighbours lie apart (Laney's sigma of z); 1 in
            charts without it.
        runs: the longest run and the crossings.
        western: signals of the Western Electric rules.
    """

    first: int
    points: int
    base: int
    centre: float
    dispersion: float
    runs: Runs
    western: tuple[WesternElectric, ...]


@dataclass(frozen=True)
class ControlChart:
    """A series of periods with what chance alone would give."""

    kind: ChartKind
    points: tuple[ChartPoint, ...]
    phases: tuple[Phase, ...]

    @property
    def outside(self) -> tuple[int, ...]:
        """The numbers of points beyond a limit, from 0."""
        return tuple(number for number, point in enumerate(self.points) if point.outside)

    @property
    def far_out(self) -> tuple[int, ...]:
        """The points beyond a limit that would be rare there even if small counts are skewed.

        With few to count, limits of three sigma are left too often: where nine in ten of six are usual, in
        one calm series of four with 36 points. The exact tail of the binomial or Poisson does not have that.
        """
        return tuple(number for number in self.outside if self.tail(number) < RARE)

    @property
    def signals(self) -> bool:
        """Whether a point lies far out, or a phase has too long a run or too few crossings."""
        return bool(self.far_out) or any(phase.runs.signals for phase in self.phases)

    def tail(self, number: int) -> float:
        """How likely a count as far out as this one or further is on its side, by the exact distribution.

        With Laney's widening, count and denominator are both divided by the square of the dispersion.
        """
        point = self.points[number]
        wider = self.phases[point.phase].dispersion ** 2
        k, n, p = point.counted.count / wider, point.counted.out_of / wider, point.centre
        if not self.kind.of_shares:
            if point.value < p:
                return float(gammaincc(k + 1, n * p))
            return float(gammainc(k, n * p)) if k > 0 else 1.0
        if point.value < p:
            return float(betainc(n - k, k + 1, 1 - p))
        return float(betainc(k, n - k + 1, p)) if k > 0 else 1.0


def control_chart(
    kind: ChartKind,
    series: Sequence[Counted],
    *,
    base: int | None = None,
    phases: Sequence[int] = (),
) -> ControlChart:
    """Draw the limits of a series.

    Args:
        kind: the chart.
        series: the periods in their order; those in which there was nothing to count are left out before.
        base: freeze centre and spread at those of the first so many points; all of them unless given.
        phases: the numbers of points, from 0, at which a new base begins, such as the month of a change.

    Raises:
        Refused: too few points in the base or a phase; a count that is none; a share above all; a base of
            which every count is none or all; phases that are out of order, or given together with a base.
    """
    for one in series:
        _refuse_uncounted(one, shares=kind.of_shares)
    points: list[ChartPoint] = []
    found: list[Phase] = []
    for first, last in _spans(len(series), base, phases):
        part = series[first:last]
        judged = _phase_points(kind, part, base or len(part), len(found))
        points += judged.points
        found.append(judged.phase(first, base or len(part)))
    return ControlChart(kind, tuple(points), tuple(found))


def chart_of_counts(
    series: Sequence[Counted], *, shares: bool, base: int | None = None, phases: Sequence[int] = ()
) -> ControlChart:
    """The plain chart; Laney's where neighbours lie further apart than chance alone would put them.

    Never one with limits narrower than chance alone gives: a short series is calm by chance, too.

    Args:
        series: as in `control_chart`.
        shares: the counts are parts of what they are out of.
        base: as in `control_chart`.
        phases: as in `control_chart`.

    Raises:
        Refused: whatever `control_chart` refuses.
    """
    plain, laney = (ChartKind.P, ChartKind.P_LANEY) if shares else (ChartKind.U, ChartKind.U_LANEY)
    widened = control_chart(laney, series, base=base, phases=phases)
    if any(phase.dispersion > 1 for phase in widened.phases):
        return widened
    return control_chart(plain, series, base=base, phases=phases)


def _spans(n: int, base: int | None, phases: Sequence[int]) -> list[tuple[int, int]]:
    """First point and the one after the last, by phase."""
    ends = [0, *phases, n]
    if any(last <= first for first, last in pairwise(ends)) and n:
        refuse(ChartFault.CHART_PHASES, n=n)
    for first, last in pairwise(ends):
        if last - first < LEAST_POINTS:
            refuse(ChartFault.CHART_TOO_FEW, n=last - first, least=LEAST_POINTS)
    if base is not None and (phases or not LEAST_POINTS <= base <= n):
        refuse(ChartFault.CHART_BASE, n=n, least=LEAST_POINTS)
    return list(pairwise(ends))


def _refuse_uncounted(one: Counted, *, shares: bool) -> None:
    if not (isfinite(one.count) and isfinite(one.out_of)) or one.count < 0 or one.out_of <= 0:
        refuse(ChartFault.CHART_NOT_A_COUNT, count=one.count, out_of=one.out_of)
    if shares and one.count > one.out_of:
        refuse(ChartFault.CHART_MORE_THAN_ALL, count=one.count, out_of=one.out_of)


@dataclass(frozen=True)
class _Judged:
    points: tuple[ChartPoint, ...]
    centre: float
    dispersion: float

    def phase(self, first: int, base: int) -> Phase:
        values = [point.value for point in self.points]
        standard = [(point.value - point.centre) / point.sigma for point in self.points]
        return Phase(
            first=first,
            points=len(self.points),
            base=base,
            centre=self.centre,
            dispersion=self.dispersion,
            runs=runs_about(self.centre, values),
            western=western_electric(standard),
        )


def _phase_points(kind: ChartKind, series: Sequence[Counted], base: int, phase: int) -> _Judged:
    known = series[:base]
    centre = sum(one.count for one in known) / sum(one.out_of for one in known)
    one_unit = sqrt(centre * (1 - centre)) if kind.of_shares and centre < 1 else sqrt(centre)
    if centre == 0 or (kind.of_shares and centre >= 1):
        refuse(ChartFault.CHART_ALL_ALIKE)
    dispersion = _dispersion(known, centre, one_unit) if kind.by_laney else 1.0
    most = 1.0 if kind.of_shares else None
    points = tuple(
        _point(one, centre, one_unit * dispersion / sqrt(one.out_of), most, phase) for one in series
    )
    return _Judged(points, centre, dispersion)


def _dispersion(series: Sequence[Counted], centre: float, one_unit: float) -> float:
    """Laney's sigma of z: the mean moving range of standardised values over that of normal ones."""
    z = [(one.value - centre) * sqrt(one.out_of) / one_unit for one in series]
    mean_range = sum(abs(after - before) for before, after in pairwise(z)) / (len(z) - 1)
    if mean_range == 0:
        refuse(ChartFault.CHART_ALL_ALIKE)
    return mean_range / MEAN_RANGE_OF_TWO


def _point(one: Counted, centre: float, sigma: float, most: float | None, phase: int) -> ChartPoint:
    low, high = centre - SIGMAS * sigma, centre + SIGMAS * sigma
    return ChartPoint(
        counted=one,
        value=one.value,
        centre=centre,
        sigma=sigma,
        low=low if low > 0 else None,
        high=high if most is None or high < most else None,
        phase=phase,
    )
