from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import stats

from replenish.basis.errors import Fault, Refused
from replenish.basis.faults import StatisticsFault
from replenish.statistics.moments import Moments


def answers(rows: int = 200, *, offset: float = 0.0, seed: int = 1) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(3, rows)) + offset
    return {"hours": x[0], "leadership": 0.5 * x[0] + x[1], "wellbeing": x[2]}


@pytest.mark.parametrize("offset", [0.0, 7.3, 1e9])
def test_equals_numpy_on_the_rows(offset: float) -> None:
    columns = answers(offset=offset)
    rows = np.array(list(columns.values()))
    moments = Moments.of(columns)
    assert_allclose(list(moments.means().values()), rows.mean(axis=1), rtol=1e-12)
    assert_allclose(moments.covariance(), np.cov(rows), rtol=1e-12, atol=1e-14)
    assert_allclose(moments.correlation(), np.corrcoef(rows), rtol=1e-12, atol=1e-14)
    assert_allclose(moments.sd("hours"), rows[0].std(ddof=1), rtol=1e-12)


@pytest.mark.parametrize("offset", [0.0, 1e9])
def test_union_of_parts_equals_numpy_on_all_rows(offset: float) -> None:
    columns = answers(rows=5000, offset=offset)
    rows = np.array(list(columns.values()))
    cuts = [0, 1, 3, 700, 701, 5000]
    total = Moments.empty(list(columns))
    for low, high in pairwise(cuts):
        total = total + Moments.of({name: column[low:high] for name, column in columns.items()})
    assert total.n == 5000
    assert_allclose(total.covariance(), np.cov(rows), rtol=1e-12, atol=1e-14)
    assert_allclose(list(total.means().values()), rows.mean(axis=1), rtol=1e-12)


def test_interval_is_the_t_interval() -> None:
    x = answers(rows=12)["hours"]
    found = Moments.of({"hours": x}).interval("hours", 0.9)
    low, high = stats.t.interval(0.9, 11, loc=x.mean(), scale=stats.sem(x))
    assert_allclose([found.low, found.high], [low, high], rtol=1e-12)
    assert found.df == 11


def test_change_is_the_paired_t_test() -> None:
    columns = answers(rows=15)
    test = stats.ttest_rel(columns["wellbeing"], columns["hours"]).confidence_interval(0.95)
    found = Moments.of(columns).change("hours", "wellbeing")
    assert_allclose([found.low, found.high], [test.low, test.high], rtol=1e-12)


def test_change_from_sums_that_others_added_up() -> None:
    columns = answers(rows=15)
    d = columns["wellbeing"] - columns["hours"]
    sums = Moments.from_sums(["change"], 15, [d.sum()], [[(d * d).sum()]])
    found, expected = sums.interval("change"), Moments.of(columns).change("hours", "wellbeing")
    assert_allclose([found.low, found.high], [expected.low, expected.high], rtol=1e-12)


def test_a_scale_from_its_items() -> None:
    columns = answers()
    scale = (columns["hours"] + columns["leadership"]) / 2
    made = Moments.of(columns).extend({"scale": {"hours": 0.5, "leadership": 0.5}})
    direct = Moments.of({**columns, "scale": scale})
    assert made.names == direct.names
    assert_allclose(made.covariance(), direct.covariance(), rtol=1e-12)
    assert_allclose(made.mean("scale"), direct.mean("scale"), rtol=1e-12, atol=1e-15)


def test_incomplete_rows_are_left_out_and_counted() -> None:
    columns = answers(rows=6)
    columns["hours"][[0, 1]] = np.nan
    columns["wellbeing"][1] = np.nan
    moments = Moments.of(columns)
    assert moments.n == 4
    assert moments.left_out.rows == 2
    assert moments.left_out.missing == {"hours": 2, "wellbeing": 1}
    assert_allclose(moments.mean("leadership"), columns["leadership"][2:].mean(), rtol=1e-14)


def test_pairwise_uses_every_pair_of_answers() -> None:
    columns = answers(rows=40)
    columns["hours"][:7] = np.nan
    columns["wellbeing"][5:20] = np.nan
    both = ~np.isnan(columns["hours"]) & ~np.isnan(columns["wellbeing"])
    halves = [{name: c[s] for name, c in columns.items()} for s in (slice(0, 11), slice(11, None))]
    moments = Moments.of(halves[0], pairwise=True) + Moments.of(halves[1], pairwise=True)
    expected = np.cov(columns["hours"][both], columns["wellbeing"][both])[0, 1]
    correlation = np.corrcoef(columns["hours"][both], columns["wellbeing"][both])[0, 1]
    assert_allclose(moments.covariance()[0, 2], expected, rtol=1e-12)
    assert_allclose(moments.correlation()[0, 2], correlation, rtol=1e-12)
    assert moments.count("hours") == 33
    assert_allclose(moments.mean("hours"), np.nanmean(columns["hours"]), rtol=1e-12)
    with pytest.raises(Refused) as refused:
        moments.combine({"sum": {"hours": 1.0, "wellbeing": 1.0}})
    assert refused.value.fault is StatisticsFault.STATISTICS_PAIRWISE


@pytest.mark.parametrize(
    ("columns", "fault"),
    [
        ({}, StatisticsFault.STATISTICS_NO_COLUMN),
        ({"x": ["a", "b"]}, StatisticsFault.STATISTICS_NOT_NUMBERS),
        ({"x": [1.0, 2.0], "y": [1.0]}, StatisticsFault.STATISTICS_COLUMN_LENGTH),
        ({"x": [[1.0, 2.0]]}, StatisticsFault.STATISTICS_COLUMN_LENGTH),
        ({"x": [1.0, np.inf]}, StatisticsFault.STATISTICS_INFINITE),
        ({"x": [1.0, -np.inf, np.nan]}, StatisticsFault.STATISTICS_INFINITE),
        ({"x": [1.0, -1e200, np.nan]}, StatisticsFault.STATISTICS_TOO_LARGE),
    ],
)
def test_what_is_no_table_of_numbers_is_refused(columns: dict[str, object], fault: Fault) -> None:
    with pytest.raises(Refused) as refused:
        Moments.of(columns)  # type: ignore[arg-type]
    assert refused.value.fault is fault


def test_an_infinite_value_is_named_by_row_and_column() -> None:
    with pytest.raises(Refused, match=r"row 2, column 'x'"):
        Moments.of({"x": [1.0, np.inf, 3.0]})


def test_too_few_answers_for_an_interval_are_refused() -> None:
    one = Moments.of({"x": [1.0]})
    for ask in (lambda: one.interval("x"), lambda: one.sd("x"), lambda: Moments.empty(["x"]).mean("x")):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.fault is StatisticsFault.STATISTICS_TOO_FEW_ROWS


def test_unlike_columns_do_not_add_up() -> None:
    with pytest.raises(Refused) as refused:
        Moments.empty(["x"]) + Moments.empty(["y"])
    assert refused.value.fault is StatisticsFault.STATISTICS_COLUMNS_DIFFER


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0])
def test_an_impossible_level_is_refused(level: float) -> None:
    with pytest.raises(Refused) as refused:
        Moments.of({"x": [1.0, 2.0]}).interval("x", level)
    assert refused.value.fault is StatisticsFault.STATISTICS_LEVEL


def test_moments_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        Moments.of(answers()).products[0, 0] = 1.0
