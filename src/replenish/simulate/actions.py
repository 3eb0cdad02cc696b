"""Actions on conditions: which teams have them from which round on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from replenish.simulate.explained import condition_gain, effects_of_plan, plan_relief
from replenish.simulate.streams import stream
from replenish.simulate.tree import Tree
from replenish.simulate.world import CONDITIONS, OUTCOMES, ActionPlan, Floats, World


@dataclass(frozen=True)
class Action:
    """An action as it was drawn, with its true effect.

    Attributes:
        name, condition: as in its plan.
        starts: unit -> first round with the action; from then on it works in full.
        gain: points of 0-100 by which it moves its condition for an average person.
        effects: outcome -> points of 0-100, the whole effect for an average person.
    """

    name: str
    condition: str
    starts: Mapping[tuple[str, str], int]
    gain: float
    effects: Mapping[str, float]


@dataclass(frozen=True)
class ActionEffects:
    """What actions add in each round: shifts of conditions (SD) and relief of outcomes (points)."""

    shift: Floats  # (rounds, teams, conditions)
    relief: Floats  # (rounds, teams, outcomes)


def draw_actions(
    tree: Tree, rounds: int, world: World, seed: int
) -> tuple[tuple[Action, ...], ActionEffects]:
    """Draw by lot which teams have which action and when it starts; no team has two actions."""
    teams = len(tree.units)
    order = stream(seed, "actions").permutation(teams)
    shift = np.zeros((rounds, teams, len(CONDITIONS)))
    relief = np.zeros((rounds, teams, len(OUTCOMES)))
    drawn = []
    taken = 0
    for plan in world.plans:
        count = int(plan.share * teams)
        chosen = order[taken : taken + count]
        taken += count
        starts: dict[tuple[str, str], int] = {}
        for later, some in enumerate(np.array_split(chosen, plan.starts)):
            first = plan.first_round + later
            starts |= {tree.units[team].path: first for team in some.tolist()}
            shift[first - 1 :, some, CONDITIONS.index(plan.condition)] += plan.shift
            relief[first - 1 :, some] += plan_relief(plan)
        drawn.append(_action(plan, starts, world))
    return tuple(drawn), ActionEffects(shift, relief)


def _action(plan: ActionPlan, starts: Mapping[tuple[str, str], int], world: World) -> Action:
    return Action(
        plan.name, plan.condition, starts, condition_gain(world, plan), effects_of_plan(world, plan)
    )
