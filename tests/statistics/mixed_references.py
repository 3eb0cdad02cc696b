"""Reading of tables and of lme4's results, and their comparison with fitted models."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from replenish.statistics.mixed_model import MixedModel

REFERENCES = Path(__file__).resolve().parent.parent / "references"

Table = dict[str, NDArray[np.float64]]


class ReferenceTerm(TypedDict):
    """One coefficient."""

    estimate: float
    se: float
    df: float


class ReferencePair(TypedDict):
    """One covariance of effects of a unit."""

    one: str
    other: str
    covariance: float


class Reference(TypedDict):
    """One model as lme4 has fitted it."""

    n: int
    units: int
    terms: dict[str, ReferenceTerm]
    variance: dict[str, float]
    unit_covariance: list[ReferencePair]
    covariance: list[list[float]]
    deviance: float


def reference_cases(name: str) -> dict[str, Reference]:
    cases: dict[str, Reference] = json.loads((REFERENCES / name).read_text(encoding="utf-8"))["cases"]
    return cases


def read_columns(path: Path) -> Table:
    """Columns of numbers; a column of text gives one column of 0 and 1 for each of its values."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns: Table = {}
    for name in rows[0]:
        values = [row[name] for row in rows]
        if all(_is_number(value) for value in values):
            columns[name] = np.array(values, dtype=np.float64)
        else:
            for kind in dict.fromkeys(values):
                columns[kind] = np.array([value == kind for value in values], dtype=np.float64)
    return columns


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def term_name(name: str) -> str:
    """Name of a split condition as R's formula had to spell it."""
    return name.replace(" (between units)", "_between").replace(" (within units)", "_within")


def largest_differences(model: MixedModel, expected: Reference) -> dict[str, float]:
    """Largest relative difference by kind of figure; of a variance of zero, relative to the residual."""
    names = list(model.terms)
    assert [term_name(name) for name in names] == list(expected["terms"])
    assert list(model.variance) == list(expected["variance"])
    assert (model.n, model.units) == (expected["n"], expected["units"])
    pairs = [(model.unit_covariance[_pair(pair)], pair["covariance"]) for pair in expected["unit_covariance"]]
    assert len(pairs) == len(model.unit_covariance)
    residual = expected["variance"]["residual"]
    variances = [(model.variance[name], value) for name, value in expected["variance"].items()]
    V = np.array([[model.covariance[a, b] for b in names] for a in names])
    scale = np.sqrt(np.outer(np.diag(V), np.diag(V)))
    return {
        "estimate": max(
            abs(model.terms[name].estimate / expected["terms"][term_name(name)]["estimate"] - 1)
            for name in names
        ),
        "se": max(abs(model.terms[name].se / expected["terms"][term_name(name)]["se"] - 1) for name in names),
        "variance": max(abs(ours - value) / (value or residual) for ours, value in variances + pairs),
        "covariance": float(np.abs((V - np.array(expected["covariance"])) / scale).max()),
        "deviance": abs(model.deviance / expected["deviance"] - 1),
        "df": max(abs(model.terms[name].df / expected["terms"][term_name(name)]["df"] - 1) for name in names),
    }


def _pair(pair: ReferencePair) -> tuple[str, str]:
    return pair["one"], pair["other"]
