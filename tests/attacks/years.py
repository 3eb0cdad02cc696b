"""A small simulated year, released by the rule or by a publisher with one fault."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from replenish.disclosure.attack.guess import GuessReport, guess_attack
from replenish.disclosure.attack.policies import Year
from replenish.disclosure.attack.policies.by_the_rule import (
    QUESTION,
    WEEKS_A_ROUND,
    ReleasedYear,
    release_year,
)
from replenish.disclosure.release import to_plain
from replenish.simulate.attack_world import draw_year

TEAMS = 12


@functools.cache
def small_year(seed: int = 3) -> Year:
    """Twelve teams in two services, about 130 people at a time, 52 weeks."""
    return draw_year(seed=seed, teams=TEAMS)


@functools.cache
def released(seed: int = 3) -> ReleasedYear:
    """The same, released by the rule."""
    return release_year(small_year(seed))


def plain_of(year: ReleasedYear) -> list[dict[str, Any]]:
    """The releases as plain data that a test may spoil."""
    return copy.deepcopy([to_plain(release) for release in year.releases])


def guess(releases: object, seed: int = 3, **more: Any) -> GuessReport:  # noqa: ANN401
    """The guess attack on (spoilt) releases of the small year."""
    found, year = released(seed), small_year(seed)
    return guess_attack(
        releases,
        attendance=found.attendance,
        question=QUESTION,
        weeks_each=WEEKS_A_ROUND,
        weeks_heard=found.heard,
        **{"components": year.components, "answers": found.contributions, **more},
    )


def spoilt(
    fault: Callable[[dict[str, Any], NDArray[np.float64]], None], seed: int = 3
) -> list[dict[str, Any]]:
    """Releases in which every shown cell went through a fault, which is given the cell and its answers."""
    year = released(seed)
    plain = plain_of(year)
    for at, release in enumerate(plain):
        for leaf in release["groups"]:
            units = {tuple(unit) for unit in leaf["units"]}
            places = [place for place, unit in enumerate(year.attendance.units) if unit in units]
            inside = year.attendance.answered[at] & np.isin(year.attendance.team[at], places)
            cell = leaf["cells"][QUESTION]
            if cell["band"] is not None:
                fault(cell, year.contributions[at, inside])
    return plain
