"""Did an action help, from published bands alone: for groups of any number, mostly with wide intervals.

Each band is an interval that holds the mean of a group in a round. Those means follow levels of groups,
rounds that lift or lower all groups, the action since its start, and movement of each group from round to
round that partly lasts. How large levels and movement are is not fixed but averaged over, with weights from
the bands themselves and from what is known of such groups beforehand; with few groups the latter counts more,
and the interval is wide because of it. Nothing but published bands and classes of size goes in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import StatisticsFault
from replenish.statistics.effect.intervals import (
    FAR,
    Fitted,
    IntervalModel,
    fit_intervals,
    mixture_quantile,
    mixture_share_below,
)
from replenish.statistics.effect.panel import NEVER, Floats, Panel, Whole
from replenish.statistics.estimate import Estimate

MIDDLE = 50.0

# What is known of groups beforehand, in points of 0-100: our assumptions, from the standard deviations of the
# simulated world (teams .35 and services .15 of a step of 25 points, people .65, a team's weeks .20).
LEVELS = (4.0, 8.0, 12.0, 18.0)
MOVEMENTS = (2.0, 3.5, 5.0, 7.0, 9.5, 13.0)
LASTING = (0.2, 0.5, 0.8)
USUAL_LEVEL, USUAL_MOVEMENT, LOG_SPREAD = 10.0, 6.0, 0.5
KEPT_A_ROUND = 0.8
"""What is left of lasting movement after a round: a team's weeks keep .66, the people in it more."""

WHITE_BY_CLASS = ((25, 0.30), (13, 0.55), (0, 1.0))
"""How much of the passing movement larger groups have, by the least voices of their class."""

ORGANISATION_SD, COHORT_SD, TIDE_SD, TIDE_KEPT = 30.0, 10.0, 10.0, 0.8
EFFECT_SD, CELL_SD = 20.0, 4.0
BY_GROUP_SD = 3.0
"""The same action does not do the same in every group."""


@dataclass(frozen=True)
class SeenBand:
    """One published band of a group: its ends, and the least number of voices of its size class."""

    low: float
    high: float
    least_voices: int


@dataclass(frozen=True, eq=False)
class BandPanel:
    """Bands of G groups in T rounds.

    Attributes:
        groups: names, G of them.
        low: (G, T) lower ends on 0-100; not a number where nothing was published.
        high: (G, T) upper ends.
        least_voices: (G,) the usual one of each group's size classes.
        starts: (G,) the first round with the action, counted from 0; `NEVER` for none.
    """

    groups: tuple[str, ...]
    low: Floats
    high: Floats
    least_voices: Whole
    starts: Whole

    @classmethod
    def of(cls, bands: Mapping[str, Sequence[SeenBand | None]], starts: Mapping[str, int]) -> BandPanel:
        """A panel from the bands of each group, None where nothing was published.

        Args:
            bands: by group, one a round.
            starts: by group that has the action, its first round with it, from 0.

        Raises:
            Refused: groups differ in their number of rounds, or a start names no group or no round.
        """
        lows = {name: [None if one is None else one.low for one in row] for name, row in bands.items()}
        highs = {name: [None if one is None else one.high for one in row] for name, row in bands.items()}
        low, high = Panel.of(lows, starts), Panel.of(highs, starts)
        voices = [[one.least_voices for one in row if one is not None] for row in bands.values()]
        usual = [max(set(row), key=lambda least: (row.count(least), -least)) if row else 0 for row in voices]
        return cls(low.groups, low.values, high.values, np.array(usual, dtype=np.int64), low.starts)

    @property
    def middles(self) -> Panel:
        """The middle of each band, as if it had been the mean."""
        return Panel(self.groups, (self.low + self.high) / 2, self.starts)


@dataclass(frozen=True)
class BandEffect:
    """What bands say of an effect.

    Attributes:
        average: over all rounds with the action, each group and round alike; with its interval.
        below_zero: probability that it is below zero.
        reliability: of one round's mean of a group of the smallest class as a measure of its lasting level.
        treated: groups with a round before and a round after its start.
        untreated: groups without it in all rounds.
        compared: whether in each round with the action a group without it was seen.
    """

    average: Estimate
    below_zero: float
    reliability: float
    treated: int
    untreated: int
    compared: bool


def effect_from_bands(panel: BandPanel, *, level: float = 0.9) -> BandEffect:
    """Estimate the effect of an action from published bands.

    Args:
        panel: bands of groups over rounds.
        level: of the interval.

    Raises:
        Refused: no group was seen both before and after its start.
    """
    panel = _seen_enough(panel)
    if not (panel.starts != NEVER).any():
        refuse(StatisticsFault.EFFECT_NEVER_SEEN_BOTH)
    model, average = _model(panel)
    fitted = fit_intervals(model)
    weights = _weights(fitted)
    means = fitted.mean @ average
    sds = np.sqrt(np.einsum("p,hpq,q->h", average, fitted.covariance, average))
    mean = float(weights @ means)
    ends = [mixture_quantile(weights, means, sds, share) for share in ((1 - level) / 2, (1 + level) / 2)]
    sd = float(np.sqrt(weights @ (sds**2 + (means - mean) ** 2)))
    return BandEffect(
        Estimate(mean, sd, ends[0], ends[1]),
        mixture_share_below(weights, means, sds, 0.0),
        float(weights @ np.array([level**2 / (level**2 + moved**2) for level, moved, _ in _spreads()])),
        int((panel.starts != NEVER).sum()),
        int((panel.starts == NEVER).sum()),
        _compared(panel),
    )


