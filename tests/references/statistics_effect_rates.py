"""How often effects of actions are judged rightly: simulated organisations with actions drawn by lot.

Each organisation has people who come and go, answer less when strained, and stand in reporting groups as
the rules plan them. Half of the groups or fewer have an action from a round on that is drawn by lot. Its
effect on the relational side is then judged twice: from the exact means of the shown groups, and from the
bands that are published about them. Half of the organisations have an action that does nothing.

Writes docs/evidence/effects.json, in about half an hour on two cores:

    python -m tests.references.statistics_effect_rates
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from replenish.basis.clock import today
from replenish.basis.errors import Refused
from replenish.disclosure.bands import FLOOR, band_of, size_class
from replenish.disclosure.partition import ReportingGroup, plan_partition
from replenish.simulate import ActionPlan, Organisation, World, simulate_organisation
from replenish.simulate.tree import draw_tree
from replenish.statistics.effect import (
    LEAST_GROUPS,
    BandPanel,
    Panel,
    SeenBand,
    Verdict,
    Word,
    effect_from_bands,
    judge_bands,
    judge_values,
)
from replenish.statistics.estimate import Estimate

Floats = NDArray[np.float64]
EVIDENCE = Path(__file__).resolve().parents[2] / "docs" / "evidence" / "effects.json"
OUTCOME = "relational"
FIRST_SEED = 200_000
ORGANISATIONS = 4_000


@dataclass(frozen=True)
class Size:
    """How large an organisation is, and how many rounds there are."""

    teams: int
    people: int
    rounds: int
    share: float
    starts: int


SIZES = {
    "two or three with it": Size(teams=6, people=90, rounds=6, share=0.5, starts=1),
    "four or five with it": Size(teams=10, people=150, rounds=6, share=0.5, starts=2),
    "seven or eight with it": Size(teams=16, people=224, rounds=8, share=0.5, starts=3),
    "fifteen with it": Size(teams=40, people=520, rounds=8, share=0.4, starts=3),
}
WORLDS = {
    "as documented": World(),
    "more leave, the strained say less": replace(World(), leavers_a_year=0.5, silence=1.0),
}
ACTIONS = {"none": (0.0, 0.0), "real": (0.8, 4.0)}


@dataclass(frozen=True, order=True)
class Cell:
    """One kind of organisation."""

    size: str
    world: str
    effect: str


CELLS = tuple(Cell(*names) for names in product(SIZES, WORLDS, ACTIONS))


@dataclass(frozen=True)
class Judged:
    """One organisation judged in one way.

    Attributes:
        cell: its kind.
        by: "values" or "bands".
        enough: at least four groups with the action and four without.
        word: that was said; None where nothing could be.
        error: estimate less truth; not a number where there is no estimate.
        se: standard error.
        holds: whether the interval holds the truth; None where there is none.
    """

    cell: Cell
    by: str
    enough: bool
    word: Word | None
    error: float
    se: float
    holds: bool | None


def plan_of(cell: Cell) -> ActionPlan:
    """The action of a kind of organisation."""
    size, (shift, relief) = SIZES[cell.size], ACTIONS[cell.effect]
    return ActionPlan("action", "supervision", shift, relief, size.share, 3, size.starts)


def world_of(cell: Cell) -> World:
    """Its laws, with that action alone."""
    return replace(WORLDS[cell.world], plans=(plan_of(cell),))


def live(cell: Cell, seed: int) -> tuple[Organisation, tuple[ReportingGroup, ...]]:
    """An organisation with its reporting groups, and the action drawn by lot among these."""
    size = SIZES[cell.size]
    tree = draw_tree(size.teams, size.people, seed)
    headcount: dict[tuple[str, ...], int] = {unit.path: unit.establishment for unit in tree.units}
    groups = plan_partition(headcount).groups
    together = [[(unit[0], unit[1]) for unit in group.units] for group in groups]
    held = simulate_organisation(
        teams=size.teams,
        people=size.people,
        rounds=size.rounds,
        seed=seed,
        world=world_of(cell),
        drawn_together=together,
    )
    return held, groups


def panels(held: Organisation, groups: Sequence[ReportingGroup]) -> tuple[Panel, BandPanel]:
    """What is known of each group and round: exact means of those shown, and their published bands."""
    place = {unit: number for number, group in enumerate(groups) for unit in group.units}
    of_team = np.array([place[unit.path] for unit in held.units])
    means: dict[str, list[float | None]] = {group.label: [] for group in groups}
    bands: dict[str, list[SeenBand | None]] = {group.label: [] for group in groups}
    for turn in range(1, len(held.rounds) + 1):
        part = held.contributions(turn)
        scores = part.scores[OUTCOME]
        for number, group in enumerate(groups):
            own = scores[of_team[part.team] == number]
            own = own[~np.isnan(own)]
            if len(own) < FLOOR:
                means[group.label].append(None)
                bands[group.label].append(None)
                continue
            mean, size = float(own.mean()), size_class(len(own))
            band = band_of(mean, size)
            means[group.label].append(mean)
            bands[group.label].append(SeenBand(band.low, band.high, size.low))
    (action,) = held.truth.actions
    # Rounds of the simulator count from 1; all units of a group begin together.
    starts = {
        group.label: action.starts[first] - 1
        for group in groups
        if (first := (group.units[0][0], group.units[0][1])) in action.starts
    }
    return Panel.of(means, starts), BandPanel.of(bands, starts)


@cache
def true_effect(cell: Cell) -> float:
    """The effect on the mean of everybody's scores, in many teams that live twice: with it and without."""
    if cell.effect == "none":
        return 0.0
    size, apart = SIZES[cell.size], []
    for seed in range(3):
        with_it, without = (
            simulate_organisation(teams=400, people=5_600, rounds=size.rounds, seed=seed, world=world)
            for world in (world_of(cell), replace(WORLDS[cell.world], plans=()))
        )
        change = with_it.truth.team_means[OUTCOME] - without.truth.team_means[OUTCOME]
        place = {unit.path: number for number, unit in enumerate(with_it.units)}
        for path, start in with_it.truth.actions[0].starts.items():
            apart += change[start - 1 :, place[path]].tolist()
    return float(np.nanmean(apart))


