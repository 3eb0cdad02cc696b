"""Where people stand: lasting differences of services, teams and people, and their slow movement by weeks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from replenish.simulate.staff import ABSENT, Staff
from replenish.simulate.streams import stream
from replenish.simulate.tree import Tree
from replenish.simulate.world import OUTCOMES, STRAIN, Floats, World


@dataclass(frozen=True)
class ComponentSDs:
    """Standard deviations by outcome in steps of an answer; each of shape (outcomes,)."""

    service: Floats
    team: Floats
    team_week: Floats
    person: Floats
    person_week: Floats


@dataclass(frozen=True)
class Levels:
    """Components in steps of an answer, without what conditions and encounters explain.

    Attributes:
        team: service and team together; shape (teams, outcomes).
        person: lasting differences within teams; shape (people, outcomes).
        team_week: shape (weeks, teams, outcomes).
        person_week: shape (weeks, people, outcomes); NaN while the person does not work here.
    """

    team: Floats
    person: Floats
    team_week: Floats
    person_week: Floats

    def total(self, staff: Staff) -> Floats:
        """Sum of all components by week and person; shape (weeks, people, outcomes), NaN while absent."""
        weeks = np.arange(staff.weeks)[:, None]
        moving = self.team_week[weeks, staff.team]
        return np.asarray(self.team[staff.team] + moving + self.person + self.person_week, dtype=np.float64)

    def mood(self) -> Floats:
        """The person's own strain, whatever the team: mean of the strain outcomes; shape (weeks, people)."""
        own = self.person + self.person_week
        return np.asarray(own[:, :, : len(STRAIN)].mean(axis=2), dtype=np.float64)


def draw_levels(tree: Tree, staff: Staff, sds: ComponentSDs, world: World, seed: int) -> Levels:
    """Draw every component; those by week are stationary first-order autoregressions."""
    root: Floats = np.asarray(np.linalg.cholesky(world.correlations()), dtype=np.float64)
    service = sds.service * _correlated(stream(seed, "services"), tree.services, root)
    team = sds.team * _correlated(stream(seed, "teams"), len(tree.units), root)
    person = sds.person * (draw_by_joining(staff, seed, "people", len(OUTCOMES)) @ root.T)
    team_week = _team_weeks(len(tree.units), staff.weeks, root, world.team_week_autocorrelation, seed)
    person_week = _person_weeks(staff, root, world.person_week_autocorrelation, seed)
    return Levels(
        team=service[tree.service_of] + team,
        person=person,
        team_week=sds.team_week * team_week,
        person_week=np.where((staff.team == ABSENT)[:, :, None], np.nan, sds.person_week * person_week),
    )


def draw_by_joining(staff: Staff, seed: int, purpose: str, width: int) -> Floats:
    """Standard normal numbers for each person, drawn in the week of joining; shape (people, width)."""
    drawn = np.empty((staff.people, width))
    for week in np.unique(staff.joined).tolist():
        joiners = staff.joined == week
        drawn[joiners] = stream(seed, purpose, week).standard_normal((int(joiners.sum()), width))
    return drawn


def _team_weeks(teams: int, weeks: int, root: Floats, autocorrelation: float, seed: int) -> Floats:
    walk = np.empty((weeks, teams, len(root)))
    fresh = np.sqrt(1.0 - autocorrelation**2)
    for week in range(weeks):
        step = _correlated(stream(seed, "team by week", week), teams, root)
        walk[week] = step if week == 0 else autocorrelation * walk[week - 1] + fresh * step
    return walk


def _person_weeks(staff: Staff, root: Floats, autocorrelation: float, seed: int) -> Floats:
    walk = np.zeros((staff.weeks, staff.people, len(root)))
    fresh = np.sqrt(1.0 - autocorrelation**2)
    for week in range(staff.weeks):
        known = int(np.searchsorted(staff.joined, week, side="right"))
        step = _correlated(stream(seed, "person by week", week), known, root)
        old = int(np.searchsorted(staff.joined, week, side="left"))
        walk[week, :known] = step
        if week:
            walk[week, :old] = autocorrelation * walk[week - 1, :old] + fresh * step[:old]
    return walk


def _correlated(draws: np.random.Generator, rows: int, root: Floats) -> Floats:
    return np.asarray(draws.standard_normal((rows, len(root))) @ root.T, dtype=np.float64)
