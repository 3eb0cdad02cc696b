"""The tree of an organisation: services, and in each of them teams of 4 to 30 with invented names."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle, islice, product
from pathlib import Path
from statistics import NormalDist

import numpy as np

from replenish.simulate.streams import stream
from replenish.simulate.world import Floats, Integers

SMALLEST, LARGEST = 4, 30
MEDIAN_SIZE = 9.0
LOG_SIZE_SD = 0.42  # with the median of 9 it puts a third of the teams below 8
TEAMS_A_SERVICE = 6

_SERVICE_ENDINGS = ("House", "Centre", "Service", "School", "Lodge", "Hall")
_NAMES = Path(__file__).parent / "names"


@dataclass(frozen=True)
class Unit:
    """One team: its service, its name and its establishment (the number of posts)."""

    service: str
    team: str
    establishment: int

    @property
    def path(self) -> tuple[str, str]:
        """The team's place in the tree, outermost first."""
        return self.service, self.team


@dataclass(frozen=True)
class Tree:
    """All units, and for each the index of its service."""

    units: tuple[Unit, ...]
    service_of: Integers

    @property
    def services(self) -> int:
        """Number of services."""
        return int(self.service_of.max()) + 1

    def establishment(self) -> Integers:
        """Posts of each team."""
        return np.array([unit.establishment for unit in self.units], dtype=np.int64)


def draw_tree(teams: int, people: int | None, seed: int) -> Tree:
    """Draw services, teams and their sizes.

    Args:
        teams: number of teams.
        people: number of posts in all; None leaves every size as drawn, of median 9 with a third below 8.
        seed: the seed of the organisation.
    """
    sizes = _sizes(teams, people, stream(seed, "team sizes"))
    services = max(1, round(teams / TEAMS_A_SERVICE))
    service_of = np.arange(teams, dtype=np.int64) * services // teams
    names = stream(seed, "names")
    team_names = _draw_names(_words("teams"), _words("team_endings"), teams, names)
    service_names = _with_endings(_words("services"), _SERVICE_ENDINGS, services, names)
    units = tuple(
        Unit(service_names[service], team, int(size))
        for service, team, size in zip(service_of.tolist(), team_names, sizes.tolist(), strict=True)
    )
    return Tree(units, service_of)


def _sizes(teams: int, people: int | None, draws: np.random.Generator) -> Integers:
    """Log-normal sizes, one from each stretch of equal chance: few teams already have the whole spread."""
    places = (np.arange(teams) + draws.random(teams)) / teams
    normal = np.array([NormalDist().inv_cdf(place) for place in np.clip(places, 1e-12, 1 - 1e-12).tolist()])
    raw: Floats = draws.permutation(MEDIAN_SIZE * np.exp(LOG_SIZE_SD * normal))
    if people is None:
        return np.clip(np.rint(raw), SMALLEST, LARGEST).astype(np.int64)
    return _sum_to(people, raw, SMALLEST, max(LARGEST, 3 * people // teams))


def _sum_to(people: int, raw: Floats, smallest: int, largest: int) -> Integers:
    """Scale sizes so that, once clipped and rounded, they add up to `people` exactly."""
    low, high = 0.0, 2.0 * largest / float(raw.min())
    for _ in range(100):
        middle = (low + high) / 2.0
        if np.clip(middle * raw, smallest, largest).sum() < people:
            low = middle
        else:
            high = middle
    exact = np.clip(high * raw, smallest, largest)
    sizes = np.floor(exact).astype(np.int64)
    short = people - int(sizes.sum())
    sizes[np.argsort(sizes - exact, kind="stable")[:short]] += 1
    return sizes


def _draw_names(
    plain: tuple[str, ...], endings: tuple[str, ...], count: int, draws: np.random.Generator
) -> list[str]:
    shuffled = [plain[place] for place in draws.permutation(len(plain))]
    longer = (f"{name} {ending}" for ending, name in product(endings, shuffled))
    return _numbered([*shuffled, *longer], count)


def _with_endings(
    plain: tuple[str, ...], endings: tuple[str, ...], count: int, draws: np.random.Generator
) -> list[str]:
    shuffled = [plain[place] for place in draws.permutation(len(plain))]
    return _numbered([f"{name} {end}" for name, end in zip(shuffled, cycle(endings), strict=False)], count)


def _words(file: str) -> tuple[str, ...]:
    return tuple((_NAMES / f"{file}.txt").read_text(encoding="utf-8").split())


def _numbered(names: list[str], count: int) -> list[str]:
    """The first names, and when there are not enough the same again with a number behind."""
    rounds = range(1, count // len(names) + 2)
    return list(islice((name if turn == 1 else f"{name} {turn}" for turn in rounds for name in names), count))
