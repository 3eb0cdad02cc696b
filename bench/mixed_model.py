"""A mixed model of 1,000,000 rows in 50,000 units, six columns: our fold and fit, and R lme4.

    python -m bench.mixed_model [--rows N] [--units N] [--runs N] [--evidence]

Both sides fit `y ~ a + b + c + d + e + (1 | unit)` by REML to the same table. R reads it from a binary file
before its clock starts, which holds the call of lmer alone. The estimates are compared before any ratio.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import tracemalloc
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from bench.timing import PeerMissing, keep_evidence, machine_line, median_seconds, r_seconds
from numpy.typing import NDArray

from replenish.statistics.mixed_model import MixedModel, fit_mixed_model
from replenish.statistics.unit_moments import UnitMoments

OUTCOME = "y"
CONDITIONS = ("a", "b", "c", "d", "e")
FIT_TARGET, WHOLE_TARGET = 200.0, 20.0
# lme4's optimiser stops before ours; agreement to lme4 itself at its tightest is what the tests hold.
SAME = 1e-4


@dataclass(frozen=True)
class Answers:
    """A table of six columns and the unit of each row."""

    columns: dict[str, NDArray[np.float64]]
    unit: NDArray[np.int64]

    @property
    def size(self) -> int:
        """Bytes of the table, units included."""
        return self.unit.nbytes + sum(column.nbytes for column in self.columns.values())


@dataclass(frozen=True)
class Figures:
    """Median seconds of each side, and what is published about them."""

    rows: int
    units: int
    runs: int
    fold: float
    fit: float
    fit_of_a_tenth_of_the_rows: float
    lme4: float
    fold_memory_by_table: float

    @property
    def fit_faster(self) -> float:
        """How many times faster the fit is than lme4."""
        return self.lme4 / self.fit

    @property
    def whole_faster(self) -> float:
        """How many times faster fold and fit together are than lme4."""
        return self.lme4 / (self.fold + self.fit)

    @property
    def within_targets(self) -> bool:
        """Whether both published targets are met."""
        return self.fit_faster >= FIT_TARGET and self.whole_faster >= WHOLE_TARGET


def simulate(rows: int, units: int) -> Answers:
    """Draw a table with known effects of five conditions and of units."""
    draws = np.random.default_rng(20260102)
    unit = draws.integers(0, units, rows)
    columns = {
        name: 0.5 * draws.standard_normal(units)[unit] + draws.standard_normal(rows) for name in CONDITIONS
    }
    effects = np.linspace(-0.4, 0.4, len(CONDITIONS))
    outcome = 0.4 * draws.standard_normal(units)[unit] + draws.standard_normal(rows)
    for effect, column in zip(effects, columns.values(), strict=True):
        outcome += effect * column
    return Answers({OUTCOME: outcome, **columns}, unit)


def fold(answers: Answers) -> UnitMoments:
    """One fold of the table."""
    return UnitMoments.of(answers.columns, answers.unit)


def fit(moments: UnitMoments) -> MixedModel:
    """One fit of the model."""
    return fit_mixed_model(moments, OUTCOME, CONDITIONS)


def measure(rows: int, units: int, runs: int) -> Figures:
    """Time every side on one table, after checking that both give the same model.

    Raises:
        PeerMissing: R or lme4 is not on this machine.
    """
    answers = simulate(rows, units)
    fold_time = median_seconds(lambda: fold(answers), runs)
    moments = fold(answers)
    fit_time = median_seconds(lambda: fit(moments), runs)
    tenth = fold(simulate(rows // 10, units))
    tenth_time = median_seconds(lambda: fit(tenth), runs)
    memory = _fold_memory(answers)
    lme4 = _lme4_seconds(answers, fit(moments))
    return Figures(rows, len(moments.n), runs, fold_time, fit_time, tenth_time, lme4, memory / answers.size)


def _fold_memory(answers: Answers) -> int:
    tracemalloc.start()
    fold(answers)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def _lme4_seconds(answers: Answers, ours: MixedModel) -> float:
    formula = f"{OUTCOME} ~ {' + '.join(CONDITIONS)} + (1 | unit)"
    results = ["lme4::fixef(model)", "as.data.frame(lme4::VarCorr(model))$vcov"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.bin"
        table = np.vstack([*answers.columns.values(), answers.unit.astype(np.float64)])
        table.tofile(path)
        names = ", ".join(json.dumps(name) for name in [*answers.columns, "unit"])
        script = f"""
answers <- as.data.frame(matrix(readBin({json.dumps(path.as_posix())}, "double", {table.size}),
  nrow = {table.shape[1]}))
names(answers) <- c({names})
answers$unit <- factor(answers$unit)
"""
        call = {"lmer": f"model <- lmer({formula}, answers, REML = TRUE)"}
        seconds, found = r_seconds(script, call, packages=["lme4"], runs=1, results=results)
    theirs = np.concatenate([found[result] for result in results])
    mine = [*(term.estimate for term in ours.terms.values()), *ours.variance.values()]
    if not np.allclose(mine, theirs, rtol=SAME, atol=SAME**2):
        sys.exit("The estimates differ from those of lme4; no ratio is printed.")
    return seconds["lmer"]


def _print(figures: Figures) -> None:
    print(
        f"{figures.rows:,} rows, {figures.units:,} units, {len(CONDITIONS) + 1} columns, random intercept;"
        f" median of {figures.runs} warm calls (lmer: one warm call)"
    )
    print(f"  fold                 {figures.fold:9.4f} s   peak {figures.fold_memory_by_table:.2f} tables")
    for name, seconds, ratio, target in [
        ("fit", figures.fit, figures.fit_faster, FIT_TARGET),
        ("fold and fit", figures.fold + figures.fit, figures.whole_faster, WHOLE_TARGET),
    ]:
        verdict = "met" if ratio >= target else "MISSED"
        print(
            f"  {name:<20} {seconds:9.4f} s   {ratio:7.0f} x faster than lme4 (target {target:g}: {verdict})"
        )
    print(
        f"  fit, a tenth of rows {figures.fit_of_a_tenth_of_the_rows:9.4f} s"
        f"   {figures.fit / figures.fit_of_a_tenth_of_the_rows:.2f} x the time for ten times the rows"
    )
    print(f"  lme4 lmer            {figures.lme4:9.4f} s")


def main() -> int:
    """Print the ratios; 1 when a target is missed, 2 when there is nothing to compare with."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--units", type=int, default=50_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument(
        "--evidence", action="store_true", help="keep the figures in docs/evidence/mixed_model.json"
    )
    arguments = parser.parse_args()
    print(machine_line())
    try:
        figures = measure(arguments.rows, arguments.units, arguments.runs)
    except PeerMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    _print(figures)
    if arguments.evidence:
        named = {
            **asdict(figures),
            "fit_faster": figures.fit_faster,
            "whole_faster": figures.whole_faster,
        }
        print(f"kept in {keep_evidence('mixed_model', named)}")
    return 0 if figures.within_targets else 1


if __name__ == "__main__":
    raise SystemExit(main())
