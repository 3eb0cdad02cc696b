"""A kind of fact as a control chart in words: is there more in it than chance would give?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from replenish.basis.errors import Refused
from replenish.basis.faults.charts import ChartFault
from replenish.conditions.facts.kinds import PER, Kind
from replenish.conditions.facts.reading import ProvidedInPeriod
from replenish.statistics.control_charts import (
    LEAST_POINTS,
    ChartPoint,
    ControlChart,
    Counted,
    Phase,
    chart_of_counts,
)
from replenish.web.conditions_report.figure_words import days, rate, rounded, share, share_words
from replenish.web.staff.provision.chart_drawing import drawn_chart, top_of

MOST_DRAWN = 36
"""Of months, three years: in longer series chance alone makes a sign more and more often."""
FULL = 100


@dataclass(frozen=True)
class ChartLine:
    """One period in the table below a chart.

    Attributes:
        days: its period.
        share: its share or rate.
        low: the least that chance would give; empty where there is no such limit.
        high: the most that chance would give; empty where there is no such limit.
        far_out: it lies beyond one of them.
    """

    days: str
    share: str
    low: str
    high: str
    far_out: bool


@dataclass(frozen=True)
class FactChart:
    """What a page shows of one kind.

    Attributes:
        name: of its elements on the page.
        drawing: the chart without words.
        says: whether there is more than chance would give, in a sentence.
        signs: what that is, a sentence each.
        middle: what all periods come to together.
        restless: whether the limits were widened, because the periods differ anyway.
        top: the end of the scale in words.
        first: the days of the oldest period.
        last: the days of the newest.
        lines: every period, the newest first.
        asks: what to do next.
    """

    name: str
    drawing: SafeString
    says: str
    signs: tuple[str, ...]
    middle: str
    restless: bool
    top: str
    first: str
    last: str
    lines: tuple[ChartLine, ...]
    asks: str

    @property
    def has_far(self) -> bool:
        """Whether a point lies beyond the limits."""
        return any(line.far_out for line in self.lines)


@dataclass(frozen=True)
class NoChart:
    """Why there is no chart yet, and what to do meanwhile."""

    says: str


def charted(kind: Kind, periods: Sequence[ProvidedInPeriod]) -> FactChart | NoChart | None:
    """The chart of a kind; a reason why there is none; nothing at all before there are two periods.

    Args:
        kind: what was counted.
        periods: oldest first, of one part.
    """
    if len(periods) < 2:
        return None
    newest = periods[-MOST_DRAWN:]
    series = [Counted(float(one.count), float(one.out_of)) for one in newest]
    try:
        chart = chart_of_counts(series, shares=kind.shape == "share")
    except Refused as refused:
        return NoChart(_why_none(refused, len(newest)))
    return _told(kind, newest, chart)


def _why_none(refused: Refused, periods: int) -> str:
    if refused.fault is ChartFault.CHART_TOO_FEW:
        missing = LEAST_POINTS - periods
        return ngettext(
            "A chart will stand here after %(missing)s more period. Until then, ask what lies behind the "
            "newest figure.",
            "A chart will stand here after %(missing)s more periods. Until then, ask what lies behind the "
            "newest figure.",
            missing,
        ) % {"missing": missing}
    return _("All periods are alike, so there is nothing to set apart from chance.")


def _told(kind: Kind, periods: Sequence[ProvidedInPeriod], chart: ControlChart) -> FactChart:
    (phase,) = chart.phases
    name = f"{kind.code}-chart"
    signs = tuple(_signs(kind, periods, chart, phase))
    lines = tuple(
        _line(kind, one, point, far_out=number in chart.far_out)
        for number, (one, point) in enumerate(zip(periods, chart.points, strict=True))
    )
    return FactChart(
        name=name,
        drawing=drawn_chart(chart, name=f"{name}-says"),
        says=_says(signs),
        signs=signs,
        middle=_value(kind, phase.centre),
        restless=phase.dispersion > 1,
        top=share_words(kind, rate(top_of(chart) * _per(kind))),
        first=lines[0].days,
        last=lines[-1].days,
        lines=tuple(reversed(lines)),
        asks=_asks(signs),
    )


def _says(signs: Sequence[str]) -> str:
    if signs:
        return _("There is more in this series than chance would give.")
    return _("Nothing here goes beyond what chance would give.")


def _asks(signs: Sequence[str]) -> str:
    if signs:
        return _("The chart does not say why. Ask those who were there what was different then.")
    return _("One figure up or down is no news. Ask what would have to change for all of them to be better.")


def _signs(
    kind: Kind, periods: Sequence[ProvidedInPeriod], chart: ControlChart, phase: Phase
) -> Iterator[str]:
    for number in chart.far_out:
        point, when = chart.points[number], periods[number]
        said = {"days": days(when.first_day, when.last_day), "share": share(kind, when)}
        if point.value > point.centre:
            yield _("%(days)s: %(share)s is more than chance would give.") % said
        else:
            yield _("%(days)s: %(share)s is less than chance would give.") % said
    if phase.runs.too_long:
        yield _(
            "%(run)s periods in a row lie on one side of the middle. Chance would hardly give more than "
            "%(most)s."
        ) % {"run": phase.runs.longest, "most": phase.runs.longest_by_chance}
    if phase.runs.too_few_crossings:
        yield ngettext(
            "The figures cross the middle %(times)s time. Chance would hardly give fewer than "
            "%(least)s. That fits a slow change.",
            "The figures cross the middle %(times)s times. Chance would hardly give fewer than "
            "%(least)s. That fits a slow change.",
            phase.runs.crossings,
        ) % {"times": phase.runs.crossings, "least": phase.runs.crossings_by_chance}


def _line(kind: Kind, one: ProvidedInPeriod, point: ChartPoint, *, far_out: bool) -> ChartLine:
    return ChartLine(
        days(one.first_day, one.last_day),
        share(kind, one),
        "" if point.low is None else _value(kind, point.low),
        "" if point.high is None else _value(kind, point.high),
        far_out,
    )


def _value(kind: Kind, value: float) -> str:
    return share_words(kind, rounded(rate(value * _per(kind))))


def _per(kind: Kind) -> int:
    return PER if kind.shape == "rate" else FULL
