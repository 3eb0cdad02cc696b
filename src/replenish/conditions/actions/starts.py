"""When the units of an action begin: all on one day, or by lot among groups that are read together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from replenish.basis.errors import refuse
from replenish.basis.faults import ActionFault
from replenish.conditions.actions.told import Plan
from replenish.conditions.actions.whose import newest_groups, working_units
from replenish.conditions.calendar import WEEKS_IN_ROUND
from replenish.statistics.effect import draw_starts

BETWEEN = timedelta(weeks=WEEKS_IN_ROUND)
"""Between two waves: a round, so that each wave has rounds of its own."""
MOST_WAVES = 4
LEAST_GROUPS = 2
SEEDS = 1_000_000
"""Six digits: short enough to be read out, when somebody draws again."""

Starts = dict[str, date | None]


def starts_of(organisation: str, plan: Plan, seed: int) -> Starts:
    """By unit in which people work, the day it begins, or None where it waits.

    A lot is drawn among reporting groups, for units that are read together cannot be told apart afterwards.

    Raises:
        Refused: there are no two groups to draw among, or none would begin.
    """
    if not plan.by_lot:
        return dict.fromkeys(working_units(organisation, plan.units), plan.first_day)
    together = groups_to_draw(organisation, plan.units)
    if len(together) < LEAST_GROUPS:
        refuse(ActionFault.NO_GROUPS)
    if plan.waiting >= len(together):
        refuse(ActionFault.WAITING)
    waves = range(min(plan.waves, len(together) - plan.waiting))
    drawn = draw_starts(sorted(together), starts=list(waves), untreated=plan.waiting, seed=seed)
    return {
        unit: None if wave is None else plan.first_day + wave * BETWEEN
        for label, wave in drawn.items()
        for unit in together[label]
    }


def groups_to_draw(organisation: str, units: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The units of an action in which people work, by the label of the group they are read in."""
    groups = newest_groups(organisation)
    working = set(working_units(organisation, tuple(units)))
    if groups is None:
        return {}
    found = {label: tuple(sorted(own & working)) for label, own in groups.units.items()}
    return {label: own for label, own in found.items() if own}
