"""Groups in which an action runs: they keep their composition from season to season where they can."""

from __future__ import annotations

from replenish.conditions.actions.whose import groups_of_season, inside
from replenish.conditions.models import Action, ActionState, Season
from replenish.people.queries import unit_tree


def running_groups(organisation: str) -> tuple[str, ...]:
    """The labels of such groups in the newest season of an organisation."""
    return continuing_groups(Season.objects.filter(organisation=organisation).order_by("-number").first())


def continuing_groups(season: Season | None) -> tuple[str, ...]:
    """The labels of the groups of a season with a unit in which an action runs, those that wait included.

    A group that waits is what the others are compared with, so it has to stay itself as well.
    """
    if season is None:
        return ()
    running = Action.objects.filter(organisation=season.organisation, state=ActionState.RUNNING)
    named = [tuple(units) for units in running.values_list("units", flat=True)]
    if not named:
        return ()
    tree = unit_tree(season.organisation)
    touched = frozenset[str]().union(*(inside(tree, units) for units in named))
    groups = groups_of_season(season)
    return tuple(label for label, units in groups.units.items() if units & touched)
