"""Did an action help: differences in differences of groups over rounds, with starts that may be staggered."""

from replenish.statistics.effect.panel import Panel
from replenish.statistics.effect.staggered import LEAST_GROUPS, ActionEffect, action_effect

__all__ = ["LEAST_GROUPS", "ActionEffect", "Panel", "action_effect"]
