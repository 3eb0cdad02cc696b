"""How far one person can move a printed effect: the table behind the printing steps, by simulation.

For each class of (people, groups) many organisations are drawn. In each, one person's row (outcome and all
conditions) is moved to every corner of its range, and the effect of each condition between groups (the
slope times the distance between the quarters of the group means, on 0-100) is estimated again with the
variance components held. The step of a class is the smallest of 1, 2, 5, 10, 20 whose half is not exceeded
by any movement of the estimate or of either end of its interval, in any of the organisations drawn.

Writes src/replenish/disclosure/model_results/ladder.json:

    python -m tests.references.disclosure_ladder
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from replenish.basis.clock import today

Floats = NDArray[np.float64]
Kind = Literal["own reports", "split voice"]
KINDS: tuple[Kind, ...] = ("own reports", "split voice")

ROOT = Path(__file__).resolve().parents[2]
LADDER = ROOT / "src" / "replenish" / "disclosure" / "model_results" / "ladder.json"

PEOPLE = (50, 100, 200, 400, 800, 1600, 3200, 6400)
GROUPS = (5, 10, 20, 40, 80, 200)
CONDITIONS = (2, 6, 10)
CORNERS = 128
STEPS = (1, 2, 5, 10, 20)
SMALLEST_GROUP = 4
PEOPLE_MOVED = 24
SLOPE_SD = 0.5
NORMAL_95 = 1.959963984540054
RELIABILITY_LEAST = 0.3


@dataclass(frozen=True)
class World:
    """One organisation: answers on 0-100 and the true variance components.

    `groups` has shape (people,), `outcome` (people,), `conditions` (people, p).
    """

    groups: NDArray[np.int64]
    outcome: Floats
    conditions: Floats
    unit_variance: float
    residual_variance: float


def draw_world(rng: np.random.Generator, people: int, groups: int, p: int) -> World:
    """An organisation with groups of unequal size, correlated conditions and clipped answers."""
    spare = people - SMALLEST_GROUP * groups
    sizes = SMALLEST_GROUP + rng.multinomial(spare, rng.dirichlet(np.full(groups, 4.0)))
    unit_sd, person_sd = rng.uniform(4.0, 12.0), rng.uniform(15.0, 22.0)
    correlation = rng.uniform(0.0, 0.6)
    root = np.linalg.cholesky(np.full((p, p), correlation) + (1 - correlation) * np.eye(p))
    codes = np.repeat(np.arange(groups), sizes)
    centre = rng.normal(size=(groups, p)) @ root.T * unit_sd
    own = rng.normal(size=(people, p)) @ root.T * person_sd
    slopes = rng.normal(0.0, 0.3, size=p)
    outcome_unit_sd, outcome_person_sd = rng.uniform(3.0, 8.0), rng.uniform(14.0, 20.0)
    outcome = (
        (centre @ slopes + rng.normal(0.0, outcome_unit_sd, groups))[codes]
        + 0.3 * own.mean(axis=1)
        + rng.normal(0.0, outcome_person_sd, people)
    )
    return World(
        codes,
        np.clip(50 + outcome, 0, 100),
        np.clip(50 + centre[codes] + own, 0, 100),
        outcome_unit_sd**2,
        outcome_person_sd**2,
    )


@dataclass(frozen=True)
class GroupFigures:
    """What both models need of each group; leading axes are variants of the same organisation.

    `n` is (groups,), `y` (..., groups), `x` (..., groups, p) are means, `cross` (..., groups, p) and
    `square` (..., groups, p, p) are products about the means.
    """

    n: Floats
    y: Floats
    x: Floats
    cross: Floats
    square: Floats


def fold(world: World) -> GroupFigures:
    """The group figures of an organisation as it is."""
    count = np.bincount(world.groups).astype(np.float64)
    groups, p = len(count), world.conditions.shape[1]
    y = np.bincount(world.groups, world.outcome) / count
    x = (
        np.column_stack([np.bincount(world.groups, world.conditions[:, j]) for j in range(p)])
        / count[:, None]
    )
    dy, dx = world.outcome - y[world.groups], world.conditions - x[world.groups]
    cross, square = np.zeros((groups, p)), np.zeros((groups, p, p))
    np.add.at(cross, world.groups, dy[:, None] * dx)
    np.add.at(square, world.groups, dx[:, :, None] * dx[:, None, :])
    return GroupFigures(count, y, x, cross, square)


def moved(
    world: World, base: GroupFigures, person: int, corners: Floats, *, products: bool = True
) -> GroupFigures:
    """The group figures after one person's row is moved to each corner; corners is (c, 1 + p)."""
    g = int(world.groups[person])
    n = base.n[g]
    old_y, old_x = world.outcome[person], world.conditions[person]
    new_y, new_x = corners[:, 0], corners[:, 1:]
    many = len(corners)
    y, x = np.repeat(base.y[None], many, 0), np.repeat(base.x[None], many, 0)
    # Take the old row out and put the new one in (Welford's update, both ways).
    y_without, x_without = (n * base.y[g] - old_y) / (n - 1), (n * base.x[g] - old_x) / (n - 1)
    weight = (n - 1) / n
    out_y, out_x = old_y - y_without, old_x - x_without
    in_y, in_x = new_y - y_without, new_x - x_without
    y[:, g], x[:, g] = y_without + in_y / n, x_without + in_x / n
    if not products:
        return GroupFigures(base.n, y, x, base.cross, base.square)
    cross, square = np.repeat(base.cross[None], many, 0), np.repeat(base.square[None], many, 0)
    cross[:, g] += weight * (in_y[:, None] * in_x - out_y * out_x)
    square[:, g] += weight * (in_x[:, :, None] * in_x[:, None, :] - np.outer(out_x, out_x))
    return GroupFigures(base.n, y, x, cross, square)


