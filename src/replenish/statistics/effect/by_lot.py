"""How often the lot alone gives such an effect, where the starts were drawn by lot (Fisher 1935).

No interval and no model of errors: the lot is all that is taken for granted, so this holds with two groups on
each side as with forty. With few groups there are few ways to draw, and the answer can never be small.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import comb, prod

import numpy as np

from replenish.basis.errors import Refused
from replenish.statistics.effect.panel import Panel, Whole
from replenish.statistics.effect.staggered import comparable, saturated

DRAWS = 999
FEW = 2_000
"""So many ways to draw are all gone through; of more a sample is drawn."""


@dataclass(frozen=True)
class ByLot:
    """An effect against all that the lot could have given.

    Attributes:
        estimate: the average effect.
        lower: the share of draws, this one included, whose effect is as low or lower.
        higher: the share whose effect is as high or higher.
        draws: how many were compared.
        ways: how many there are.
    """

    estimate: float
    lower: float
    higher: float
    draws: int
    ways: int


def effect_by_lot(panel: Panel, *, seed: int = 1) -> ByLot:
    """Compare the effect with those of other draws of the same starts over the same groups.

    Args:
        panel: groups over rounds, starts drawn by lot among all of them.
        seed: of the sample of draws, where there are too many to go through.

    Raises:
        Refused: the rounds do not let the effect be told from a change of all groups.
    """
    panel = comparable(panel)
    own = _estimate(panel, panel.starts)
    ways = _ways(panel.starts)
    drawn = _all(panel.starts) if ways <= FEW else _some(panel.starts, np.random.default_rng(seed))
    others = [one for starts in drawn if (one := _estimate_if_told(panel, starts)) is not None]
    # Among a sample the draw that was made counts once more, so that no share is ever zero.
    found = np.array(others if ways <= FEW else [own, *others])
    near = 1e-9 * max(1.0, abs(own))
    return ByLot(
        own, float((found <= own + near).mean()), float((found >= own - near).mean()), len(found), ways
    )


def _estimate(panel: Panel, starts: Whole) -> float:
    drawn = Panel(panel.groups, panel.values, starts)
    return saturated(drawn).estimates(drawn.values)[0]


def _estimate_if_told(panel: Panel, starts: Whole) -> float | None:
    """None where gaps leave nothing to compare in a draw."""
    try:
        return _estimate(panel, starts)
    except Refused:
        return None


def _ways(starts: Whole) -> int:
    _, counts = np.unique(starts, return_counts=True)
    left = np.cumsum(counts[::-1])[::-1]
    return prod(comb(int(whole), int(part)) for whole, part in zip(left, counts, strict=True))


def _all(starts: Whole) -> Iterator[Whole]:
    """Every order of the same starts, each once."""
    now = sorted(starts.tolist())
    while True:
        yield np.array(now, dtype=np.int64)
        rise = next((at for at in range(len(now) - 2, -1, -1) if now[at] < now[at + 1]), None)
        if rise is None:
            return
        swap = next(at for at in range(len(now) - 1, rise, -1) if now[at] > now[rise])
        now[rise], now[swap] = now[swap], now[rise]
        now[rise + 1 :] = reversed(now[rise + 1 :])


def _some(starts: Whole, draw: np.random.Generator) -> Iterator[Whole]:
    for _ in range(DRAWS):
        yield draw.permutation(starts)
