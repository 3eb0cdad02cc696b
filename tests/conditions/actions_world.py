"""Plans of actions in a small world of rounds, as tests write them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from tests.conditions import worlds
from tests.web.rounds_world import RoundsWorld

from replenish.basis import clock
from replenish.conditions.actions.reading import action_of
from replenish.conditions.actions.told import Acting, Plan
from replenish.conditions.actions.writing import fix_plan, plan_action
from replenish.conditions.models import Round
from replenish.conditions.queries import rounds
from replenish.conditions.rounds import close_due, open_due, plan_season

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


LEVELS = {team: 32.0 + 4.0 * place for place, team in enumerate(VOICES)}
"""Where the condition usually stands in each team."""


def lived(
    patch: pytest.MonkeyPatch,
    world: RoundsWorld,
    *,
    lifted: Collection[str] = (),
    by: float = 0.0,
    voices: Mapping[str, int] = VOICES,
) -> Round:
    """One round, closed on its day and read by its members; the condition stands higher in some teams.

    Args:
        patch: sets the day.
        world: of the teams in `LARGE`.
        lifted: teams in which the condition stands higher than usual.
        by: how much higher, in points.
        voices: answers by team.
    """
    if all(one.state in {"closed", "cancelled"} for one in rounds(world.organisation)):
        plan_season(asker=world.staffed.steward)
    planned_round = next(one for one in rounds(world.organisation) if one.state in {"planned", "open"})
    worlds.set_day(patch, max(clock.today(), planned_round.starts_on))
    open_due()
    row = Round.objects.select_related("season").get(id=planned_round.round)
    teams = [team for team in sorted(voices) for _ in range(voices[team])]
    by_unit = {
        unit[-1]: group["label"] for group in row.season.partition["groups"] for unit in group["units"]
    }
    codes = [row.season.group_codes[by_unit[team]] for team in teams]
    scores = worlds.answers(len(teams), seed=row.number)
    draw = np.random.default_rng(100 + row.number)
    usual = np.array([LEVELS[team] + (by if team in lifted else 0.0) for team in teams])
    scores["process"] = np.clip(np.round(usual + draw.normal(0, 14, len(teams)), 3), 0, 100)
    worlds.contribute(row, codes, scores)
    worlds.set_day(patch, planned_round.closes_on)
    assert all(outcome.refused is None for outcome in close_due())
    worlds.set_day(patch, planned_round.closes_on + timedelta(days=3))
    return row
