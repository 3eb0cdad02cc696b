"""Did an action help: differences in differences of groups over rounds, with starts that may be staggered."""

from replenish.statistics.effect.bands import BandEffect, BandPanel, SeenBand, effect_from_bands
from replenish.statistics.effect.by_lot import ByLot, effect_by_lot
from replenish.statistics.effect.panel import Panel
from replenish.statistics.effect.planning import Foresight, Spread, draw_starts, foresee, smallest_seen
from replenish.statistics.effect.staggered import LEAST_GROUPS, ActionEffect, action_effect
from replenish.statistics.effect.words import (
    Caution,
    Chosen,
    Direction,
    Regression,
    Verdict,
    Word,
    judge_bands,
    judge_values,
    regression_to_the_mean,
    word_of,
)

__all__ = [
    "LEAST_GROUPS",
    "ActionEffect",
    "BandEffect",
    "BandPanel",
    "ByLot",
    "Caution",
    "Chosen",
    "Direction",
    "Foresight",
    "Panel",
    "Regression",
    "SeenBand",
    "Spread",
    "Verdict",
    "Word",
    "action_effect",
    "draw_starts",
    "effect_by_lot",
    "effect_from_bands",
    "foresee",
    "judge_bands",
    "judge_values",
    "regression_to_the_mean",
    "smallest_seen",
    "word_of",
]
