"""Charts against the published formulas in R (references/statistics_control_charts.R), and by simulation."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from functools import cache
from math import comb, exp, factorial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import Generator, default_rng

from replenish.basis.errors import Fault, Refused
from replenish.basis.faults.charts import ChartFault
from replenish.statistics.control_charts import (
    ChartKind,
    ControlChart,
    Counted,
    chart_of_counts,
    control_chart,
)
from replenish.statistics.run_rules import Runs, WesternRule, runs_about, western_electric

REFERENCES = Path(__file__).parents[1] / "references"
EXACT = 1e-12
CALM = [Counted(5 + i % 3, 20) for i in range(12)]


@cache
def stored(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((REFERENCES / f"statistics_control_charts{name}.json").read_text())
    return found


def drawn(r: dict[str, Any], series: Sequence[Counted]) -> ControlChart:
    part = series[r["from"] : r["to"]]
    return control_chart(ChartKind(r["kind"]), part, base=min(r["base"], len(part)))


def same_judgement(chart: ControlChart, r: dict[str, Any]) -> None:
    (phase,) = chart.phases
    assert phase.centre == pytest.approx(r["centre"], rel=EXACT)
    assert phase.dispersion == pytest.approx(r["dispersion"], rel=EXACT)
    assert list(chart.outside) == r["outside"]
    assert phase.runs == Runs(**r["runs"])
    by_rule = [[one.point for one in phase.western if one.rule is rule] for rule in WesternRule]
    assert by_rule == r["western"]


@pytest.mark.parametrize("name", ["shares", "rates", "small"])
def test_limits_and_rules_equal_the_formulas_in_r(name: str) -> None:
    reference = stored("")[name]
    series = [Counted(d, n) for d, n in zip(reference["d"], reference["n"], strict=True)]
    for r in reference["charts"]:
        chart = drawn(r, series)
        same_judgement(chart, r)
        assert [p.low for p in chart.points] == [x if x is None else pytest.approx(x) for x in r["lower"]]
        assert [p.high for p in chart.points] == [x if x is None else pytest.approx(x) for x in r["upper"]]


@cache
def infections(path: Path) -> tuple[Counted, ...]:
    with path.open(newline="") as rows:
        return tuple(Counted(float(row["n"]), float(row["days"])) for row in csv.DictReader(rows))


@pytest.mark.realdata
def test_hospital_infections_equal_the_formulas_in_r(realdata: Callable[[str], Path]) -> None:
    series = infections(realdata("cdi.csv"))
    for r in stored("_realdata")["charts"]:
        chart = drawn(r, series)
        same_judgement(chart, r)
        for side, limits in (
            ("lower", [point.low for point in chart.points]),
            ("upper", [point.high for point in chart.points]),
        ):
            assert sum(x for x in limits if x is not None) == pytest.approx(r[f"{side}_sum"], rel=EXACT)
            for number, few in zip(r["kept"], r[f"{side}_few"], strict=True):
                assert limits[number] == (few if few is None else pytest.approx(few, rel=EXACT))


@pytest.mark.realdata
def test_the_change_in_the_hospital_is_seen_and_explained(realdata: Callable[[str], Path]) -> None:
    """Frozen before the change, what came after signals; with a phase of its own, it is calm again."""
    series = infections(realdata("cdi.csv"))
    change = stored("_realdata")["change"]
    frozen = control_chart(ChartKind.U_LANEY, series, base=change)
    assert frozen.signals
    assert min(frozen.outside) >= change
    apart = control_chart(ChartKind.U_LANEY, series, phases=[change])
    assert [phase.first for phase in apart.phases] == [0, change]
    assert not apart.phases[1].runs.signals
    assert apart.phases[1].centre < apart.phases[0].centre / 2


def test_phases_are_charts_of_their_own() -> None:
    series = [Counted(d, n) for d, n in zip(stored("")["rates"]["d"], stored("")["rates"]["n"], strict=True)]
    together = control_chart(ChartKind.U, series, phases=[12, 26])
    alone = [control_chart(ChartKind.U, series[a:b]) for a, b in ((0, 12), (12, 26), (26, 40))]
    assert [phase.runs for phase in together.phases] == [one.phases[0].runs for one in alone]
    limits = [(point.low, point.high) for one in alone for point in one.points]
    assert [(point.low, point.high) for point in together.points] == limits


def restless(random: Generator, n: int, spread: float) -> list[Counted]:
    """Rates whose true value moves from month to month by a gamma of this coefficient of variation."""
    days = random.integers(2_000, 4_000, n)
    rates = random.gamma(spread**-2, 0.02 * spread**2, n) if spread else np.full(n, 0.02)
    return [Counted(float(d), float(k)) for d, k in zip(random.poisson(days * rates), days, strict=True)]


def share_outside(kind: ChartKind, spread: float, runs: int = 500) -> float:
    random = default_rng(20)
    charts = [control_chart(kind, restless(random, 24, spread)) for _ in range(runs)]
    return sum(len(chart.outside) for chart in charts) / (24 * runs)


def test_laney_keeps_false_alarms_rare_where_the_series_is_restless() -> None:
    """With such a spread the plain chart calls every fifth calm month out of the ordinary."""
    assert share_outside(ChartKind.U, 0.3) > 0.15
    assert share_outside(ChartKind.U_LANEY, 0.3) < 0.012


def test_without_restlessness_both_charts_are_quiet() -> None:
    assert share_outside(ChartKind.U, 0.0) < 0.005
    assert share_outside(ChartKind.U_LANEY, 0.0) < 0.01


def test_runs_signal_rarely_by_chance_and_surely_after_a_shift() -> None:
    random = default_rng(21)
    calm = [runs_about(0.0, random.normal(size=24).tolist()).signals for _ in range(2_000)]
    assert sum(calm) / 2_000 < 0.09
    shift = np.r_[np.zeros(12), np.full(12, 3.0)]
    moved = [runs_about(1.5, (random.normal(size=24) + shift).tolist()).signals for _ in range(500)]
    assert sum(moved) / 500 > 0.9


counts = st.lists(
    st.tuples(st.integers(1, 40), st.integers(1, 60)).map(lambda pair: Counted(pair[0], sum(pair))),
    min_size=10,
    max_size=30,
)


def test_tails_equal_sums_of_the_exact_distribution() -> None:
    series = [Counted(d, n) for d, n in zip(stored("")["small"]["d"], stored("")["small"]["n"], strict=True)]
    chart = control_chart(ChartKind.P, series)
    p = chart.phases[0].centre
    for number, one in enumerate(series):
        n, k = int(one.out_of), int(one.count)
        side = range(k + 1) if one.value < p else range(k, n + 1)
        exact = sum(comb(n, x) * p**x * (1 - p) ** (n - x) for x in side)
        assert chart.tail(number) == pytest.approx(exact)
    rates = control_chart(ChartKind.U, [Counted(k, 100) for k in [3, 0, 9, 2, 4, 3, 5, 2, 3, 4, 1, 6]])
    mean = 100 * rates.phases[0].centre
    poisson = [exp(-mean) * mean**x / factorial(x) for x in range(12)]
    assert rates.tail(0) == pytest.approx(sum(poisson[:4]))
    assert rates.tail(2) == pytest.approx(1 - sum(poisson[:9]))


def test_few_to_count_give_no_alarms_of_their_own() -> None:
    """Nine in ten of about six meetings: every fourth calm series leaves three sigma, and not the tail."""
    random = default_rng(1)
    beyond, far = 0, 0
    for _ in range(300):
        due = random.integers(3, 10, 36)
        held = random.binomial(due, 0.9)
        chart = chart_of_counts(
            [Counted(float(d), float(n)) for d, n in zip(held, due, strict=True)], shares=True
        )
        beyond += bool(chart.outside)
        far += bool(chart.far_out)
    assert beyond / 300 > 0.15
    assert far / 300 < 0.03


@pytest.mark.parametrize(("about", "share", "restless"), [(6, 0.9, 0), (60, 0.6, 0), (60, 0.8, 0.05)])
def test_pages_call_about_one_calm_chart_in_ten_out_of_the_ordinary(
    about: int, share: float, restless: float
) -> None:
    """The sentence on the page: by a far point or by runs, with the most periods that a page draws."""
    random = default_rng(2)
    named = 0
    for _ in range(400):
        due = random.integers(about // 2, about * 3 // 2 + 1, 36)
        left = 1 / restless - 1 if restless else 1
        true = random.beta(share * left, (1 - share) * left, 36) if restless else np.full(36, share)
        held = random.binomial(due, true)
        chart = chart_of_counts(
            [Counted(float(d), float(n)) for d, n in zip(held, due, strict=True)], shares=True
        )
        named += bool(chart.far_out) or chart.phases[0].runs.signals
    assert 0.03 < named / 400 < 0.15


def test_limits_are_never_narrower_than_chance_alone() -> None:
    assert chart_of_counts(CALM, shares=True).kind is ChartKind.P
    assert chart_of_counts(CALM, shares=False).kind is ChartKind.U
    wild = [Counted(1 + 18 * (i % 2), 20) for i in range(12)]
    assert chart_of_counts(wild, shares=True).kind is ChartKind.P_LANEY


@given(series=counts, times=st.integers(2, 9))
def test_the_unit_of_what_is_counted_changes_nothing_but_the_scale(series: list[Counted], times: int) -> None:
    """A rate by the day and one by the hour tell the same story."""
    one = control_chart(ChartKind.U, series)
    other = control_chart(ChartKind.U, [Counted(x.count, x.out_of * times) for x in series])
    assert one.outside == other.outside
    for left, right in zip(one.points, other.points, strict=True):
        assert left.value == pytest.approx(right.value * times)
        assert left.sigma == pytest.approx(right.sigma * times)


@given(series=counts)
def test_shares_and_what_is_left_of_them_are_mirrored(series: list[Counted]) -> None:
    one = control_chart(ChartKind.P, series)
    other = control_chart(ChartKind.P, [Counted(x.out_of - x.count, x.out_of) for x in series])
    assert one.outside == other.outside
    assert one.phases[0].runs.longest == other.phases[0].runs.longest
    for left, right in zip(one.points, other.points, strict=True):
        mirrored = None if right.high is None else pytest.approx(1 - right.high, abs=1e-9)
        assert left.low == mirrored


def test_rules_by_hand() -> None:
    assert runs_about(0, [1, 1, 0, 1, -1, -1, 1]) == Runs(6, 3, 6, 2, 1)
    assert runs_about(0, [0, 0]) == Runs(0, 0, 0, 0, 0)
    two = western_electric([2.5, 2.5, 0, 3.5])
    assert [(one.rule, one.point) for one in two] == [
        (WesternRule.TWO_OF_THREE, 1),
        (WesternRule.BEYOND_THREE, 3),
        (WesternRule.TWO_OF_THREE, 3),
    ]


@pytest.mark.parametrize(
    ("series", "more", "fault"),
    [
        (CALM[:9], {}, ChartFault.CHART_TOO_FEW),
        ([], {}, ChartFault.CHART_TOO_FEW),
        ([*CALM, Counted(1, 0)], {}, ChartFault.CHART_NOT_A_COUNT),
        ([*CALM, Counted(-1, 4)], {}, ChartFault.CHART_NOT_A_COUNT),
        ([*CALM, Counted(float("nan"), 4)], {}, ChartFault.CHART_NOT_A_COUNT),
        ([*CALM, Counted(5, 4)], {}, ChartFault.CHART_MORE_THAN_ALL),
        ([Counted(0, 9)] * 12, {}, ChartFault.CHART_ALL_ALIKE),
        ([Counted(9, 9)] * 12, {}, ChartFault.CHART_ALL_ALIKE),
        (CALM, {"base": 9}, ChartFault.CHART_BASE),
        (CALM, {"base": 13}, ChartFault.CHART_BASE),
        (CALM * 2, {"base": 12, "phases": [12]}, ChartFault.CHART_BASE),
        (CALM * 2, {"phases": [12, 12]}, ChartFault.CHART_PHASES),
        (CALM * 2, {"phases": [24]}, ChartFault.CHART_PHASES),
        (CALM * 2, {"phases": [5]}, ChartFault.CHART_TOO_FEW),
    ],
)
def test_refusals(series: list[Counted], more: dict[str, Any], fault: Fault) -> None:
    with pytest.raises(Refused) as refused:
        control_chart(ChartKind.P, series, **more)
    assert refused.value.fault is fault


def test_a_series_that_never_moves_has_no_spread_of_its_own() -> None:
    with pytest.raises(Refused) as refused:
        control_chart(ChartKind.P_LANEY, [Counted(5, 20)] * 12)
    assert refused.value.fault is ChartFault.CHART_ALL_ALIKE
    assert not control_chart(ChartKind.P, [Counted(5, 20)] * 12).signals