def _seen_enough(panel: BandPanel) -> BandPanel:
    """The groups that can be compared with themselves, without the rounds in which none of them was seen."""
    treated = panel.middles.treated
    seen = ~np.isnan(panel.low)
    before, after = (seen & ~treated).sum(axis=1), (seen & treated).sum(axis=1)
    kept = np.where(panel.starts == NEVER, before >= 2, (before >= 1) & (after >= 1))
    names = tuple(name for name, keep in zip(panel.groups, kept, strict=True) if keep)
    return BandPanel(names, panel.low[kept], panel.high[kept], panel.least_voices[kept], panel.starts[kept])


def _compared(panel: BandPanel) -> bool:
    seen = ~np.isnan(panel.low)
    treated = panel.middles.treated
    with_action, without = (seen & treated).sum(axis=0), (seen & ~treated).sum(axis=0)
    return bool((without[with_action > 0] > 0).all())


def _spreads() -> list[tuple[float, float, float]]:
    return list(product(LEVELS, MOVEMENTS, LASTING))


def _weights(fitted: Fitted) -> Floats:
    """Of each model of spreads: what was expected beforehand times what the bands say."""
    beforehand = [
        -0.5 * (np.log(level / USUAL_LEVEL) / LOG_SPREAD) ** 2
        - 0.5 * (np.log(moved / USUAL_MOVEMENT) / LOG_SPREAD) ** 2
        for level, moved, _ in _spreads()
    ]
    logs = fitted.log_likelihood + np.array(beforehand)
    weights = np.exp(logs - logs.max())
    found: Floats = weights / weights.sum()
    return found


def _model(panel: BandPanel) -> tuple[IntervalModel, Floats]:
    """The model of a panel, and the combination of coefficients that is the average effect."""
    groups, rounds = panel.low.shape
    treated = np.arange(rounds) >= panel.starts[:, None]
    seen = ~np.isnan(panel.low)
    cohorts = np.unique(panel.starts[panel.starts != NEVER])
    cells = [
        (start, at)
        for start in cohorts
        for at in range(int(start), rounds)
        if (seen[:, at] & (panel.starts == start)).any()
    ]
    parts: list[NDArray[np.float64]] = [np.ones((groups, rounds, 1))]
    parts.append(np.broadcast_to(np.eye(rounds), (groups, rounds, rounds)))
    parts.append(np.repeat((panel.starts[:, None] == cohorts)[:, None, :], rounds, axis=1).astype(float))
    parts.append(treated[:, :, None].astype(float))
    own = np.zeros((groups, rounds, len(cells)))
    for place, (start, at) in enumerate(cells):
        own[panel.starts == start, at, place] = 1
    columns = np.concatenate([*parts, own], axis=2)
    counts = np.array([(seen[:, at] & (panel.starts == start)).sum() for start, at in cells], dtype=float)
    average = np.zeros(columns.shape[2])
    average[-len(cells) - 1], average[-len(cells) :] = 1, counts / counts.sum()
    low = np.where(seen, panel.low - MIDDLE, -FAR)
    high = np.where(seen, panel.high - MIDDLE, FAR)
    prior = _prior(rounds, len(cohorts), len(cells))
    return IntervalModel(columns, prior, _covariances(panel.least_voices, treated), low, high), average


def _prior(rounds: int, cohorts: int, cells: int) -> Floats:
    """Covariance of the coefficients; a round is much like the round before it."""
    sds = [ORGANISATION_SD, *[TIDE_SD] * rounds, *[COHORT_SD] * cohorts, EFFECT_SD, *[CELL_SD] * cells]
    prior = np.diag(np.array(sds) ** 2)
    prior[1 : rounds + 1, 1 : rounds + 1] = TIDE_SD**2 * TIDE_KEPT ** _apart(rounds)
    return prior


def _covariances(least_voices: Whole, treated: NDArray[np.bool_]) -> Floats:
    """(H, G, T, T) of each group over rounds."""
    rounds = treated.shape[1]
    white = np.array([next(part for least, part in WHITE_BY_CLASS if n >= least) for n in least_voices])
    lasting, passing = KEPT_A_ROUND ** _apart(rounds), np.eye(rounds)
    answered = BY_GROUP_SD**2 * (treated[:, :, None] & treated[:, None, :])
    return np.array(
        [
            level**2 + answered + moved**2 * (share * lasting + (1 - share) * white[:, None, None] * passing)
            for level, moved, share in _spreads()
        ]
    )


def _apart(rounds: int) -> Floats:
    return np.abs(np.subtract.outer(np.arange(rounds), np.arange(rounds))).astype(float)
