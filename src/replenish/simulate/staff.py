"""Who works where in which week: leavers, movers and joiners."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from replenish.simulate.streams import stream
from replenish.simulate.tree import Tree
from replenish.simulate.world import Integers, World

ABSENT = -1


@dataclass(frozen=True)
class Staff:
    """Every person who ever worked here.

    Attributes:
        team: index of the person's team in each week, or -1; shape (weeks, people).
        joined: the person's first week.
        left: the first week without the person; the number of weeks for those still there.
    """

    team: Integers
    joined: Integers
    left: Integers

    @property
    def people(self) -> int:
        """Number of people who ever worked here."""
        return int(self.team.shape[1])

    @property
    def weeks(self) -> int:
        """Number of weeks."""
        return int(self.team.shape[0])


def draw_staff(tree: Tree, weeks: int, world: World, seed: int) -> Staff:
    """Play turnover week by week, from full establishment in week 0.

    Leavers and movers leave a vacancy, which is filled after `weeks_to_fill` weeks on average; a mover takes
    a vacancy elsewhere if there is one. Draws of a week depend on earlier weeks alone.
    """
    posts = tree.establishment()
    now = np.repeat(np.arange(posts.size, dtype=np.int64), posts)
    joined = np.zeros(now.size, dtype=np.int64)
    weekly = [now]
    for week in range(1, weeks):
        now = _leave(now, week, world, seed)
        now = _move(now, posts, week, world, seed)
        hired = _hire(now, posts, week, world, seed)
        now = np.concatenate([now, hired])
        joined = np.concatenate([joined, np.full(hired.size, week, dtype=np.int64)])
        weekly.append(now)
    team = np.full((weeks, now.size), ABSENT, dtype=np.int64)
    for week, row in enumerate(weekly):
        team[week, : row.size] = row
    left = joined + (team != ABSENT).sum(axis=0)
    return Staff(team, joined, left.astype(np.int64))


def _leave(now: Integers, week: int, world: World, seed: int) -> Integers:
    leaves = stream(seed, "leavers", week).random(now.size) < _weekly(world.leavers_a_year)
    return np.where(leaves, ABSENT, now)


def _move(now: Integers, posts: Integers, week: int, world: World, seed: int) -> Integers:
    if posts.size < 2:
        return now
    draws = stream(seed, "movers", week)
    movers = np.flatnonzero((draws.random(now.size) < _weekly(world.movers_a_year)) & (now != ABSENT))
    moved = now.copy()
    for person in movers.tolist():
        vacancies = posts - _headcount(moved, posts.size)
        open_teams = np.flatnonzero(vacancies > 0)
        open_teams = open_teams[open_teams != now[person]]
        if open_teams.size == 0:
            open_teams = np.delete(np.arange(posts.size), now[person])
        moved[person] = draws.choice(open_teams)
    return moved


def _hire(now: Integers, posts: Integers, week: int, world: World, seed: int) -> Integers:
    vacancies = np.maximum(posts - _headcount(now, posts.size), 0)
    hired = stream(seed, "joiners", week).binomial(vacancies, 1.0 / world.weeks_to_fill)
    return np.repeat(np.arange(posts.size, dtype=np.int64), hired)


def _headcount(now: Integers, teams: int) -> Integers:
    return np.bincount(now[now != ABSENT], minlength=teams).astype(np.int64)


def _weekly(rate_a_year: float) -> float:
    return min(1.0, rate_a_year / 52.0)
