"""Scoring 1,000,000 x 30 answers on three scales: ours, R psych's scoreItems and scoreFast, and copy-and-sum.

    python -m bench.scoring [--rows N] [--runs N] [--evidence]

All sides see the same float64 table. R reads it from a binary file before its clock starts, and every clock
holds the scoring call alone. The scores are compared before any ratio is printed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from bench.timing import PeerMissing, keep_evidence, machine_line, median_seconds, r_seconds
from numpy.typing import NDArray

from replenish.measures import library, scoring
from replenish.measures.pack import Pack

PACK = "proqol-5"  # 30 answers of 1-5 on three scales of ten, five of them reversed: scored as sums
TARGETS = {"scoreItems": 10.0, "scoreFast": 2.0}
COPY_AND_SUM_LIMIT = 5.0
_CHECKED_ROWS = 5_000


@dataclass(frozen=True)
class Figures:
    """Median seconds of each side, and the ratios that are published."""

    rows: int
    runs: int
    gaps: bool
    ours: float
    copy_and_sum: float
    peers: dict[str, float]

    @property
    def faster_than(self) -> dict[str, float]:
        """How many times faster than each peer."""
        return {name: seconds / self.ours for name, seconds in self.peers.items()}

    @property
    def copies(self) -> float:
        """How many copy-and-sums one scoring takes."""
        return self.ours / self.copy_and_sum

    @property
    def within_targets(self) -> bool:
        """Whether every published target is met."""
        return self.copies <= COPY_AND_SUM_LIMIT and all(
            ratio >= TARGETS[name] for name, ratio in self.faster_than.items()
        )


def measure(rows: int, runs: int, *, gaps: bool) -> Figures:
    """Time every side on one simulated table, after checking that all give the same scores.

    Args:
        rows: number of people.
        runs: timed calls of each side.
        gaps: leave out one answer in fifty people, where the pack's own rule and psych's part ways: then
            only people without a gap are compared.

    Raises:
        PeerMissing: R or psych is not on this machine.
    """
    pack = library.load_pack(PACK)
    table = _answers(rows, len(pack.items), gaps=gaps)
    ours = median_seconds(lambda: scoring.score(pack, table), runs)
    copy_and_sum = median_seconds(lambda: table.copy().sum(axis=1), runs)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.bin"
        np.asfortranarray(table).ravel(order="F").tofile(path)
        script, calls = _r_side(pack, path, table.shape)
        checked = min(rows, _CHECKED_ROWS)
        if gaps:
            del calls[
                "scoreItems"
            ]  # it takes half a minute a call and the published figure is the complete table
        wanted = {name: f"scores_of({call}, {checked})" for name, call in calls.items()}
        peers, results = r_seconds(
            script, calls, packages=["psych"], runs=min(runs, 3), results=list(wanted.values())
        )
    for name, expression in wanted.items():
        _compare(name, np.array(results[expression]), pack, table[:checked])
    return Figures(rows, runs, gaps, ours, copy_and_sum, peers)


def _answers(rows: int, items: int, *, gaps: bool) -> NDArray[np.float64]:
    draws = np.random.default_rng(20260101)
    person = draws.standard_normal((rows, 1))
    table = np.clip(np.rint(2.6 + 0.7 * person + 0.9 * draws.standard_normal((rows, items))), 1.0, 5.0)
    if gaps:
        some = draws.integers(0, rows, rows // 50)
        table[some, draws.integers(0, items, some.size)] = np.nan
    return table


def _r_side(pack: Pack, path: Path, shape: tuple[int, ...]) -> tuple[str, dict[str, str]]:
    """R code that reads the table and the keys and takes scores out of results, and the two calls."""
    codes = [item.code for item in pack.items]
    reversed_items = {item.code for item in pack.items if item.reverse}
    keys = ", ".join(
        f"{scale.code} = c("
        + ", ".join(json.dumps(("-" if code in reversed_items else "") + code) for code in scale.items)
        + ")"
        for scale in pack.scales
    )
    low, high = pack.response.min, pack.response.max
    script = f"""
answers <- matrix(readBin({json.dumps(path.as_posix())}, "double", {shape[0] * shape[1]}), nrow = {shape[0]})
answers[is.nan(answers)] <- NA
colnames(answers) <- c({", ".join(json.dumps(code) for code in codes)})
keys <- list({keys})
scores_of <- function(result, n) as.vector((if (is.list(result)) result$scores else result)[1:n, ])
"""
    options = f"totals = TRUE, min = {low}, max = {high}"
    return script, {
        "scoreItems": f'scoreItems(keys, answers, impute = "none", {options})',
        "scoreFast": f"scoreFast(keys, answers, {options})",
    }


def _compare(name: str, theirs: NDArray[np.float64], pack: Pack, table: NDArray[np.float64]) -> None:
    whole = ~np.isnan(table).any(axis=1)
    mine = np.stack(list(scoring.score(pack, table).scales.values()))
    other = theirs.reshape(mine.shape)
    if not np.allclose(mine[:, whole], other[:, whole], rtol=0.0, atol=1e-9):
        sys.exit(f"The scores differ from those of {name}; no ratio is printed.")


def _print(figures: Figures) -> None:
    kind = "with gaps" if figures.gaps else "complete"
    print(f"{figures.rows:,} x 30 answers, {kind}; median of {figures.runs} warm calls")
    print(f"  replenish            {figures.ours:8.4f} s")
    for name, ratio in figures.faster_than.items():
        verdict = "met" if ratio >= TARGETS[name] else "MISSED"
        print(
            f"  psych {name:<14} {figures.peers[name]:8.4f} s   replenish is {ratio:6.1f} x faster"
            f" (target {TARGETS[name]:g}: {verdict})"
        )
    verdict = "met" if figures.copies <= COPY_AND_SUM_LIMIT else "MISSED"
    print(
        f"  numpy copy-and-sum   {figures.copy_and_sum:8.4f} s   replenish takes {figures.copies:.2f} of them"
        f" (at most {COPY_AND_SUM_LIMIT:g}: {verdict})"
    )


def main() -> int:
    """Print the ratios; 1 when a target is missed, 2 when there is nothing to compare with."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument(
        "--evidence", action="store_true", help="keep the figures in docs/evidence/scoring.json"
    )
    arguments = parser.parse_args()
    print(machine_line())
    try:
        tables = [measure(arguments.rows, arguments.runs, gaps=gaps) for gaps in (False, True)]
    except PeerMissing as missing:
        print(missing, file=sys.stderr)
        return 2
    for figures in tables:
        _print(figures)
    if arguments.evidence:
        named = {
            "with gaps" if f.gaps else "complete": {**asdict(f), "faster_than": f.faster_than} for f in tables
        }
        print(f"kept in {keep_evidence('scoring', named)}")
    return 0 if tables[0].within_targets else 1


if __name__ == "__main__":
    raise SystemExit(main())
