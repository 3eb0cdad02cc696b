"""Plans of actions in a small world of rounds, as tests write them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.web.rounds_world import RoundsWorld

from replenish.basis import clock
from replenish.conditions.actions.reading import action_of
from replenish.conditions.actions.told import Acting, Plan
from replenish.conditions.actions.writing import fix_plan, plan_action

CODE = "ten-minutes-after"
LARGE = {
    "Medicine": {"Ash": 14, "Elm": 14, "Fig": 14, "Oak": 14, "Bay": 14},
    "Surgery": {"Fir": 14, "Yew": 14, "Box": 14, "Nut": 14, "Gum": 14},
}
"""Ten teams that are each read by themselves."""
VOICES = {team: 11 for teams in LARGE.values() for team in teams}


def plan_for(world: RoundsWorld, *teams: str, in_days: int = 7, **changed: object) -> Plan:
    """A plan from the library for some teams, or for all of them, that begins in so many days."""
    made = Plan(
        condition="process",
        owner=str(world.staffed.steward.account),
        first_day=clock.today() + timedelta(days=in_days),
        library=CODE,
        units=tuple(world.staffed.units[team] for team in teams),
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def planned(world: RoundsWorld, *teams: str, **changed: object) -> Acting:
    """An action that is planned."""
    made = plan_action(asker=world.staffed.steward, plan=plan_for(world, *teams, **changed))  # type: ignore[arg-type]
    return action_of(world.organisation, made)


def running(world: RoundsWorld, *teams: str, **changed: object) -> Acting:
    """An action whose plan is fixed."""
    made = planned(world, *teams, **changed)
    fix_plan(asker=world.staffed.steward, action=made.action)
    return action_of(world.organisation, made.action)
