"""Facts of provision: counts of what was offered and held, with their denominators."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from replenish.simulate.events import FIRST_GRADE_HELD
from replenish.simulate.organisation import Fact
from replenish.simulate.questions import HELD, event_question
from replenish.simulate.streams import stream
from replenish.simulate.tree import Tree
from replenish.simulate.world import Floats, Integers, World

OFFER_OF_AVERAGE_TEAM = 0.7  # of debriefs after recorded incidents
HELD_OF_OFFERED = 0.6


def provision_facts(
    number: int,
    tree: Tree,
    events: Mapping[str, Floats],
    team: Integers,
    around: Floats,
    world: World,
    seed: int,
) -> list[Fact]:
    """The facts of one round, for every unit.

    Supervision is counted over the very sessions that people report on; incidents are drawn.

    Args:
        number: the round.
        tree: the units.
        events: true levels of the event questions of the members; each of shape (members,).
        team: index of the members' units; shape (members,).
        around: standing of each team in supervision and in time to process, in standard deviations;
            shape (teams, 2).
        world: the laws.
        seed: the seed of the organisation.
    """
    grades = event_question(HELD).grade(events[HELD])
    due = _count(team, np.ones(team.size, dtype=np.bool_), len(tree.units))
    cancelled = _count(team, grades == FIRST_GRADE_HELD - 1, len(tree.units))
    held = _count(team, grades >= FIRST_GRADE_HELD, len(tree.units))
    reflective = _count(team, grades == FIRST_GRADE_HELD + 1, len(tree.units))
    draws = stream(seed, "incidents", number)
    incidents = draws.poisson(world.incidents_a_week * world.weeks_a_round * due)
    offered = draws.binomial(incidents, _offer_chance(around[:, 0]))
    debriefed = draws.binomial(offered, HELD_OF_OFFERED)
    buffered = draws.binomial(incidents, _buffer_chance(around[:, 1]))
    columns = (
        ("supervision held", held, due),
        ("supervision cancelled", cancelled, due),
        ("supervision with time to reflect", reflective, held),
        ("debriefs offered", offered, incidents),
        ("debriefs held", debriefed, offered),
        ("ten minutes free after an incident", buffered, incidents),
    )
    return [
        Fact(number, unit.path, name, int(counts[place]), int(of[place]))
        for place, unit in enumerate(tree.units)
        for name, counts, of in columns
    ]


def _count(team: Integers, which: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], teams: int) -> Integers:
    return np.bincount(team[which], minlength=teams).astype(np.int64)


def _offer_chance(standing: Floats) -> Floats:
    log_odds = np.log(OFFER_OF_AVERAGE_TEAM / (1.0 - OFFER_OF_AVERAGE_TEAM)) + 0.8 * standing
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)), dtype=np.float64)


def _buffer_chance(standing: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(1.0 - 0.8 * standing)), dtype=np.float64)
