"""A year of weekly answers with the spreads and the turnover of the simulated world.

Teams, sizes, turnover and response are those of every simulated organisation; the answers are those of
one question with no effects of conditions and no informative silence, so that the adversary can be given
the very law by which they were drawn: the strongest guess there is.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from replenish.disclosure.attack.guess import VarianceComponents
from replenish.disclosure.attack.policies.year import HIGHEST, LOWEST, Year
from replenish.simulate.response import draw_response
from replenish.simulate.staff import ABSENT, Staff, draw_staff
from replenish.simulate.streams import stream
from replenish.simulate.tree import draw_tree
from replenish.simulate.world import Floats, World

MIDDLE = 3.0
ROUNDING = 1 / 12
"""Variance that rounding to whole points adds."""

ROLE_SHARES = (0.6, 0.3, 0.1)
"""Three roles, as in a care team: most are care workers, some seniors, a few of another profession."""


def draw_year(
    *, seed: int, teams: int = 40, weeks: int = 52, world: World | None = None, level: float = MIDDLE
) -> Year:
    """Draw a year; the same arguments give the same year.

    Args:
        seed: a whole number from 0.
        teams: number of teams; about six make a service.
        weeks: how many weeks.
        world: the spreads, autocorrelations, turnover and response; None takes the documented ones.
        level: mean of everybody on 1-5.
    """
    laws = dataclasses.replace(world or World(), silence=0.0)
    tree = draw_tree(teams, None, seed)
    staff = draw_staff(tree, weeks, laws, seed)
    truth = level + _team_parts(tree.service_of, staff, laws, seed) + _own_parts(staff, laws, seed)
    truth = np.where(staff.team == ABSENT, np.nan, truth)
    speaks = draw_response(np.where(staff.team == ABSENT, np.nan, 0.0), staff, laws, seed)
    answers = np.where(speaks, np.clip(np.rint(truth), LOWEST, HIGHEST), np.nan)
    role = stream(seed, "roles").choice(len(ROLE_SHARES), size=staff.people, p=ROLE_SHARES)
    return Year(
        units=tuple(unit.path for unit in tree.units),
        team=staff.team,
        role=role.astype(np.int64),
        level=truth,
        answers=answers,
        components=components_of(laws, level),
    )


def components_of(world: World, level: float) -> VarianceComponents:
    """The laws of a world as the adversary knows them: variances, rounding included."""
    return VarianceComponents(
        mean=level,
        service=world.service_sd**2,
        team=world.team_sd**2,
        team_occasion=world.team_week_sd**2,
        team_autocorrelation=world.team_week_autocorrelation,
        person=world.person_sd**2,
        person_occasion=world.person_week_sd**2,
        person_autocorrelation=world.person_week_autocorrelation,
        rest=world.rest_sd**2 + ROUNDING,
    )


def _team_parts(
    service_of: np.ndarray[tuple[int, ...], np.dtype[np.int64]], staff: Staff, world: World, seed: int
) -> Floats:
    teams = service_of.size
    service = world.service_sd * stream(seed, "services").standard_normal(int(service_of.max()) + 1)
    lasting = service[service_of] + world.team_sd * stream(seed, "teams").standard_normal(teams)
    walk = _walk(stream(seed, "team by week"), staff.weeks, teams, world.team_week_autocorrelation)
    by_week = lasting + world.team_week_sd * walk
    return np.asarray(by_week[np.arange(staff.weeks)[:, None], staff.team], dtype=np.float64)


def _own_parts(staff: Staff, world: World, seed: int) -> Floats:
    lasting = world.person_sd * stream(seed, "people").standard_normal(staff.people)
    walk = _walk(stream(seed, "person by week"), staff.weeks, staff.people, world.person_week_autocorrelation)
    rest = world.rest_sd * stream(seed, "rest").standard_normal((staff.weeks, staff.people))
    return np.asarray(lasting + world.person_week_sd * walk + rest, dtype=np.float64)


def _walk(draws: np.random.Generator, weeks: int, width: int, autocorrelation: float) -> Floats:
    """Stationary first-order autoregressions of unit variance; shape (weeks, width)."""
    fresh = draws.standard_normal((weeks, width))
    for week in range(1, weeks):
        fresh[week] = autocorrelation * fresh[week - 1] + np.sqrt(1 - autocorrelation**2) * fresh[week]
    return fresh
