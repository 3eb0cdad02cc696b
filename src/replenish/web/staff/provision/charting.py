"""A kind of fact as a control chart in words: is there more in it than chance would give?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from replenish.conditions.facts.charting import ChartedPeriod, ChartedSeries, Uncharted, charted_series
from replenish.conditions.facts.kinds import PER, Kind
from replenish.conditions.facts.reading import ProvidedInPeriod
from replenish.web.conditions_report.figure_words import days, rate, rounded, share, share_words
from replenish.web.staff.provision.chart_drawing import drawn_chart, top_of

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
    series = charted_series(kind, periods)
    return NoChart(_why_none(series)) if isinstance(series, Uncharted) else _told(kind, series)


def _why_none(none: Uncharted) -> str:
    if not none.missing:
        return _("All periods are alike, so there is nothing to set apart from chance.")
    return ngettext(
        "A chart will stand here after %(missing)s more period. Until then, ask what lies behind the "
        "newest figure.",
        "A chart will stand here after %(missing)s more periods. Until then, ask what lies behind the "
        "newest figure.",
        none.missing,
    ) % {"missing": none.missing}


def _told(kind: Kind, series: ChartedSeries) -> FactChart:
    name = f"{kind.code}-chart"
    signs = tuple(_signs(kind, series))
    lines = tuple(_line(kind, one) for one in series.periods)
    return FactChart(
        name=name,
        drawing=drawn_chart(series, name=f"{name}-says"),
        says=_says(signs),
        signs=signs,
        middle=_value(kind, series.middle),
        restless=series.widened,
        top=share_words(kind, rate(top_of(series) * _per(kind))),
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


def _signs(kind: Kind, series: ChartedSeries) -> Iterator[str]:
    for one in series.periods:
        if not one.far_out:
            continue
        said = {"days": _days(one), "share": share(kind, one.period)}
        if one.value > series.middle:
            yield _("%(days)s: %(share)s is more than chance would give.") % said
        else:
            yield _("%(days)s: %(share)s is less than chance would give.") % said
    if series.run > series.run_by_chance:
        yield _(
            "%(run)s periods in a row lie on one side of the middle. Chance would hardly give more than "
            "%(most)s."
        ) % {"run": series.run, "most": series.run_by_chance}
    if series.crossings < series.crossings_by_chance:
        yield ngettext(
            "The figures cross the middle %(times)s time. Chance would hardly give fewer than "
            "%(least)s. That fits a slow change.",
            "The figures cross the middle %(times)s times. Chance would hardly give fewer than "
            "%(least)s. That fits a slow change.",
            series.crossings,
        ) % {"times": series.crossings, "least": series.crossings_by_chance}


def _line(kind: Kind, one: ChartedPeriod) -> ChartLine:
    return ChartLine(
        _days(one),
        share(kind, one.period),
        "" if one.low is None else _value(kind, one.low),
        "" if one.high is None else _value(kind, one.high),
        one.far_out,
    )


def _days(one: ChartedPeriod) -> str:
    return days(one.period.first_day, one.period.last_day)


def _value(kind: Kind, value: float) -> str:
    return share_words(kind, rounded(rate(value * _per(kind))))


def _per(kind: Kind) -> int:
    return PER if kind.shape == "rate" else FULL