def quarter_distance(x: Floats) -> Floats:
    """Distance between the upper and the lower quarter of the group means, by condition: (..., p)."""
    low, high = np.quantile(x, [0.25, 0.75], axis=-2)
    return np.asarray(high - low, dtype=np.float64)


def own_reports(figures: GroupFigures, world: World) -> Floats:
    """Estimate, low and high of every effect, shape (..., p, 3): generalised least squares between groups.

    In a random-intercept model with conditions split into between and within parts, the between part is
    least squares on group means with weights n / (1 + n t / s), t and s the variance components; the slopes
    have a normal prior of standard deviation `SLOPE_SD`.
    """
    ratio = world.unit_variance / world.residual_variance
    weight = figures.n / (1 + ratio * figures.n)
    total = weight.sum()
    y = figures.y - ((weight * figures.y).sum(-1) / total)[..., None]
    x = figures.x - ((weight[:, None] * figures.x).sum(-2) / total)[..., None, :]
    p = x.shape[-1]
    A = np.einsum("g,...gi,...gj->...ij", weight, x, x)
    A = A + world.residual_variance / SLOPE_SD**2 * np.eye(p)
    covariance = np.linalg.inv(A)
    slopes = np.einsum("...ij,g,...gj,...g->...i", covariance, weight, x, y)
    se = np.sqrt(world.residual_variance * np.einsum("...ii->...i", covariance))
    distance = quarter_distance(figures.x)
    ends = np.stack([slopes, slopes - NORMAL_95 * se, slopes + NORMAL_95 * se], axis=-1)
    return np.asarray(ends * distance[..., None], dtype=np.float64)


def split_voice(figures: GroupFigures, world: World) -> Floats:
    """Estimate, low and high of every effect, shape (..., p, 3), with conditions as the others report them.

    b = (O'X)^-1 O'y with O the others' means, and a standard error clustered by group. NaN where the
    reliability of the others' mean is under .3: such an effect is never printed.
    """
    del world
    n = figures.n
    groups, p = figures.x.shape[-2:]
    total = n.sum()
    y = figures.y - ((n * figures.y).sum(-1) / total)[..., None]
    x = figures.x - ((n[:, None] * figures.x).sum(-2) / total)[..., None, :]
    others = n - 1
    own_by_others = np.einsum("g,...gi,...gj->...ij", n, x, x) - (figures.square / others[:, None, None]).sum(
        -3
    )
    others_square = np.einsum("g,...gi,...gj->...ij", n, x, x) + (
        figures.square / (others**2)[:, None, None]
    ).sum(-3)
    outcome = np.einsum("g,...gi,...g->...i", n, x, y) - (figures.cross / others[:, None]).sum(-2)
    reliability = np.einsum("...ii->...i", own_by_others) / np.einsum("...ii->...i", others_square)
    usable = (reliability >= RELIABILITY_LEAST).all(axis=-1)
    # The combination of conditions that is told apart worst must be reliable too.
    worst = np.linalg.eigvals(np.linalg.solve(others_square, own_by_others)).real.min(axis=-1)
    usable &= worst >= RELIABILITY_LEAST
    safe = np.where(usable[..., None, None], own_by_others, np.eye(x.shape[-1]))
    inverse = np.linalg.inv(safe)
    slopes = np.einsum("...ij,...j->...i", inverse, outcome)
    by_group = n[:, None] * x * y[..., None] - figures.cross / others[:, None]
    by_group = by_group - np.einsum(
        "...gij,...j->...gi",
        n[:, None, None] * x[..., :, None] * x[..., None, :] - figures.square / others[:, None, None],
        slopes,
    )
    spread = np.einsum("...ij,...gj->...gi", inverse, by_group)
    se = np.sqrt((spread**2).sum(-2) * groups / (groups - p - 1))
    half = stats.t.ppf(0.975, groups - p - 1) * se
    ends = np.stack([slopes, slopes - half, slopes + half], axis=-1) * quarter_distance(figures.x)[..., None]
    return np.asarray(np.where(usable[..., None, None], ends, np.nan), dtype=np.float64)


