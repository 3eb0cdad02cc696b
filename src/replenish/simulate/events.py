"""What surrounds people: conditions met as events, and difficult encounters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from replenish.simulate.levels import draw_by_joining
from replenish.simulate.questions import (
    ADDED_LATER,
    HELD,
    SAFE,
    EventQuestion,
    event_question,
    event_questions,
)
from replenish.simulate.staff import Staff
from replenish.simulate.streams import QuestionStreams, stream
from replenish.simulate.world import CONDITIONS, Floats, World

# Classes of the weekly question about difficult encounters: 0, 1, 2, 3-4, 5 and more.
ENCOUNTER_CLASS_STARTS = (1, 2, 3, 5)
FIRST_GRADE_HELD = 2  # of the answers about supervision, worst first: no, cancelled, mostly tasks, reflective


@dataclass(frozen=True)
class Surroundings:
    """Lasting standard normal levels of each condition, and lasting rates of difficult encounters.

    Attributes:
        team: shape (teams, conditions).
        person: shape (people, conditions).
        team_rate, person_rate: factors of the rate of encounters, of mean one; shapes (teams,), (people,).
    """

    team: Floats
    person: Floats
    team_rate: Floats
    person_rate: Floats


def draw_surroundings(teams: int, staff: Staff, world: World, seed: int) -> Surroundings:
    """Draw the lasting part of conditions and of exposure."""
    correlation = np.full((len(CONDITIONS), len(CONDITIONS)), world.condition_correlation)
    np.fill_diagonal(correlation, 1.0)
    root = np.linalg.cholesky(correlation)
    team = stream(seed, "conditions of teams").standard_normal((teams, len(CONDITIONS)))
    person = draw_by_joining(staff, seed, "conditions of people", len(CONDITIONS))
    team_rate = stream(seed, "encounters of teams").standard_normal(teams)
    person_rate = draw_by_joining(staff, seed, "encounters of people", 1)[:, 0]
    return Surroundings(
        team @ root.T,
        person @ root.T,
        _mean_one(team_rate, world.encounters_team_sd),
        _mean_one(person_rate, world.encounters_person_sd),
    )


def event_levels(
    team: Floats, person: Floats, shift: Floats, draws: QuestionStreams, world: World
) -> dict[str, Floats]:
    """The underlying standard normal level of each event question for one round.

    Args:
        team: lasting levels of each row's team; shape (rows, conditions).
        person: lasting levels of each row's person; the same shape.
        shift: what actions add, in standard deviations; shape (rows, conditions).
        draws: the streams of the round.
        world: the laws.
    """
    rest = max(0.0, 1.0 - world.condition_team_share - world.condition_person_share)
    fresh = draws.common.standard_normal(team.shape)
    level = (
        np.sqrt(world.condition_team_share) * team
        + np.sqrt(world.condition_person_share) * person
        + np.sqrt(rest) * fresh
        + shift
    )
    common = np.sqrt(1.0 - world.condition_item_share)
    return {
        question.code: common * level[:, CONDITIONS.index(question.condition)]
        + np.sqrt(world.condition_item_share) * own
        for question, own in _own_parts(len(team), draws)
    }


def answer_events(levels: dict[str, Floats], worse: Floats | float = 0.0) -> dict[str, Floats]:
    """Coded answers at these levels, or at levels lowered by `worse` (the reporter's mood)."""
    answers = {
        question.code: question.answer(levels[question.code] - worse) for question in event_questions()
    }
    unheld = event_question(HELD).grade(levels[HELD] - worse) < FIRST_GRADE_HELD
    answers[SAFE][unheld] = np.nan
    return answers


def encounter_classes(rates: Floats, draws: np.random.Generator) -> Floats:
    """Class of the week's number of difficult encounters, 0-4, for each rate a week; NaN rates stay NaN."""
    counts = draws.poisson(np.nan_to_num(rates))
    return np.where(np.isnan(rates), np.nan, np.searchsorted(ENCOUNTER_CLASS_STARTS, counts, side="right"))


def nothing_hard_chance(encounters: Floats, expected: float, world: World) -> Floats:
    """Chance that nothing was hard for a person in a round; shape (people,).

    Hard moments come at random, half of them with difficult encounters and half with the rest of the work.

    Args:
        encounters: class of each week's encounters; shape (weeks, people), NaN while absent.
        expected: mean class of a week in this world.
        world: the laws.
    """
    seen = np.nanmean(encounters, axis=0)
    met = seen / expected if expected > 0.0 else np.ones_like(seen)
    return np.asarray(world.nothing_hard ** ((1.0 + met) / 2.0), dtype=np.float64)


def _own_parts(rows: int, draws: QuestionStreams) -> Iterator[tuple[EventQuestion, Floats]]:
    """What is each question's own, standard normal of shape (rows,), in the order of the questions."""
    first = [question.code for question in event_questions() if question.code not in ADDED_LATER]
    together = dict(zip(first, draws.common.standard_normal((rows, len(first))).T, strict=True))
    for question in event_questions():
        if question.code in together:
            yield question, together[question.code]
        else:
            yield question, draws.of(question.code).standard_normal(rows)


def _mean_one(normal: Floats, sd: float) -> Floats:
    return np.asarray(np.exp(sd * normal - sd**2 / 2.0), dtype=np.float64)
