"""Did an action help: differences in differences of groups over rounds, with starts that may be staggered."""

from replenish.statistics.effect.by_lot import ByLot, effect_by_lot
from replenish.statistics.effect.panel import Panel
from replenish.statistics.effect.planning import Foresight, Spread, draw_starts, foresee
from replenish.statistics.effect.staggered import LEAST_GROUPS, ActionEffect, action_effect

__all__ = [
    "LEAST_GROUPS",
    "ActionEffect",
    "ByLot",
    "Foresight",
    "Panel",
    "Spread",
    "action_effect",
    "draw_starts",
    "effect_by_lot",
    "foresee",
]
