"""How often "what to change first" names the right condition, and how often it puts chance in order.

Groups differ in several conditions that have nothing to do with each other, and in an outcome. Nothing
matters, or one condition does, by so many standard errors of its own least-squares estimate. Counted is
whether the condition with the highest chance of being the most useful is the right one, and whether that
chance is high enough for an order to be drawn: from the model itself, and from what is printed of it.

Writes docs/evidence/first.json, in about ten minutes on one core:

    python -m tests.references.statistics_first_rates
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from scipy.special import ndtr, ndtri

from replenish.basis.clock import today
from replenish.disclosure.model_results import (
    ModelResult,
    Usefulness,
    carries_an_order,
    disclose_effect,
    most_useful_first,
)
from replenish.disclosure.model_results.usefulness import order_from
from replenish.disclosure.model_results.words import GOES_WITH_LESS
from replenish.statistics.conditions import condition_effects
from replenish.statistics.unit_moments import UnitMoments

EVIDENCE = Path(__file__).resolve().parents[2] / "docs" / "evidence" / "first.json"
OUTCOME = "outcome"
RUNS = 400


@dataclass(frozen=True)
class Place:
    """A kind of organisation.

    Attributes:
        groups: how many there are.
        people: in each.
        conditions: that were asked about.
        effect: of one of them, in standard errors of its estimate by least squares.
    """

    groups: int
    people: int
    conditions: int
    effect: float


@dataclass(frozen=True)
class Counted:
    """Shares of runs.

    Attributes:
        place: the kind of organisation.
        by: "model" or "print".
        runs: organisations.
        right: the condition with the highest chance is the one that matters.
        order: an order is drawn.
        order_and_right: and the right condition leads it.
        best_possible: the largest share of orders led by the right condition that any rule can have that
            draws one in 5 % of runs where nothing matters.
    """

    place: Place
    by: str
    runs: int
    right: float | None
    order: float
    order_and_right: float | None
    best_possible: float | None


def organisation(place: Place, seed: int) -> UnitMoments:
    """Conditions that have nothing to do with each other, and an outcome, on 0-100."""
    draw = np.random.default_rng(seed)
    unit = np.repeat(np.arange(place.groups), place.people)
    level = draw.normal(0, 10, (place.groups, place.conditions))
    noise = draw.normal(0, 15, (len(unit), place.conditions))
    noise -= np.repeat(noise.reshape(place.groups, place.people, -1).mean(axis=1), place.people, axis=0)
    between, inside = 7.0, 18.0
    residual = np.sqrt(between**2 + inside**2 / place.people)
    # The standard error of a slope on uncorrelated conditions with a normal spread between groups.
    error = residual / (10 * np.sqrt(place.groups - place.conditions - 2))
    outcome = 40 - place.effect * error * level[unit, right_one(place, seed)]
    outcome += draw.normal(0, between, place.groups)[unit] + draw.normal(0, inside, len(unit))
    columns = {OUTCOME: outcome} | {
        f"c{k}": 50 + level[unit, k] + noise[:, k] for k in range(place.conditions)
    }
    return UnitMoments.of(columns, unit, per_unit_products=True)


def right_one(place: Place, seed: int) -> int:
    """Which condition matters: each in turn, so that no order of names helps to find it."""
    return seed % place.conditions


def judge(place: Place, seed: int) -> dict[str, tuple[bool, bool]]:
    """By the model and by print: whether the right condition leads, and whether an order is drawn."""
    right = f"c{right_one(place, seed)}"
    names = [f"c{k}" for k in range(place.conditions)]
    found = condition_effects(
        organisation(place, seed), OUTCOME, names, higher_is_better=names, level=0.95, seed=seed
    )
    chances = {name: effect.probability_first for name, effect in found.conditions.items()}
    leading = max(chances, key=lambda name: chances[name])
    threshold = order_from(place.conditions)
    result = {"model": (leading == right, not found.units_hardly_differ and chances[leading] >= threshold)}
    printed = [
        disclose_effect(
            outcome=OUTCOME,
            condition=name,
            kind="own reports",
            estimate=effect.quarter.estimate,
            low=effect.quarter.low,
            high=effect.quarter.high,
            people=place.groups * place.people,
            groups=place.groups,
            conditions=place.conditions,
        )
        for name, effect in found.conditions.items()
    ]
    ranked = most_useful_first(printed, higher_is_better=names)
    result["print"] = (_named(printed, ranked) == right, carries_an_order(ranked))
    return result


def _named(printed: Sequence[ModelResult], ranked: Sequence[Usefulness]) -> str:
    """The likeliest in figures if it is one alone, or the only one that is known to help in words."""
    if ranked[0].probability:
        highest = [entry.condition for entry in ranked if entry.probability == ranked[0].probability]
        return highest[0] if len(highest) == 1 else ""
    helping = [result.condition for result in printed if result.words == GOES_WITH_LESS]
    return helping[0] if len(helping) == 1 else ""


def count(place: Place, runs: int, *, first_seed: int = 0) -> list[Counted]:
    """Shares over so many organisations."""
    judged = [judge(place, first_seed + seed) for seed in range(runs)]
    counted = []
    for by in ("model", "print"):
        right, order = np.array([one[by] for one in judged]).T
        true = place.effect > 0
        counted.append(
            Counted(
                place,
                by,
                runs,
                round(float(right.mean()), 4) if true else None,
                round(float(order.mean()), 4),
                round(float((right & order).mean()), 4) if true else None,
                round(best_possible(place.conditions, place.effect), 4) if true else None,
            )
        )
    return counted


def best_possible(conditions: int, effect: float) -> float:
    """Of rules that treat conditions alike, the best names the largest estimate above a limit.

    By the lemma of Neyman and Pearson; estimates are normal with known errors, and the limit is passed by
    chance alone in 5 % of runs.
    """
    limit = float(ndtri(0.95 ** (1 / conditions)))
    at = np.linspace(limit, effect + 8, 4_001)
    density = np.exp(-0.5 * (at - effect) ** 2) / np.sqrt(2 * np.pi)
    return float(np.trapezoid(density * ndtr(at) ** (conditions - 1), at))


PLACES = tuple(
    Place(groups, people, conditions, effect)
    for groups, people, conditions in ((40, 12, 2), (40, 12, 6), (40, 12, 10), (80, 60, 2), (80, 60, 6))
    for effect in (0.0, 2.0, 3.0)
)


def main(arguments: Sequence[str]) -> None:
    """Simulate and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--to", type=Path, default=EVIDENCE)
    chosen = parser.parse_args(arguments)
    lines = [asdict(line) for place in PLACES for line in count(place, chosen.runs)]
    kept = {
        "command": "python -m tests.references.statistics_first_rates",
        "date": today().isoformat(),
        "lines": lines,
    }
    chosen.to.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    for line in lines:
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
