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
    panel = _comparable(panel)
    ever = panel.starts != NEVER
    treated, untreated = int(ever.sum()), int((~ever).sum())
    if min(treated, untreated) < LEAST_GROUPS:
        refuse(
            StatisticsFault.EFFECT_TOO_FEW_GROUPS, treated=treated, untreated=untreated, least=LEAST_GROUPS
        )
    seen = ~np.isnan(panel.values)
    cohort_of, cells = _cohorts(panel, seen)
    design = _design(panel, seen, cohort_of, cells)
    grams, scores = _sums_by_group(design, panel.values, seen)
    weights = {"average": np.array([count for *_, count in cells], dtype=float)}
    for since in sorted({since for _, since, _ in cells}):
        weights[str(since)] = np.array([count if at == since else 0 for _, at, count in cells], dtype=float)
    rounds = design.shape[2] - len(cells)
    combinations = np.array([np.r_[np.zeros(rounds), row / row.sum()] for row in weights.values()])
    coefficients, residual_scores = _least_squares(grams, scores, design, panel.values, seen)
    spread = clustered_variance(grams, residual_scores, combinations)
    found = [
        interval_estimate(float(row @ coefficients), float(np.sqrt(variance)), df=float(df), level=level)
        for row, variance, df in zip(combinations, np.diag(spread.covariance), spread.df, strict=True)
    ]
    by_round = dict(zip((int(name) for name in list(weights)[1:]), found[1:], strict=True))
    return ActionEffect(found[0], by_round, treated, untreated)


def _comparable(panel: Panel) -> Panel:
    seen = ~np.isnan(panel.values)
    before = (seen & ~panel.treated).sum(axis=1)
    after = (seen & panel.treated).sum(axis=1)
    kept = np.where(panel.starts == NEVER, before >= 2, (before >= 1) & (after >= 1))
    names = tuple(name for name, keep in zip(panel.groups, kept, strict=True) if keep)
    return Panel(names, panel.values[kept], panel.starts[kept])


def _cohorts(panel: Panel, seen: Booleans) -> tuple[dict[tuple[int, int], int], list[tuple[int, int, int]]]:
    """The cells of the effect: (start, rounds since, groups seen in it), and the place of each."""
    cells: list[tuple[int, int, int]] = []
    place: dict[tuple[int, int], int] = {}
    for start in np.unique(panel.starts[panel.starts != NEVER]):
        for at in range(int(start), panel.values.shape[1]):
            count = int((seen[:, at] & (panel.starts == start)).sum())
            if count:
                place[int(start), at] = len(cells)
                cells.append((int(start), at - int(start), count))
    return place, cells


def _design(
    panel: Panel,
    seen: Booleans,
    cell_of: Mapping[tuple[int, int], int],
    cells: list[tuple[int, int, int]],
) -> Floats:
    """(G, T, k) columns of rounds, the first left out, and of cells, without each group's own level."""
    groups, rounds = panel.values.shape
    held = [at for at in range(rounds) if seen[:, at].any()][1:]
    design = np.zeros((groups, rounds, len(held) + len(cells)))
    for column, at in enumerate(held):
        design[:, at, column] = 1
    for (start, at), place in cell_of.items():
        design[panel.starts == start, at, len(held) + place] = 1
    design[~seen] = 0
    means = design.sum(axis=1) / seen.sum(axis=1)[:, None]
    return np.where(seen[:, :, None], design - means[:, None, :], 0)


def _sums_by_group(design: Floats, values: Floats, seen: Booleans) -> tuple[Floats, Floats]:
    grams = np.einsum("gtj,gtk->gjk", design, design)
    scores = np.einsum("gtj,gt->gj", design, np.where(seen, values, 0))
    total = grams.sum(axis=0)
    if np.linalg.matrix_rank(total, tol=1e-9 * max(1.0, float(np.trace(total)))) < len(total):
        refuse(StatisticsFault.EFFECT_NO_COMPARISON)
    return grams, scores


def _least_squares(
    grams: Floats, scores: Floats, design: Floats, values: Floats, seen: Booleans
) -> tuple[Floats, Floats]:
    """Coefficients (k,), and for each group its design times its residuals (G, k)."""
    coefficients: Floats = np.linalg.solve(grams.sum(axis=0), scores.sum(axis=0))
    fitted = design @ coefficients
    own = np.where(seen, values, 0).sum(axis=1) / seen.sum(axis=1)
    residuals = np.where(seen, values - own[:, None] - fitted, 0)
    return coefficients, np.einsum("gtj,gt->gj", design, residuals)