MODELS = {"own reports": own_reports, "split voice": split_voice}


def largest_movement(rng: np.random.Generator, kind: Kind, people: int, groups: int, p: int) -> float:
    """The furthest any printed number moves in one organisation; NaN when nothing is printed there."""
    world = draw_world(rng, people, groups, p)
    base = fold(world)
    model = MODELS[kind]
    before = model(base, world)
    if np.isnan(before).any():
        return float("nan")
    corners = all_corners(p + 1)
    if len(corners) > CORNERS:
        corners = corners[rng.choice(len(corners), CORNERS, replace=False)]
    # People in the smallest groups, in the groups with the most unusual conditions, and anybody.
    unusual = np.abs(base.x - base.x.mean(axis=0)).max(axis=1) / base.n
    likely = np.argsort(unusual)[::-1][:4]
    chosen = [int(rng.choice(np.flatnonzero(world.groups == g))) for g in likely for _ in range(3)]
    chosen += rng.integers(0, people, size=PEOPLE_MOVED - len(chosen)).tolist()
    furthest = 0.0
    for person in chosen:
        variants = moved(world, base, person, corners, products=kind == "split voice")
        after = model(variants, world)
        if np.isnan(after).all():
            continue
        furthest = max(furthest, float(np.nanmax(np.abs(after - before))))
    return furthest


def all_corners(width: int) -> Floats:
    """Every corner of a row's range, (2 ** width, width)."""
    return np.array(list(itertools.product((0.0, 100.0), repeat=width)))


def movements(seed: int, kind: Kind, people: int, groups: int, p: int, worlds: int) -> list[float]:
    """The furthest movement in each of many organisations of one class."""
    found = []
    for world in range(worlds):
        rng = np.random.default_rng([seed, KINDS.index(kind), people, groups, p, world])
        found.append(largest_movement(rng, kind, people, groups, p))
    return [value for value in found if not np.isnan(value)]


def step_for(movement: float) -> int | None:
    """The smallest step of the ladder whose half holds the movement."""
    return next((step for step in STEPS if movement <= step / 2), None)


def build_ladder(worlds: int, seed: int) -> dict[str, object]:
    """The whole table, with what it was made from."""
    table: list[dict[str, object]] = []
    for kind, people, groups, p in itertools.product(KINDS, PEOPLE, GROUPS, CONDITIONS):
        if people < SMALLEST_GROUP * groups or groups < p + 3:
            continue
        seen = movements(seed, kind, people, groups, p, worlds)
        again = movements(seed + 1, kind, people, groups, p, max(1, worlds // 2))
        step = step_for(max(seen)) if seen else None
        beyond = float(np.mean([m > step / 2 for m in again])) if step and again else None
        table.append(
            {
                "kind": kind,
                "people": people,
                "groups": groups,
                "conditions": p,
                "step": step,
                "organisations": len(seen),
                "median_movement": round(float(np.median(seen)), 2) if seen else None,
                "largest_movement": round(max(seen), 2) if seen else None,
                "beyond_half_a_step_in_fresh_organisations": beyond,
            }
        )
        print(json.dumps(table[-1]), file=sys.stderr)  # noqa: T201 - progress of a long run
    return {
        "made_on": today().isoformat(),
        "command": f"python -m tests.references.disclosure_ladder --worlds {worlds} --seed {seed}",
        "steps": list(STEPS),
        "people": list(PEOPLE),
        "groups": list(GROUPS),
        "conditions": list(CONDITIONS),
        "table": table,
    }


def main() -> None:
    """Make the table and write it where the room reads it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=40, help="organisations in each class")
    parser.add_argument("--seed", type=int, default=20240501)
    parser.add_argument("--out", type=Path, default=LADDER)
    options = parser.parse_args()
    ladder = build_ladder(options.worlds, options.seed)
    options.out.write_text(json.dumps(ladder, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
