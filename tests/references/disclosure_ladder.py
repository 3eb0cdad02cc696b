"""How far one person can move a printed effect: the table behind the printing steps, by simulation.

For each class of (people, groups, conditions) organisations are drawn. In each, people who can move an effect
most (the most unusual one of each of many groups, the most unusual of all, others by chance) are moved to
corners of the range of answers, and each effect is solved again by the estimator that reports use, with the
variance components and the distance between the quarters held. The step of a class is the smallest of 1, 2,
5, 10, 20 points whose half holds the largest movement seen, with a margin: a quarter, and double by others'
reports. Fresh organisations then count how often half a step is exceeded.

Writes src/replenish/disclosure/model_results/ladder.json, in about seven minutes on one core:

    python -m tests.references.disclosure_ladder
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from replenish.basis.clock import today
from replenish.basis.errors import Refused
from replenish.statistics.agreement import one_way
from replenish.statistics.conditions import QUARTERS_APART
from replenish.statistics.influence import Kind, _own_reports, _split_voice
from replenish.statistics.ridge import ridge_design
from replenish.statistics.unit_moments import UnitMoments

ROOT = Path(__file__).resolve().parents[2]
LADDER = ROOT / "src" / "replenish" / "disclosure" / "model_results" / "ladder.json"

KINDS: tuple[Kind, ...] = ("own reports", "split voice")
PEOPLE = (50, 100, 200, 400, 800, 1600, 3200, 6400)
GROUPS = (5, 10, 20, 40, 80, 200)
CONDITIONS = (2, 6, 10)
STEPS = (1, 2, 5, 10, 20)
# With a quarter more, 6 of 342 organisations never used for the table went beyond by others' reports.
MARGIN: dict[Kind, float] = {"own reports": 1.25, "split voice": 2.0}
SMALLEST_GROUP = 4
SOLVED_AT_ONCE = 1024

PEOPLE_MOVED: dict[Kind, int] = {"own reports": 240, "split voice": 40}
# All corners where there are no more, else so many drawn at random.
CORNERS_TRIED: dict[Kind, int] = {"own reports": 128, "split voice": 64}

# Organisations of large classes resemble one another more, and by others' reports they take longest.
LARGE = 400
FRESH_KEPT = 5
SHARE_WHERE_LARGE: dict[Kind, float] = {"own reports": 0.5, "split voice": 0.2}


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


def extreme_people(
    rows: NDArray[np.float64], groups: NDArray[np.int64], wanted: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """The most unusual person of many groups, the most unusual of all, and others by chance.

    Whose row moves an effect most depends on the group more than on the person; the smallest and the
    largest groups come first.

    Args:
        rows: answers, shape (people, columns).
        groups: shape (people,).
        wanted: about how many; all where there are no more.
        rng: for those by chance.
    """
    if len(rows) <= wanted:
        return np.arange(len(rows))
    unusual = (((rows - rows.mean(axis=0)) / rows.std(axis=0)) ** 2).sum(axis=1)
    by_size = np.argsort(np.bincount(groups), kind="stable")
    part = wanted // 4
    chosen = by_size if wanted >= 2 * by_size.size else np.concatenate([by_size[:part], by_size[-part:]])
    each = [np.flatnonzero(groups == group) for group in chosen]
    most = [int(members[np.argmax(unusual[members])]) for members in each]
    some = [int(rng.choice(members)) for members in each]
    return np.unique(np.concatenate([most, some, np.argsort(-unusual)[: wanted // 8]]))


def largest_movement(
    organisation: Organisation, kind: Kind, rng: np.random.Generator, *, people: int | None = None
) -> float | None:
    """The furthest any effect moves when one row moves; None where the model prints nothing there."""
    names = list(organisation.columns)
    rows = np.column_stack([organisation.columns[name] for name in names])
    corners = np.array(list(itertools.product((0.0, 100.0), repeat=len(names))))
    if len(corners) > CORNERS_TRIED[kind]:
        corners = corners[rng.choice(len(corners), CORNERS_TRIED[kind], replace=False)]
    moved = extreme_people(rows, organisation.groups, people or PEOPLE_MOVED[kind], rng)
    moves = _moves(rows[moved], organisation.groups[moved], corners)
    try:
        moments = UnitMoments.of(organisation.columns, organisation.groups, per_unit_products=True)
        if kind == "own reports":
            change = _own_reports(moments, ridge_design(moments, names[0], names[1:], ()), moves)
        else:
            change = _split_voice(moments, names, moves)
    except Refused:
        return None
    between = [max(one_way(moments, name).variance_between, 0.0) for name in names[1:]]
    return float(np.max(change * QUARTERS_APART * np.sqrt(between)))


def _moves(
    rows: NDArray[np.float64], groups: NDArray[np.int64], corners: NDArray[np.float64]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]]:
    """Group, old row and new row of every move, a few people at a time."""
    step = max(1, SOLVED_AT_ONCE // len(corners))
    for start in range(0, len(rows), step):
        part = slice(start, start + step)
        old = np.repeat(rows[part], len(corners), axis=0)
        yield np.repeat(groups[part], len(corners)), old, np.tile(corners, (len(rows[part]), 1))


def movements(seed: int, kind: Kind, people: int, groups: int, p: int, organisations: int) -> list[float]:
    """The furthest movement in each of several organisations of one class."""
    found = []
    for number in range(organisations):
        rng = np.random.default_rng([seed, people, groups, p, number])
        movement = largest_movement(draw_organisation(rng, people, groups, p), kind, rng)
        if movement is not None:
            found.append(movement)
    return found


def step_for(movement: float) -> int | None:
    """The smallest step of the ladder whose half holds the movement."""
    return next((step for step in STEPS if movement <= step / 2), None)


def simulate_class(task: tuple[Kind, int, int, int, int, int]) -> dict[str, object]:
    """One row of the table; `task` is (kind, people, groups, conditions, organisations, seed)."""
    kind, people, groups, p, organisations, seed = task
    drawn = round(organisations * (SHARE_WHERE_LARGE[kind] if people >= LARGE else 1.0))
    seen = movements(seed, kind, people, groups, p, drawn)
    again = movements(seed + 1, kind, people, groups, p, drawn // 2)
    # A model that refuses most organisations of a class has nothing to go by there.
    step = step_for(MARGIN[kind] * max(seen)) if 2 * len(seen) >= drawn else None
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
        "largest_fresh_movements": [round(movement, 3) for movement in sorted(again)[-FRESH_KEPT:]],
        "fresh_beyond_half_a_step": None if step is None else sum(m > step / 2 for m in again),
    }


def build_ladder(organisations: int, seed: int, processes: int) -> dict[str, object]:
    """The whole table, with what it was made from."""
    classes = [
        (kind, people, groups, p, organisations, seed)
        for kind, people, groups, p in itertools.product(KINDS, PEOPLE, GROUPS, CONDITIONS)
        if people >= SMALLEST_GROUP * groups and groups >= p + 3
    ]
    table = []
    with multiprocessing.Pool(processes) as pool:
        for row in pool.imap(simulate_class, classes):
            table.append(row)
            print(json.dumps(row), file=sys.stderr, flush=True)
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
