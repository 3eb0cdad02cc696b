"""Every figure of a mixed model against lme4 (references/statistics_mixed.R)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.statistics.mixed_references import (
    REFERENCES,
    Table,
    largest_differences,
    read_columns,
    reference_cases,
)

from replenish.statistics.mixed_model import MixedModel, fit_mixed_model
from replenish.statistics.unit_moments import UnitMoments

TOLERANCE = {
    "estimate": 1e-6,
    "se": 1e-6,
    "variance": 1e-6,
    "covariance": 1e-6,
    "deviance": 1e-9,
    "df": 1e-4,  # numerical second derivatives on the side of the reference
}
METHODS: tuple[Literal["REML", "ML"], ...] = ("REML", "ML")


def place_and_size(unit: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    size = np.array([(unit == u).sum() for u in unit])
    place = np.array([(unit[:i] == u).sum() + 1 for i, u in enumerate(unit)])
    return place, size


def moments_of(
    table: Table,
    columns: list[str],
    rows: NDArray[np.bool_] | None = None,
    *,
    three: bool = False,
    products: bool = False,
) -> UnitMoments:
    kept = slice(None) if rows is None else rows
    parents = table["parent"][kept] if three else None
    chosen = {name: table[name][kept] for name in columns}
    return UnitMoments.of(chosen, table["unit"][kept], parents, per_unit_products=products)


@cache
def simulated() -> Table:
    return read_columns(REFERENCES / "statistics_mixed_simulated.csv")


def fit_simulated(case: str, method: Literal["REML", "ML"]) -> MixedModel:
    table = simulated()
    place, size = place_and_size(table["unit"])
    both = ["hours", "leadership"]
    match case:
        case "intercepts":
            return fit_mixed_model(moments_of(table, [case, *both]), case, both, method=method)
        case "mean alone":
            return fit_mixed_model(moments_of(table, ["intercepts"]), "intercepts", [], method=method)
        case "unit size":
            m = moments_of(table, ["intercepts", "hours", "size"])
            return fit_mixed_model(m, "intercepts", ["hours", "size"], method=method)
        case "balanced":
            m = moments_of(table, ["intercepts", "hours"], (size >= 5) & (place <= 5))
            return fit_mixed_model(m, "intercepts", ["hours"], method=method)
        case "boundary":
            return fit_mixed_model(moments_of(table, ["alike", *both]), "alike", both, method=method)
        case "slope":
            m = moments_of(table, ["slopes", *both], products=True)
            return fit_mixed_model(m, "slopes", both, method=method, random_slope="leadership")
        case "two slopes" | "two slopes at an edge":
            outcome = "steep" if case == "two slopes" else "slopes"
            m = moments_of(table, [outcome, *both], size > 2, products=True)
            return fit_mixed_model(m, outcome, both, method=method, random_slope=both)
        case "three levels":
            m = moments_of(table, ["three", *both], three=True)
            return fit_mixed_model(m, "three", both, method=method)
        case "three levels boundary":
            m = moments_of(table, ["alike", "hours"], three=True)
            return fit_mixed_model(m, "alike", ["hours"], method=method)
        case _:
            m = moments_of(table, ["intercepts", *both])
            return fit_mixed_model(m, "intercepts", both, method=method, split="within-between")


def assert_equal_to_lme4(model: MixedModel, file: str, case: str) -> None:
    differences = largest_differences(model, reference_cases(file)[f"{case} {model.method}"])
    assert {kind: size for kind, size in differences.items() if size > TOLERANCE[kind]} == {}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "case",
    [
        "intercepts",
        "mean alone",
        "unit size",
        "balanced",
        "boundary",
        "slope",
        "two slopes",
        "two slopes at an edge",
        "three levels",
        "three levels boundary",
        "split",
    ],
)
def test_simulated(case: str, method: Literal["REML", "ML"]) -> None:
    model = fit_simulated(case, method)
    assert_equal_to_lme4(model, "statistics_mixed_simulated.json", case)
    assert model.at_boundary == ("boundary" in case or "edge" in case)
    assert (min(model.variance.values()) == 0) == ("boundary" in case)


@pytest.mark.realdata
@pytest.mark.parametrize("method", METHODS)
def test_soldiers(realdata: Callable[[str], Path], method: Literal["REML", "ML"]) -> None:
    table = read_columns(realdata("bh1996.csv"))
    both = ["hours", "leadership"]
    m = moments_of(table, ["wellbeing", *both], products=True)
    file = "statistics_mixed_realdata.json"
    assert_equal_to_lme4(fit_mixed_model(m, "wellbeing", both, method=method), file, "bh1996")
    split = fit_mixed_model(m, "wellbeing", both, method=method, split="within-between")
    assert_equal_to_lme4(split, file, "bh1996 split")
    slope = fit_mixed_model(m, "wellbeing", both, method=method, random_slope="hours")
    assert_equal_to_lme4(slope, file, "bh1996 slope")


@pytest.mark.realdata
@pytest.mark.parametrize("method", METHODS)
def test_nurses_in_wards_in_hospitals(realdata: Callable[[str], Path], method: Literal["REML", "ML"]) -> None:
    table = read_columns(realdata("hox_nurses.csv"))
    names = {"experiment": "experiment", "Male": "male", "special care": "special"}
    table = {**table, **{new: table[old] for old, new in names.items()}}
    table |= {"unit": table["ward"], "parent": table["hospital"]}
    covariates = ["experiment", "age", "male", "experien", "special", "medium", "large"]
    m = moments_of(table, ["stress", *covariates], three=True)
    file = "statistics_mixed_realdata.json"
    assert_equal_to_lme4(fit_mixed_model(m, "stress", [], method=method), file, "nurses mean alone")
    assert_equal_to_lme4(fit_mixed_model(m, "stress", ["experiment"], method=method), file, "nurses")
    full = fit_mixed_model(m, "stress", covariates, method=method)
    assert_equal_to_lme4(full, file, "nurses covariates")


@pytest.mark.live_r
def test_the_script_still_writes_what_is_stored(tmp_path: Path) -> None:
    subprocess.run(["Rscript", str(REFERENCES / "statistics_mixed.R"), str(tmp_path)], check=True)
    name = "statistics_mixed_simulated.json"
    made = json.loads((tmp_path / name).read_text(encoding="utf-8"))["cases"]
    for case, stored in reference_cases(name).items():
        assert made[case]["deviance"] == pytest.approx(stored["deviance"], rel=1e-9)
        for term, figures in stored["terms"].items():
            for kind in ("estimate", "se"):
                assert made[case]["terms"][term][kind] == pytest.approx(figures[kind], rel=1e-6)
