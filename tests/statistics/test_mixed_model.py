"""What a mixed model refuses, and its special cases."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose
from numpy.typing import NDArray
from scipy import stats

from replenish.basis.errors import Refused
from replenish.basis.faults import StatisticsFault
from replenish.statistics.mixed_model import contrast, fit_mixed_model
from replenish.statistics.unit_codes import Labels
from replenish.statistics.unit_moments import UnitMoments

RNG = np.random.default_rng(5)
UNIT = np.repeat(np.arange(8), 6)
ROWS = len(UNIT)
X, Z, ERROR = RNG.normal(size=(3, ROWS))
EFFECT = RNG.normal(size=8)
TEAM = np.repeat(RNG.normal(size=8), 6)
Columns = dict[str, NDArray[np.float64]]


def columns(**more: NDArray[np.float64]) -> Columns:
    return {"y": 0.5 * X + EFFECT[UNIT] + ERROR, "x": X, "z": Z, "team": TEAM, **more}


def fault_of(
    table: Columns,
    outcome: str = "y",
    conditions: tuple[str, ...] = ("x", "z"),
    *,
    units: Labels = UNIT,
    parents: Labels | None = None,
    products: bool = True,
    **model: Any,  # noqa: ANN401 - whatever fit_mixed_model takes
) -> Refused:
    moments = UnitMoments.of(table, units, parents, per_unit_products=products)
    with pytest.raises(Refused) as refused:
        fit_mixed_model(moments, outcome, conditions, **model)
    return refused.value


def test_unknown_names_are_refused() -> None:
    for ask in ({"outcome": "mood"}, {"conditions": ("x", "mood")}):
        refused = fault_of(columns(), **ask)
        assert refused.fault is StatisticsFault.STATISTICS_COLUMN_UNKNOWN
        assert "column 'mood'" in str(refused)


def test_the_outcome_is_no_condition() -> None:
    assert (
        fault_of(columns(), conditions=("x", "y")).fault
        is StatisticsFault.STATISTICS_OUTCOME_AMONG_CONDITIONS
    )
    refused = fault_of(columns(), conditions=("x", "y"), split="within-between")
    assert refused.fault is StatisticsFault.STATISTICS_OUTCOME_AMONG_CONDITIONS


@pytest.mark.parametrize("split", [None, "within-between"])
def test_a_condition_listed_twice_is_refused(split: str | None) -> None:
    refused = fault_of(columns(), conditions=("x", "z", "x"), split=split)
    assert refused.fault is StatisticsFault.STATISTICS_CONDITION_TWICE
    assert refused.problems[0].place.column is not None
    assert refused.problems[0].place.column.startswith("x")


@pytest.mark.parametrize("value", [0.0, 0.1, 1e9 / 3])
@pytest.mark.parametrize("split", [None, "within-between"])
def test_a_constant_condition_is_named(value: float, split: str | None) -> None:
    refused = fault_of(columns(flat=np.full(ROWS, value)), conditions=("x", "flat"), split=split)
    assert refused.fault is StatisticsFault.STATISTICS_CONSTANT
    assert refused.problems[0].place.column is not None
    assert refused.problems[0].place.column.startswith("flat")


def test_a_constant_outcome_is_named() -> None:
    refused = fault_of(columns(y=np.full(ROWS, 3.3)))
    assert refused.fault is StatisticsFault.STATISTICS_CONSTANT


@pytest.mark.parametrize("offset", [0.0, 1e5])
def test_conditions_that_determine_each_other_are_named(offset: float) -> None:
    table = columns(total=2 * X - 3 * Z + offset)
    refused = fault_of(table, conditions=("x", "team", "z", "total"))
    assert refused.fault is StatisticsFault.STATISTICS_COLLINEAR
    assert "column 'total'" in str(refused)
    assert "(x, z)" in str(refused)


def test_conditions_that_nearly_determine_each_other_are_fitted() -> None:
    table = columns(total=2 * X - 3 * Z + 1e-3 * ERROR[::-1])
    model = fit_mixed_model(UnitMoments.of(table, UNIT), "y", ["x", "z", "total"])
    assert model.terms["total"].se > 50


def test_names_that_the_result_needs_are_refused() -> None:
    refused = fault_of(columns(**{"(intercept)": Z}), conditions=("(intercept)",))
    assert refused.fault is StatisticsFault.STATISTICS_NAME_TAKEN
    table = columns(**{"x (within units)": Z})
    refused = fault_of(table, conditions=("x", "x (within units)"), split="within-between")
    assert refused.fault is StatisticsFault.STATISTICS_NAME_TAKEN


def test_a_misspelt_choice_is_refused() -> None:
    assert fault_of(columns(), method="reml").fault is StatisticsFault.STATISTICS_CHOICE
    assert fault_of(columns(), split="between").fault is StatisticsFault.STATISTICS_CHOICE


def test_one_unit_is_refused() -> None:
    assert fault_of(columns(), units=np.zeros(ROWS, dtype=int)).fault is StatisticsFault.STATISTICS_ONE_UNIT


def test_units_of_one_row_are_refused() -> None:
    assert fault_of(columns(), units=np.arange(ROWS)).fault is StatisticsFault.STATISTICS_UNITS_OF_ONE


def test_too_few_rows_are_refused() -> None:
    few = {name: column[:4] for name, column in columns().items()}
    assert fault_of(few, units=[0, 0, 1, 1]).fault is StatisticsFault.STATISTICS_TOO_FEW_ROWS
    nearly_all_alone = {name: column[:10] for name, column in columns().items()}
    refused = fault_of(nearly_all_alone, units=[0, 0, *range(1, 9)])
    assert refused.fault is StatisticsFault.STATISTICS_TOO_FEW_ROWS


def test_no_complete_row_is_refused() -> None:
    assert fault_of(columns(x=np.full(ROWS, np.nan))).fault is StatisticsFault.STATISTICS_TOO_FEW_ROWS


def test_too_few_units_for_conditions_of_units_are_refused() -> None:
    unit = np.repeat(np.arange(3), 16)
    team = {"one": np.array([0.0, 1.0, 3.0])[unit], "two": np.array([1.0, 0.0, 0.5])[unit]}
    refused = fault_of(columns(**team), conditions=("x", "one", "two"), units=unit)
    assert refused.fault is StatisticsFault.STATISTICS_TOO_FEW_UNITS


def test_an_outcome_of_the_unit_is_refused() -> None:
    assert fault_of(columns(y=TEAM), conditions=("x",)).fault is StatisticsFault.STATISTICS_NOTHING_LEFT


def test_an_outcome_explained_exactly_is_refused() -> None:
    assert fault_of(columns(y=3 * X - Z + TEAM)).fault is StatisticsFault.STATISTICS_NOTHING_LEFT


def test_values_too_large_to_square_are_refused() -> None:
    with pytest.raises(Refused, match="row 1, column 'x'") as refused:
        UnitMoments.of(columns(x=X * 1e200), UNIT)
    assert refused.value.fault is StatisticsFault.STATISTICS_TOO_LARGE


def test_what_random_slopes_need() -> None:
    slope: dict[str, Any] = {"random_slope": "x"}
    assert fault_of(columns(), products=False, **slope).fault is StatisticsFault.STATISTICS_UNIT_PRODUCTS
    flat = fault_of(columns(), conditions=("x", "team"), random_slope="team")
    assert flat.fault is StatisticsFault.STATISTICS_SLOPE_FLAT
    flat = fault_of(columns(), conditions=("x", "team"), random_slope="team", split="within-between")
    assert flat.fault is StatisticsFault.STATISTICS_SLOPE_FLAT
    missing = fault_of(columns(), conditions=("z",), **slope)
    assert missing.fault is StatisticsFault.STATISTICS_SLOPE_NOT_A_CONDITION
    three = fault_of(columns(), parents=UNIT // 2, **slope)
    assert three.fault is StatisticsFault.STATISTICS_SLOPES_IN_THREE_LEVELS
    pairs = fault_of(columns(), units=np.arange(ROWS) // 2, **slope)
    assert pairs.fault is StatisticsFault.STATISTICS_TOO_FEW_ROWS


def test_what_three_levels_need() -> None:
    assert fault_of(columns(), parents=UNIT * 0).fault is StatisticsFault.STATISTICS_ONE_PARENT
    assert fault_of(columns(), parents=UNIT).fault is StatisticsFault.STATISTICS_PARENTS_OF_ONE


def test_balanced_groups_give_the_variances_of_analysis_of_variance() -> None:
    table = columns()
    model = fit_mixed_model(UnitMoments.of(table, UNIT), "y", [])
    groups = table["y"].reshape(8, 6)
    within = groups.var(axis=1, ddof=1).mean()
    between = groups.mean(axis=1).var(ddof=1) - within / 6
    assert_allclose(model.variance["residual"], within, rtol=1e-10)
    assert_allclose(model.variance["unit"], between, rtol=1e-9)
    assert_allclose(model.icc, between / (between + within), rtol=1e-9)
    mean = model.terms["(intercept)"]
    low, high = stats.t.interval(0.95, 7, loc=groups.mean(), scale=stats.sem(groups.mean(axis=1)))
    assert_allclose([mean.low, mean.high], [low, high], rtol=1e-6)
    assert_allclose(mean.df, 7, rtol=1e-6)


def test_units_that_do_not_differ_are_a_normal_answer() -> None:
    alike = ERROR.reshape(8, 6)
    table = {"y": (alike - 0.999 * alike.mean(axis=1, keepdims=True)).ravel(), "x": X}
    model = fit_mixed_model(UnitMoments.of(table, UNIT), "y", ["x"])
    assert model.variance["unit"] == 0
    assert model.icc == 0
    assert model.at_boundary
    line = stats.linregress(X, table["y"])
    assert_allclose([model.terms["x"].estimate, model.terms["x"].se], [line.slope, line.stderr], rtol=1e-9)
    assert_allclose(model.terms["x"].df, ROWS - 2, rtol=1e-6)


def test_far_from_zero_nothing_is_lost() -> None:
    near, far = columns(), columns(x=X + 1e8)
    far["y"] = far["y"] + 1e6
    one, two = (fit_mixed_model(UnitMoments.of(table, UNIT), "y", ["x", "z"]) for table in (near, far))
    for name in ("x", "z"):
        assert_allclose(two.terms[name].estimate, one.terms[name].estimate, rtol=1e-6)
        assert_allclose(two.terms[name].se, one.terms[name].se, rtol=1e-6)
    assert_allclose(two.variance["unit"], one.variance["unit"], rtol=1e-6)


def test_the_level_widens_the_interval() -> None:
    moments = UnitMoments.of(columns(), UNIT)
    narrow, wide = (fit_mixed_model(moments, "y", ["x"], level=level).terms["x"] for level in (0.5, 0.99))
    assert narrow.se == wide.se
    assert wide.low < narrow.low < narrow.estimate < narrow.high < wide.high


def test_a_split_keeps_only_the_parts_that_vary() -> None:
    swing = np.tile([-1.0, 1.0, -2.0, 2.0, -3.0, 3.0], 8)
    table = columns(swing=swing)
    model = fit_mixed_model(UnitMoments.of(table, UNIT), "y", ["x", "team", "swing"], split="within-between")
    assert list(model.terms) == [
        "(intercept)",
        "x (between units)",
        "x (within units)",
        "team (between units)",
        "swing (within units)",
    ]


def test_a_contrast_of_one_term_is_that_term() -> None:
    model = fit_mixed_model(UnitMoments.of(columns(), UNIT), "y", ["x", "z"])
    one = contrast(model, {"x": 1.0})
    assert_allclose(
        [one.estimate, one.se, one.low],
        [model.terms["x"].estimate, model.terms["x"].se, model.terms["x"].low],
    )
    with pytest.raises(Refused) as refused:
        contrast(model, {"mood": 1.0})
    assert refused.value.fault is StatisticsFault.STATISTICS_COLUMN_UNKNOWN
