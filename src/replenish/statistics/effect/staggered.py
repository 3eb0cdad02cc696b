"""The effect of an action on the groups that had it, where they began in different rounds.

Two-way fixed effects compare groups that begin late with groups that began early, as if these had stopped
changing; where an effect grows over rounds the answer is biased and can have the wrong sign (Goodman-Bacon
2021, Journal of Econometrics 225, 254-277). Here every cohort of starts has a coefficient of its own for each
round since its start, against its own rounds before and the groups that have not begun; these are then
averaged with the weights of the groups they stand for (Sun & Abraham 2021, Journal of Econometrics 225,
175-199; with all earlier rounds as the base, Wooldridge 2025, Empirical Economics 69, 2545-2587). Each group
counts alike, whatever its size.

Standard errors are CR2 by group with Satterthwaite degrees of freedom. Groups' own levels are taken out
first, which leaves both as they are (Pustejovsky & Tipton 2018, Journal of Business & Economic Statistics 36,
672-683).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import StatisticsFault
from replenish.statistics.clustered_variance import clustered_variance
from replenish.statistics.effect.panel import NEVER, Floats, Panel
from replenish.statistics.estimate import Estimate, interval_estimate

LEAST_GROUPS = 4
"""So many groups with the action and so many without it; fewer make the interval a guess."""

Booleans = NDArray[np.bool_]


@dataclass(frozen=True)
class ActionEffect:
    """How much the measure of the groups with the action differs from what it would be without, on average.

    Attributes:
        average: over all their rounds with the action, each group and round alike.
        by_round: by rounds since the start, 0 for the first with it.
        treated: groups with the action that have a round before and a round after its start.
        untreated: groups without it in all rounds.
    """

    average: Estimate
    by_round: Mapping[int, Estimate]
    treated: int
    untreated: int


def action_effect(panel: Panel, *, level: float = 0.9) -> ActionEffect:
    """Estimate the effect of an action from a panel of groups.

    Groups that say something in one round only, or that had the action from their first round on, carry no
    comparison with themselves: they are left out.

    Args:
        panel: groups over rounds.
        level: of the intervals.

    Raises:
        Refused: too few groups with the action or without it, or the rounds do not let its effect be told
            from a change of all groups.
    """
    panel = comparable(panel)
    ever = panel.starts != NEVER
    treated, untreated = int(ever.sum()), int((~ever).sum())
    if min(treated, untreated) < LEAST_GROUPS:
        refuse(
            StatisticsFault.EFFECT_TOO_FEW_GROUPS, treated=treated, untreated=untreated, least=LEAST_GROUPS
        )
    design = saturated(panel)
    grams = np.einsum("gtj,gtk->gjk", design.columns, design.columns)
    spread = clustered_variance(grams, _residual_scores(design, panel.values), design.combinations)
    found = [
        interval_estimate(estimate, float(np.sqrt(variance)), df=float(df), level=level)
        for estimate, variance, df in zip(
            design.estimates(panel.values), np.diag(spread.covariance), spread.df, strict=True
        )
    ]
    return ActionEffect(found[0], dict(zip(design.since, found[1:], strict=True)), treated, untreated)


@dataclass(frozen=True, eq=False)
class Saturated:
    """The regression behind an effect: what it looks at, before anything was measured.

    Attributes:
        columns: (G, T, k) rounds and cells, without each group's own level; zero where nothing was seen.
        inverse: (k, k) of the sum of their products.
        combinations: (m, k) the average over all cells, then over those of each number of rounds since.
        since: (m - 1,) these numbers.
        seen: (G, T) where a group said something.
    """

    columns: Floats
    inverse: Floats
    combinations: Floats
    since: tuple[int, ...]
    seen: Booleans

    def coefficients(self, values: Floats) -> Floats:
        """(k,) by least squares."""
        said = np.where(self.seen, values, 0)
        found: Floats = self.inverse @ np.einsum("gtj,gt->j", self.columns, said)
        return found

    def estimates(self, values: Floats) -> list[float]:
        """The wanted averages."""
        return [float(one) for one in self.combinations @ self.coefficients(values)]

    def weights(self) -> Floats:
        """(G, T) by which the average over all cells adds up what groups said."""
        found: Floats = self.columns @ (self.inverse @ self.combinations[0])
        return found


def saturated(panel: Panel) -> Saturated:
    """The regression of a panel whose groups can all be compared with themselves.

    Raises:
        Refused: the rounds do not let the effect be told from a change of all groups.
    """
    seen = ~np.isnan(panel.values)
    place, cells = _cells(panel, seen)
    columns = _columns(panel, seen, place, len(cells))
    total = np.einsum("gtj,gtk->jk", columns, columns)
    if not cells or np.linalg.matrix_rank(total, tol=1e-9 * max(1.0, float(np.trace(total)))) < len(total):
        refuse(StatisticsFault.EFFECT_NO_COMPARISON)
    at = np.array([since for since, _ in cells])
    groups = np.array([count for _, count in cells], dtype=float)
    since = tuple(int(one) for one in np.unique(at))
    wanted = [groups, *(np.where(at == one, groups, 0) for one in since)]
    rounds = columns.shape[2] - len(cells)
    combinations = np.array([np.r_[np.zeros(rounds), row / row.sum()] for row in wanted])
    return Saturated(columns, np.linalg.inv(total), combinations, since, seen)


def comparable(panel: Panel) -> Panel:
    """The groups that can be compared with themselves."""
    seen = ~np.isnan(panel.values)
    before = (seen & ~panel.treated).sum(axis=1)
    after = (seen & panel.treated).sum(axis=1)
    kept = np.where(panel.starts == NEVER, before >= 2, (before >= 1) & (after >= 1))
    names = tuple(name for name, keep in zip(panel.groups, kept, strict=True) if keep)
    return Panel(names, panel.values[kept], panel.starts[kept])


def _cells(panel: Panel, seen: Booleans) -> tuple[dict[tuple[int, int], int], list[tuple[int, int]]]:
    """The place of each cell (start, round), and for each the rounds since the start and the groups seen."""
    cells: list[tuple[int, int]] = []
    place: dict[tuple[int, int], int] = {}
    for start in np.unique(panel.starts[panel.starts != NEVER]):
        for at in range(int(start), panel.values.shape[1]):
            count = int((seen[:, at] & (panel.starts == start)).sum())
            if count:
                place[int(start), at] = len(cells)
                cells.append((at - int(start), count))
    return place, cells


def _columns(panel: Panel, seen: Booleans, place: Mapping[tuple[int, int], int], cells: int) -> Floats:
    """(G, T, k) columns of rounds, the first left out, and of cells, without each group's own level."""
    groups, rounds = panel.values.shape
    held = [at for at in range(rounds) if seen[:, at].any()][1:]
    columns = np.zeros((groups, rounds, len(held) + cells))
    for column, at in enumerate(held):
        columns[:, at, column] = 1
    for (start, at), cell in place.items():
        columns[panel.starts == start, at, len(held) + cell] = 1
    columns[~seen] = 0
    means = columns.sum(axis=1) / seen.sum(axis=1)[:, None]
    return np.where(seen[:, :, None], columns - means[:, None, :], 0)


def _residual_scores(design: Saturated, values: Floats) -> Floats:
    """(G, k) each group's columns times its residuals."""
    said = np.where(design.seen, values, 0)
    own = said.sum(axis=1) / design.seen.sum(axis=1)
    fitted = design.columns @ design.coefficients(values)
    residuals = np.where(design.seen, values - own[:, None] - fitted, 0)
    scores: Floats = np.einsum("gtj,gt->gj", design.columns, residuals)
    return scores