def judge(cell: Cell, seed: int) -> list[Judged]:
    """Both ways of judging one organisation."""
    held, groups = live(cell, seed)
    exact, bands = panels(held, groups)
    truth = true_effect(cell)
    found = []
    try:
        verdict: Verdict | None = judge_values(exact, expected="lower", drawn_by_lot=True)
    except Refused:
        verdict = None
    found.append(_judged(cell, "values", verdict, verdict.effect if verdict else None, truth))
    try:
        verdict = judge_bands(bands, expected="lower", drawn_by_lot=True)
        # Where groups are few no interval is shown; whether it would have held is counted all the same.
        found.append(_judged(cell, "bands", verdict, effect_from_bands(bands).average, truth))
    except Refused:
        found.append(_judged(cell, "bands", None, None, truth))
    return found


def _judged(cell: Cell, by: str, verdict: Verdict | None, effect: Estimate | None, truth: float) -> Judged:
    enough = verdict is not None and min(verdict.treated, verdict.untreated) >= LEAST_GROUPS
    word = None if verdict is None else verdict.word
    if effect is None:
        return Judged(cell, by, enough, word, np.nan, np.nan, None)
    holds = effect.low <= truth <= effect.high
    return Judged(cell, by, enough, word, effect.estimate - truth, effect.se, holds)


def run(organisations: int, *, workers: int = 1, first_seed: int = FIRST_SEED) -> list[Judged]:
    """So many organisations over all kinds alike."""
    each = organisations // len(CELLS)
    asked = [
        (cell, first_seed + number * each + again)
        for number, cell in enumerate(CELLS)
        for again in range(each)
    ]
    if workers == 1:
        return [one for cell, seed in asked for one in judge(cell, seed)]
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        return [one for part in pool.starmap(judge, asked, chunksize=20) for one in part]


def tally(judged: Iterable[Judged]) -> dict[str, float | int | None]:
    """Shares over some judgements."""
    found = list(judged)
    given = [one for one in found if one.holds is not None]
    words = [one.word for one in found]
    count = max(1, len(found))
    return {
        "organisations": len(found),
        "intervals": len(given),
        "coverage": round(float(np.mean([one.holds for one in given])), 4) if given else None,
        "bias": round(float(np.mean([one.error for one in given])), 3) if given else None,
        "spread": round(float(np.std([one.error for one in given])), 3) if given else None,
        "mean_se": round(float(np.mean([one.se for one in given])), 3) if given else None,
        "helped": round(words.count(Word.HELPED) / count, 4),
        "either_word": round((words.count(Word.HELPED) + words.count(Word.PROBABLY_HELPED)) / count, 4),
        "worse": round((words.count(Word.WORSE) + words.count(Word.PROBABLY_WORSE)) / count, 4),
        "nothing_said": round(words.count(None) / count, 4),
    }


def tables(judged: Sequence[Judged]) -> dict[str, object]:
    """What is published: each kind by itself, and pooled."""
    cells: list[dict[str, object]] = [
        {
            "by": by,
            "size": cell.size,
            "world": cell.world,
            "effect": cell.effect,
            "truth": round(true_effect(cell), 3),
            **tally(one for one in judged if one.by == by and one.cell == cell),
        }
        for by in ("values", "bands")
        for cell in CELLS
    ]
    pooled: Mapping[str, object] = {
        by: {
            "at least four and four": tally(one for one in judged if one.by == by and one.enough),
            "an action that does nothing": tally(
                one for one in judged if one.by == by and one.cell.effect == "none"
            ),
            "a real one": tally(one for one in judged if one.by == by and one.cell.effect == "real"),
        }
        for by in ("values", "bands")
    }
    return {"pooled": pooled, "cells": cells}


def main(arguments: Sequence[str]) -> None:
    """Simulate and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=ORGANISATIONS)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--to", type=Path, default=EVIDENCE)
    chosen = parser.parse_args(arguments)
    for cell in CELLS:
        true_effect(cell)
    judged = run(chosen.organisations, workers=chosen.workers)
    kept = {
        "command": "python -m tests.references.statistics_effect_rates",
        "date": today().isoformat(),
        "organisations": chosen.organisations,
        "first_seed": FIRST_SEED,
        **tables(judged),
    }
    chosen.to.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(kept["pooled"], indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
