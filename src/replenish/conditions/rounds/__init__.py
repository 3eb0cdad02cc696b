"""Seasons and rounds as they are planned, opened, paused, closed on their day, or cancelled."""

from replenish.conditions.rounds.opening import open_due, replace_lost_keys
from replenish.conditions.rounds.running import Outcome, cancel, close_due, pause
from replenish.conditions.rounds.seasons import plan_season
from replenish.conditions.rounds.slips import draw_slips, print_slips, propose_slips, units_to_draw_afresh

__all__ = [
    "Outcome",
    "cancel",
    "close_due",
    "draw_slips",
    "open_due",
    "pause",
    "plan_season",
    "print_slips",
    "propose_slips",
    "replace_lost_keys",
    "units_to_draw_afresh",
]
