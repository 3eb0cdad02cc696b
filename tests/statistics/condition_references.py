"""Stored results of R about reliability, agreement and conditions, and the worlds of the simulations."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from replenish.statistics.unit_moments import UnitMoments

REFERENCES = Path(__file__).resolve().parent.parent / "references"

Floats = NDArray[np.float64]


def stored(topic: str) -> dict[str, Any]:
    """What the script of this topic wrote."""
    found: dict[str, Any] = json.loads((REFERENCES / f"statistics_{topic}.json").read_text(encoding="utf-8"))
    return found


def table_of(rows: dict[str, list[float]], *, without: str = "unit") -> dict[str, Floats]:
    return {name: np.array(column, dtype=np.float64) for name, column in rows.items() if name != without}


def moments_of_rows(rows: dict[str, list[float]]) -> UnitMoments:
    return UnitMoments.of(table_of(rows), [int(u) for u in rows["unit"]], per_unit_products=True)


def shared_mood(
    rng: np.random.Generator, *, units: int, size: int, effect: float = 0.0
) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Unit, condition and outcome where a person's mood colours both and the true effect is known.

    The condition differs between units with standard deviation .5; mood moves the condition by -.6 and the
    outcome by +.6.
    """
    unit = np.repeat(np.arange(units), size)
    mood = rng.normal(size=len(unit))
    truth = rng.normal(0, 0.5, units)[unit]
    condition = truth - 0.6 * mood + rng.normal(0, 0.8, len(unit))
    team = rng.normal(0, 0.35, units)[unit]
    outcome = effect * truth + 0.6 * mood + team + rng.normal(0, 0.8, len(unit))
    return unit, condition, outcome


def answers(path: Path, names: list[str]) -> dict[str, Floats]:
    """Some columns of numbers of a CSV file, NaN where R wrote NA."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        name: np.array([float("nan" if row[name] == "NA" else row[name]) for row in rows]) for name in names
    }
