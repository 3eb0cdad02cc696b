"""Weeks of single people with known truth: who stays as usual, who changes, and who answers when.

For the private notice of a slow change: its limits, its published error rates and its tests.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.simulate.streams import stream
from replenish.simulate.world import POINTS_PER_STEP, Floats

IntArray = NDArray[np.int64]
Flags = NDArray[np.bool_]

_ITEMS = 6
_ITEM_SD = 0.70  # lasting: how one person reads one question, in steps of an answer
_REST_SD = 0.25
_HIGHEST = 4.0


@dataclass(frozen=True)
class PersonWorld:
    """The laws of one kind of person; points of 0-100 unless said otherwise.

    Attributes:
        level: the usual level; with items it may stand below 0, and most answers are then "not this week".
        within_sd: standard deviation of the weeks about it.
        autocorrelation: of a week with the week before; weeks without an answer go on.
        noise_share: share of the variance that is fresh every week; the rest has the autocorrelation.
        items: whether scores are means of six answers of 0-4, as ours are, or run on without ends.
        step: a rise from one week to the next that stays, in own standard deviations.
        slope: a steady rise, in own standard deviations a year.
        quiet_weeks: weeks after the baseline before a change begins.
        answering: share of weeks with an answer.
        silence: log odds of answering lost per own standard deviation above the usual.
        baseline: check-ins after which a change may begin.
    """

    level: float = 30.0
    within_sd: float = 12.0
    autocorrelation: float = 0.3
    noise_share: float = 0.0
    items: bool = True
    step: float = 0.0
    slope: float = 0.0
    quiet_weeks: int = 0
    answering: float = 1.0
    silence: float = 0.0
    baseline: int = 12


@dataclass(frozen=True, eq=False)
class Persons:
    """Weeks of many people of one kind.

    Attributes:
        values: scores, whether given or not; shape (people, weeks).
        answered: whether there was a check-in; shape (people, weeks).
        watched: the week after the last check-in of the baseline; shape (people,). Equal to the number of
            weeks where the baseline never came about.
    """

    values: Floats
    answered: Flags
    watched: IntArray

    def rows(self) -> tuple[IntArray, Floats, IntArray]:
        """Check-ins without the gaps: weeks and values, each (people, most check-ins), and their counts.

        Rows of people with fewer check-ins are filled with weeks after the last one, and zeros.
        """
        count = self.answered.sum(axis=1)
        many = self.values.shape[1]
        place = np.arange(int(count.max()))
        order = np.argsort(~self.answered, axis=1, kind="stable")[:, : len(place)]
        there = place[None, :] < count[:, None]
        weeks = np.where(there, order, many + place[None, :])
        values = np.where(there, np.take_along_axis(self.values, order, axis=1), 0.0)
        return weeks.astype(np.int64), values, count.astype(np.int64)


def simulate_persons(world: PersonWorld, people: int, weeks: int, seed: int) -> Persons:
    """Weeks of people who follow the same laws.

    Args:
        world: the laws.
        people: how many.
        weeks: how many weeks each.
        seed: a whole number from 0.
    """
    moods = _moods(world, people, weeks, seed)
    draws = stream(seed, "persons answering").random((people, weeks))
    # Until the baseline is there nobody has changed, so who has answered by then does not depend on a change.
    steady = draws < _chance(world, moods)
    reached = np.cumsum(steady, axis=1) >= world.baseline
    watched = np.where(reached.any(axis=1), reached.argmax(axis=1) + 1, weeks)
    since = np.arange(weeks)[None, :] - (watched + world.quiet_weeks)[:, None] + 1
    rise = np.where(since > 0, world.step + world.slope * np.maximum(since, 0) / 52.0, 0.0)
    states = moods + rise
    values = world.level + world.within_sd * states
    if world.items:
        values = _scores(values, seed)
    return Persons(values, draws < _chance(world, states), watched.astype(np.int64))


def _moods(world: PersonWorld, people: int, weeks: int, seed: int) -> Floats:
    """Weeks about the usual in own standard deviations; shape (people, weeks)."""
    draws = stream(seed, "persons by week").standard_normal((weeks, people))
    lasting = np.empty((weeks, people))
    fresh = np.sqrt(1.0 - world.autocorrelation**2)
    for week in range(weeks):
        before = lasting[week - 1] if week else draws[week]
        lasting[week] = world.autocorrelation * before + fresh * draws[week] if week else draws[week]
    noise = stream(seed, "persons noise").standard_normal((people, weeks))
    mixed = np.sqrt(1.0 - world.noise_share) * lasting.T + np.sqrt(world.noise_share) * noise
    return np.asarray(mixed, dtype=np.float64)


def _chance(world: PersonWorld, states: Floats) -> Floats:
    """The chance of an answer, given the state in own standard deviations."""
    if world.answering >= 1.0:
        return np.ones_like(states)
    # A logistic curve averaged over a normal state is flatter; 0.346 makes the mean what was asked for.
    flatter = np.sqrt(1.0 + 0.346 * world.silence**2)
    middle = np.log(world.answering / (1.0 - world.answering)) * flatter
    return np.asarray(1.0 / (1.0 + np.exp(world.silence * states - middle)), dtype=np.float64)


def _scores(levels: Floats, seed: int) -> Floats:
    """Means of six answers on 0-100."""
    people, weeks = levels.shape
    habits = _ITEM_SD * stream(seed, "persons habits").standard_normal((people, 1, _ITEMS))
    habits -= habits.mean(axis=2, keepdims=True)
    rest = _REST_SD * stream(seed, "persons rest").standard_normal((people, weeks, _ITEMS))
    answers = np.clip(np.rint(levels[:, :, None] / POINTS_PER_STEP + habits + rest), 0.0, _HIGHEST)
    return np.asarray(POINTS_PER_STEP * answers.mean(axis=2), dtype=np.float64)
