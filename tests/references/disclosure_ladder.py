"""How far one person can move a printed effect: the table behind the printing steps, by simulation.

For each class of (people, groups, conditions) organisations are drawn. In each, every person's row is moved
to every corner of its range, and each effect is solved again with the variance components held
(`one_step_influence`). The step of a class is the smallest of 1, 2, 5, 10, 20 points whose half no movement
in any of these organisations exceeds.

Writes src/replenish/disclosure/model_results/ladder.json:

    python -m tests.references.disclosure_ladder
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from replenish.basis.clock import today
from replenish.basis.errors import Refused
from replenish.statistics.influence import Kind, one_step_influence

ROOT = Path(__file__).resolve().parents[2]
LADDER = ROOT / "src" / "replenish" / "disclosure" / "model_results" / "ladder.json"

KINDS: tuple[Kind, ...] = ("own reports", "split voice")
PEOPLE = (50, 100, 200, 400, 800, 1600, 3200, 6400)
GROUPS = (5, 10, 20, 40, 80, 200)
CONDITIONS = (2, 6, 10)
STEPS = (1, 2, 5, 10, 20)
SMALLEST_GROUP = 4
FEWEST_ORGANISATIONS = 4

# Moves tried in one organisation beyond which fewer organisations, or none, are drawn: a matter of hours.
MOVES_SLOW: dict[Kind, int] = {"own reports": 60_000, "split voice": 15_000}
MOVES_TOO_MANY: dict[Kind, int] = {"own reports": 2_000_000, "split voice": 250_000}


@dataclass(frozen=True)
class Organisation:
    """Answers on 0-100 by column, shape (people,), and the group of each person."""

    columns: dict[str, NDArray[np.float64]]
    groups: NDArray[np.int64]


def draw_organisation(rng: np.random.Generator, people: int, groups: int, p: int) -> Organisation:
    """Groups of unequal size that differ little or much, related conditions, answers cut off at the ends."""
    spare = people - SMALLEST_GROUP * groups
    sizes = SMALLEST_GROUP + rng.multinomial(spare, rng.dirichlet(np.full(groups, 4.0)))
    unit_sd, person_sd = rng.uniform(4.0, 12.0), rng.uniform(15.0, 22.0)
    correlation = rng.uniform(0.0, 0.6)
    root = np.linalg.cholesky(np.full((p, p), correlation) + (1 - correlation) * np.eye(p))
    codes = np.repeat(np.arange(groups), sizes)
    centre = rng.normal(size=(groups, p)) @ root.T * unit_sd
    own = rng.normal(size=(people, p)) @ root.T * person_sd
    slopes = rng.normal(0.0, 0.3, size=p)
    outcome = (
        (centre @ slopes + rng.normal(0.0, rng.uniform(3.0, 8.0), groups))[codes]
        + 0.3 * own.mean(axis=1)
        + rng.normal(0.0, rng.uniform(14.0, 20.0), people)
    )
    conditions = np.clip(50 + centre[codes] + own, 0, 100)
    names = condition_names(p)
    return Organisation(
        {"outcome": np.clip(50 + outcome, 0, 100), **dict(zip(names, conditions.T, strict=True))}, codes
    )


def condition_names(p: int) -> list[str]:
    """The names of the conditions."""
    return [f"condition {j + 1}" for j in range(p)]


def largest_movement(organisation: Organisation, kind: Kind) -> float | None:
    """The furthest any effect moves when one row moves; None where the model prints nothing there."""
    names = [name for name in organisation.columns if name != "outcome"]
    ranges = dict.fromkeys(organisation.columns, (0.0, 100.0))
    try:
        moved = one_step_influence(
            organisation.columns, organisation.groups, "outcome", names, ranges, kind=kind
        )
    except Refused:
        return None
    return max(moved.values())


def movements(seed: int, kind: Kind, people: int, groups: int, p: int, organisations: int) -> list[float]:
    """The furthest movement in each of several organisations of one class."""
    found = []
    for number in range(organisations):
        rng = np.random.default_rng([seed, people, groups, p, number])
        movement = largest_movement(draw_organisation(rng, people, groups, p), kind)
        if movement is not None:
            found.append(movement)
    return found


def step_for(movement: float) -> int | None:
    """The smallest step of the ladder whose half holds the movement."""
    return next((step for step in STEPS if movement <= step / 2), None)


def simulate_class(task: tuple[Kind, int, int, int, int, int]) -> dict[str, object]:
    """One row of the table; `task` is (kind, people, groups, conditions, organisations, seed)."""
    kind, people, groups, p, organisations, seed = task
    share = min(1.0, MOVES_SLOW[kind] / (people * 2 ** (p + 1)))
    drawn = max(FEWEST_ORGANISATIONS, round(organisations * share))
    seen = movements(seed, kind, people, groups, p, drawn)
    again = movements(seed + 1, kind, people, groups, p, max(2, drawn // 2))
    # A model that refuses most organisations of a class has nothing to go by there.
    step = step_for(max(seen)) if 2 * len(seen) >= drawn else None
    return {
        "kind": kind,
        "people": people,
        "groups": groups,
        "conditions": p,
        "step": step,
        "organisations": len(seen),
        "median_movement": round(float(np.median(seen)), 3) if seen else None,
        "largest_movement": round(max(seen), 3) if seen else None,
        "fresh_organisations": len(again),
        "fresh_beyond_half_a_step": None if step is None else sum(m > step / 2 for m in again),
    }


def build_ladder(organisations: int, seed: int, processes: int) -> dict[str, object]:
    """The whole table, with what it was made from."""
    classes = [
        (kind, people, groups, p, organisations, seed)
        for kind, people, groups, p in itertools.product(KINDS, PEOPLE, GROUPS, CONDITIONS)
        if people >= SMALLEST_GROUP * groups
        and groups >= p + 3
        and people * 2 ** (p + 1) <= MOVES_TOO_MANY[kind]
    ]
    table = []
    with multiprocessing.Pool(processes) as pool:
        for row in pool.imap(simulate_class, classes):
            table.append(row)
            print(json.dumps(row), file=sys.stderr, flush=True)  # noqa: T201 - progress of a long run
    options = f"--organisations {organisations} --seed {seed}"
    return {
        "made_on": today().isoformat(),
        "command": f"python -m tests.references.disclosure_ladder {options}",
        "steps": list(STEPS),
        "people": list(PEOPLE),
        "groups": list(GROUPS),
        "conditions": list(CONDITIONS),
        "table": table,
    }


def main() -> None:
    """Make the table and write it where the room reads it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=30, help="drawn for each class, where fast")
    parser.add_argument("--seed", type=int, default=20240501)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--out", type=Path, default=LADDER)
    options = parser.parse_args()
    ladder = build_ladder(options.organisations, options.seed, options.processes)
    options.out.write_text(json.dumps(ladder, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
