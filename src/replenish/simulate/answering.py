"""From where people stand to coded answers: everybody's answers first, then what silence takes away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.simulate.events import answer_events
from replenish.simulate.levels import draw_by_joining
from replenish.simulate.questions import (
    ENCOUNTERS,
    SignQuestion,
    event_questions,
    round_signs,
    weekly_signs,
)
from replenish.simulate.staff import Staff
from replenish.simulate.streams import QuestionStreams, stream
from replenish.simulate.world import OUTCOMES, POINTS_PER_STEP, Floats, Integers, World

Flags = NDArray[np.bool_]
_HIGHEST = 4.0


@dataclass(frozen=True)
class Habits:
    """How each person reads each question, in steps of an answer; shape (people, questions)."""

    weekly: Floats
    round: Floats


def draw_habits(staff: Staff, world: World, seed: int) -> Habits:
    """Draw the lasting difference of each person and question."""
    weekly = draw_by_joining(staff, seed, "readings of weekly questions", len(weekly_signs()))
    once = draw_by_joining(staff, seed, "readings of round questions", len(round_signs()))
    return Habits(world.item_sd * weekly, world.item_sd * once)


def weekly_answers(
    latent: Floats, encounters: Floats, habits: Habits, staff: Staff, world: World, seed: int
) -> dict[str, Floats]:
    """Everybody's answers to the weekly questions, silent or not; each of shape (weeks, people).

    Args:
        latent: outcomes in points of 0-100; shape (weeks, people, outcomes), NaN while absent.
        encounters: class of difficult encounters; shape (weeks, people).
        habits: how people read questions.
        staff: who works here when.
        world: the laws.
        seed: the seed of the organisation.
    """
    rest = np.zeros((*encounters.shape, len(weekly_signs())))
    for week in range(staff.weeks):
        known = int(np.searchsorted(staff.joined, week, side="right"))
        rest[week, :known] = stream(seed, "rest", week).standard_normal((known, rest.shape[2]))
    answers = {
        sign.code: _sign_answer(sign, latent, habits.weekly[:, place] + world.rest_sd * rest[:, :, place])
        for place, sign in enumerate(weekly_signs())
    }
    return {**answers, ENCOUNTERS: encounters}


def round_answers(
    latent: Floats,
    events: Mapping[str, Floats],
    worse: Floats,
    habits: Floats,
    world: World,
    draws: np.random.Generator,
) -> dict[str, Floats]:
    """Answers to the questions of one round, as reported by people to whom all apply; each of shape (rows,).

    Args:
        latent: outcomes in points of 0-100 in the week of asking; shape (rows, outcomes).
        events: underlying levels of the event questions.
        worse: by how much each reporter's mood lowers them.
        habits: how these people read the questions; shape (rows, questions).
        world: the laws.
        draws: the stream of the round.
    """
    rest = world.rest_sd * draws.standard_normal(habits.shape)
    signs = {
        sign.code: _sign_answer(sign, latent, habits[:, place] + rest[:, place])
        for place, sign in enumerate(round_signs())
    }
    return {**signs, **answer_events(dict(events), worse)}


def where_nothing_happened(
    answers: Mapping[str, Floats], chances: Mapping[str, Floats | float], draws: QuestionStreams
) -> dict[str, Floats]:
    """The answers of a round with "does not apply" where there was nothing to tell; the same shapes.

    Args:
        answers: answers to the questions of a round; each of shape (rows,).
        chances: question that may not apply -> the chance of it, for each row or for all.
        draws: the streams of the round.
    """
    reported = dict(answers)
    for question in event_questions():
        column = reported[question.code]
        # A number is drawn for every question, whether it may fail to apply or not.
        nothing_happened = draws.of(question.code).random(column.shape) < chances.get(question.code, 0.0)
        if question.does_not_apply is not None:
            reported[question.code] = np.where(nothing_happened, question.does_not_apply, column)
    return reported


def skip_questions(answers: Mapping[str, Floats], share: float, draws: QuestionStreams) -> dict[str, Floats]:
    """Each question left out by chance; the same shapes."""
    return {
        code: np.where(draws.of(code).random(column.shape) < share, np.nan, column)
        for code, column in answers.items()
    }


def asking_week(answered: Flags, present: Flags, draws: np.random.Generator) -> Integers:
    """The week of the round in which each person is asked the questions of the round; shape (people,).

    One of the weeks with an answer, else (for the truth about silent people) one of the weeks at work.

    Args:
        answered: whether each person answered; shape (weeks of the round, people).
        present: whether each person works here; the same shape.
        draws: the stream of the round.
    """
    order = draws.random(answered.shape) + answered + present
    return np.asarray(np.argmax(order, axis=0), dtype=np.int64)


def _sign_answer(sign: SignQuestion, latent: Floats, apart: Floats) -> Floats:
    level = latent[..., OUTCOMES.index(sign.outcome)] / POINTS_PER_STEP
    if sign.reverse:
        level = _HIGHEST - level
    return np.asarray(np.clip(np.rint(level + apart), 0.0, _HIGHEST), dtype=np.float64)
