"""Seasons and rounds as they are planned, opened, paused, closed on their day, or cancelled."""

from replenish.conditions.rounds.opening import open_due, replace_lost_keys
from replenish.conditions.rounds.pausing import MovedRound, holidays_of
from replenish.conditions.rounds.planning import SeasonPlan, first_free_day, plan_of
from replenish.conditions.rounds.replacements import most_replacements
from replenish.conditions.rounds.rules import may_draw, may_set_rounds
from replenish.conditions.rounds.running import Outcome, cancel, close_due, pause, preview_pause
from replenish.conditions.rounds.seasons import plan_season
from replenish.conditions.rounds.sheets import SheetOnPaper, print_slips, write_slips
from replenish.conditions.rounds.slips import draw_slips, propose_slips, units_to_draw_afresh

__all__ = [
    "MovedRound",
    "Outcome",
    "SeasonPlan",
    "SheetOnPaper",
    "cancel",
    "close_due",
    "draw_slips",
    "first_free_day",
    "holidays_of",
    "may_draw",
    "may_set_rounds",
    "most_replacements",
    "open_due",
    "pause",
    "plan_of",
    "plan_season",
    "preview_pause",
    "print_slips",
    "propose_slips",
    "replace_lost_keys",
    "units_to_draw_afresh",
    "write_slips",
]
