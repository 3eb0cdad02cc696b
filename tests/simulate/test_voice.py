"""The two questions about voicing distress: to whom they do not apply, and what they give together."""

from __future__ import annotations

import numpy as np
import pytest
from tests.simulate.worlds import large

from replenish.simulate import World, simulate_organisation
from replenish.simulate.events import nothing_hard_chance
from replenish.simulate.questions import SAID, VOICE
from replenish.simulate.world import CONDITIONS

pytestmark = pytest.mark.patient

NOTHING_TO_TELL = 4.0


def test_about_a_quarter_had_nothing_hard_to_say_and_more_of_those_with_few_encounters() -> None:
    answers = large().round(1).answers
    said, encounters = answers[SAID], answers["event.encounters"]
    known = ~np.isnan(said) & ~np.isnan(encounters)
    none = said[known] == NOTHING_TO_TELL
    assert 0.22 <= none.mean() <= 0.31
    assert none[encounters[known] == 0].mean() > none[encounters[known] >= 3].mean() + 0.05


def test_the_chance_falls_with_encounters_and_is_that_of_the_world_at_their_mean() -> None:
    encounters = np.array([[0.0, 1.0, 1.5, 4.0], [0.0, 2.0, np.nan, 4.0]])
    chance = nothing_hard_chance(encounters, 1.5, World())
    assert chance[1] == chance[2] == pytest.approx(0.25, rel=1e-12)
    assert chance[0] == pytest.approx(0.5, rel=1e-12), "without encounters half of what is hard is left"
    assert chance[3] < 0.10


def test_a_world_without_encounters_still_has_people_with_nothing_to_say() -> None:
    assert nothing_hard_chance(np.zeros((2, 3)), 0.0, World()).tolist() == [0.25] * 3
    held = simulate_organisation(teams=60, rounds=1, seed=1, world=World(encounters_a_week=0.0))
    said = held.round(1).answers[SAID]
    assert 0.15 <= (said == NOTHING_TO_TELL).sum() / (~np.isnan(said)).sum() <= 0.35


def test_most_people_have_a_score_on_every_condition() -> None:
    scores = large().contributions(1).scores
    complete = ~np.isnan(np.column_stack([scores[condition] for condition in CONDITIONS])).any(axis=1)
    answers = large().round(1).answers
    one_question = complete & (answers[VOICE] < NOTHING_TO_TELL)
    assert complete.mean() >= 0.85
    assert one_question.mean() <= 0.72


def test_both_questions_speak_of_one_condition() -> None:
    answers = large().round(1).answers
    voice, said = answers[VOICE], answers[SAID]
    both = (voice < NOTHING_TO_TELL) & (said < NOTHING_TO_TELL)
    worth = np.array([0.0, 25.0, 75.0, 100.0])
    covariance = np.cov(worth[voice[both].astype(int)], worth[said[both].astype(int)])
    alpha = 2.0 * (1.0 - np.trace(covariance) / covariance.sum())
    assert 0.70 <= alpha <= 0.88
