"""Actions on conditions: which teams have them from which round on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


Path = tuple[str, str]


def draw_actions(
    tree: Tree, rounds: int, world: World, seed: int, *, together: Sequence[Sequence[Path]] = ()
) -> tuple[tuple[Action, ...], ActionEffects]:
    """Draw by lot which teams have which action and when it starts; no team has two actions.

    Args:
        tree: the teams.
        rounds: how many there are.
        world: its plans.
        seed: of the organisation.
        together: teams that are drawn as one, such as those of a reporting group; all others alone.
    """
    teams = len(tree.units)
    blocks = _blocks(tree, together)
    order = stream(seed, "actions").permutation(len(blocks))
    shift = np.zeros((rounds, teams, len(CONDITIONS)))
    relief = np.zeros((rounds, teams, len(OUTCOMES)))
    drawn = []
    taken = 0
    for plan in world.plans:
        count = int(plan.share * len(blocks))
        chosen = order[taken : taken + count]
        taken += count
        starts: dict[Path, int] = {}
        for later, drawn_now in enumerate(np.array_split(chosen, plan.starts)):
            first = plan.first_round + later
            some = np.array([team for block in drawn_now for team in blocks[block]], dtype=np.int64)
            starts |= {tree.units[team].path: first for team in some.tolist()}
            shift[first - 1 :, some, CONDITIONS.index(plan.condition)] += plan.shift
            relief[first - 1 :, some] += plan_relief(plan)
        drawn.append(_action(plan, starts, world))
    return tuple(drawn), ActionEffects(shift, relief)


def _blocks(tree: Tree, together: Sequence[Sequence[Path]]) -> list[list[int]]:
    """Places of the teams that are drawn as one."""
    place = {unit.path: number for number, unit in enumerate(tree.units)}
    joined = [[place[path] for path in block] for block in together]
    taken = {number for block in joined for number in block}
    return joined + [[number] for number in range(len(tree.units)) if number not in taken]


def _action(plan: ActionPlan, starts: Mapping[tuple[str, str], int], world: World) -> Action:
    return Action(
        plan.name, plan.condition, starts, condition_gain(world, plan), effects_of_plan(world, plan)
    )
