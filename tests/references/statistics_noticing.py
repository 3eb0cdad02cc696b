"""Set the limit of the private notice and publish its error rates, in one run.

    python -m tests.references.statistics_noticing [--people N] [--calibrating N]

writes limits.json (the limit) and error_rates.json (what it does, for other people than those it was set
with) beside `replenish.statistics.noticing`.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import replenish.statistics.noticing as noticing
from replenish.simulate.persons import Persons, PersonWorld, simulate_persons
from replenish.simulate.streams import stream
from replenish.statistics.noticing import DESIGN, PersonDesign
from replenish.statistics.noticing.rates import Kind, share_of
from replenish.statistics.noticing.watch import watch

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

YEAR = 52
# Enough weeks for the baseline of nearly everybody who answers in two weeks of three, and two years after it.
WEEKS = 32 + 2 * YEAR
CALIBRATING, PUBLISHED = 1, 2  # seeds: the limit is judged by people it has not seen
PROMISE = 0.10
# The limit is set a little inside the promise, so that chance in setting it does not break it.
AIM = 0.096
LEVELS = {"even": 40.0, "items": 30.0, "low": 2.0, "lowest": -8.0}
SDS = (0.5, 1.0, 2.0)
BLOCK = 50
WITHIN = (12, 26, 52)


@dataclass(frozen=True)
class Change:
    """A change to be found in one kind of person."""

    kind: Kind
    change: str
    size: float
    quiet_weeks: int = 0


def unchanged_kinds() -> Iterator[Kind]:
    """Everybody who should be left in peace; what goes far beyond the design values is told, not promised."""
    for sd in SDS:
        yield from (Kind(scores, 0.3, sd, "none", promised=sd <= 1.0) for scores in LEVELS)
    for scores in ("items", "lowest"):
        yield from (Kind(scores, 0.3, 1.0, missing) for missing in ("by chance", "when strained"))
    yield from (Kind(scores, 0.1, 1.0, "none") for scores in ("even", "items"))
    yield from (Kind(scores, 0.6, 1.0, "none", promised=False) for scores in LEVELS)
    yield Kind("items", 0.6, 1.0, "when strained", promised=False)
    yield Kind("even", 0.75, 1.0, "none", promised=False)
    yield Kind("slow moods", 0.85, 1.0, "none", promised=False)


def changes() -> Iterator[Change]:
    """Everybody whose change should be found."""
    usual = Kind("even", 0.3, 1.0, "none")
    yield from (Change(usual, "step", size) for size in (0.5, 1.0, 2.0, 3.0))
    yield Change(usual, "slope", 1.0)
    yield from (
        Change(usual, "step", 0.5, 26),
        Change(usual, "step", 1.0, 26),
        Change(usual, "slope", 1.0, 26),
    )
    yield from (Change(Kind("even", phi, 1.0, "none"), "step", 1.0) for phi in (0.1, 0.6))
    yield from (Change(Kind("even", 0.3, sd, "none"), "step", 1.0) for sd in (0.5, 2.0))
    for scores in ("items", "lowest"):
        for missing in ("none", "by chance", "when strained"):
            kind = Kind(scores, 0.3, 1.0, missing)
            yield from (Change(kind, "step", 1.0), Change(kind, "slope", 1.0))


def world_of(kind: Kind) -> PersonWorld:
    """The laws of one kind of person."""
    world = PersonWorld(
        level=LEVELS.get(kind.scores, LEVELS["even"]),
        within_sd=kind.sd * DESIGN.within_sd,
        autocorrelation=kind.autocorrelation,
        noise_share=0.3 if kind.scores == "slow moods" else 0.0,
        items=kind.scores in {"items", "low", "lowest"},
        baseline=DESIGN.baseline,
    )
    if kind.missing == "none":
        return world
    return replace(world, answering=0.64, silence=0.7 if kind.missing == "when strained" else 0.0)


def highest_pairs(persons: Persons, spans: Sequence[tuple[int, int]], design: PersonDesign) -> Floats:
    """The highest limit at which a person would have a notice in each span of weeks; (people, spans).

    A notice needs two check-ins in a row beyond the limit: the smaller of each two counts, at the second.

    Args:
        persons: simulated people.
        spans: from and up to which week since watching began.
        design: what the notice takes for granted.
    """
    weeks, values, count = persons.rows()
    ratio = np.concatenate(
        [above(weeks[k : k + BLOCK], values[k : k + BLOCK], design) for k in range(0, len(weeks), BLOCK)]
    )
    ratio[np.arange(ratio.shape[1])[None, :] >= count[:, None]] = -np.inf
    both = np.concatenate(
        [np.full((len(ratio), 1), -np.inf), np.minimum(ratio[:, 1:], ratio[:, :-1])], axis=1
    )
    since = weeks - persons.watched[:, None]
    return np.stack(
        [np.where((since >= a) & (since < b), both, -np.inf).max(axis=1) for a, b in spans], axis=1
    )


def above(weeks: NDArray[np.int64], values: Floats, design: PersonDesign) -> Floats:
    """How far recent weeks lie above the usual at each check-in; minus infinity before there is one."""
    distance = watch(weeks, values, design).distance
    return np.where(np.isnan(distance), -np.inf, distance)


def unchanged_highest(kind: Kind, people: int, seed: int, design: PersonDesign = DESIGN) -> Floats:
    """For people without a change: the highest limit with a notice in each of two years; (people, 2)."""
    persons = simulate_persons(world_of(kind), people, WEEKS, seed)
    return highest_pairs(persons, [(0, YEAR), (YEAR, 2 * YEAR)], design)


def changed_highest(change: Change, people: int, seed: int, design: PersonDesign = DESIGN) -> Floats:
    """For people with a change: the same within each of `WITHIN` weeks of its beginning."""
    sizes = {change.change: change.size}
    world = replace(
        world_of(change.kind),
        step=sizes.get("step", 0.0),
        slope=sizes.get("slope", 0.0),
        quiet_weeks=change.quiet_weeks,
    )
    persons = simulate_persons(world, people, WEEKS - YEAR + change.quiet_weeks, seed)
    start = change.quiet_weeks
    return highest_pairs(persons, [(start, start + weeks) for weeks in WITHIN], design)


def textbook_false(people: int, seed: int, *, weight: float = 0.2, limit: float = 2.7) -> int:
    """People without a change whom a textbook chart calls declining within 52 weeks after 8."""
    world = PersonWorld(items=False, level=50.0, within_sd=10.0)
    values = simulate_persons(world, people, 8 + YEAR, seed).values
    mean, sd = values[:, :8].mean(axis=1), values[:, :8].std(axis=1, ddof=1)
    average, beyond = mean.copy(), np.zeros(people, dtype=np.bool_)
    for k in range(YEAR):
        average = weight * values[:, 8 + k] + (1.0 - weight) * average
        spread = np.sqrt(weight / (2.0 - weight) * (1.0 - (1.0 - weight) ** (2 * (k + 1))))
        beyond |= average - mean > limit * sd * spread
    return int(beyond.sum())


def ewma_run_lengths(weight: float, limit: float, people: int, seed: int) -> Floats:
    """Weeks until a two-sided EWMA of independent standard normal weeks leaves its steady limits."""
    draws = stream(seed, "run lengths")
    average, length = np.zeros(people), np.zeros(people)
    going = np.ones(people, dtype=np.bool_)
    edge = limit * np.sqrt(weight / (2.0 - weight))
    while going.any():
        average = weight * draws.standard_normal(people) + (1.0 - weight) * average
        length += going
        going &= np.abs(average) <= edge
    return length


def _calibrate(kind: Kind, people: int) -> float:
    """The limit at which one kind of person has just as many false notices as aimed at."""
    highest = unchanged_highest(kind, people, CALIBRATING)
    return float(np.quantile(highest, 1.0 - AIM, axis=0, method="higher").max())


def _unchanged_line(kind: Kind, people: int, limit: float) -> dict[str, object]:
    counts = (unchanged_highest(kind, people, PUBLISHED) > limit).sum(axis=0).tolist()
    years = dict(zip(("first_year", "second_year"), counts, strict=True))
    return {"kind": asdict(kind), **{year: asdict(share_of(n, people)) for year, n in years.items()}}


def _changed_line(change: Change, people: int, limit: float) -> dict[str, object]:
    counts = (changed_highest(change, people, PUBLISHED) > limit).sum(axis=0).tolist()
    found = {weeks: asdict(share_of(n, people)) for weeks, n in zip(WITHIN, counts, strict=True)}
    return {**asdict(change), "found": found}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--calibrating", type=int, default=20_000)
    options = parser.parse_args()
    folder = Path(noticing.__file__).parent
    kinds, lines = list(unchanged_kinds()), list(changes())
    promised = [kind for kind in kinds if kind.promised]
    with ProcessPoolExecutor(2) as pool:
        limits = list(pool.map(_calibrate, promised, [options.calibrating] * len(promised)))
        # Rounded up: the promise is held for every kind, not on average.
        limit = float(np.ceil(100.0 * max(limits)) / 100.0)
        print("limit", limit, "set by", promised[int(np.argmax(limits))], flush=True)
        people = options.people
        unchanged = list(pool.map(_unchanged_line, kinds, [people] * len(kinds), [limit] * len(kinds)))
        changed = list(pool.map(_changed_line, lines, [people] * len(lines), [limit] * len(lines)))
    kept = {
        "command": "python -m tests.references.statistics_noticing",
        "made_on": time.strftime("%Y-%m-%d"),
        "seed": PUBLISHED,
        "people": people,
        "limit": limit,
        "textbook": asdict(share_of(textbook_false(people, PUBLISHED), people)),
        "unchanged": unchanged,
        "changed": changed,
    }
    (folder / "limits.json").write_text(json.dumps({"limit": limit}) + "\n", encoding="utf-8")
    (folder / "error_rates.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
