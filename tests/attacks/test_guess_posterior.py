"""The best estimate against exact Bayes: counted over all answers, and drawn."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import ArrayLike
from scipy.stats import truncnorm
from tests.references.disclosure_guess import ANSWERED, BANDS, TEAMS, TOLD

from replenish.disclosure.attack.guess import Attendance, Observed, VarianceComponents, estimate
from replenish.disclosure.attack.guess.knowledge import mean_of
from replenish.disclosure.attack.guess.posterior import truncated_moments

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "references" / "disclosure_guess.json").read_text(encoding="utf-8")
)
COMPONENTS = VarianceComponents(*REFERENCE["components"])


def attendance(team: ArrayLike, answered: ArrayLike, teams: int) -> Attendance:
    units = tuple(("North", f"T{at}") for at in range(teams))
    return Attendance(units, np.array(team, dtype=np.int64), np.array(answered, dtype=np.bool_))


def in_bands() -> list[Observed]:
    team, answered = np.array(TEAMS), np.array(ANSWERED, dtype=np.bool_)
    return [
        mean_of(np.flatnonzero(answered[occasion] & (team[occasion] == at)), occasion, low, high)
        for (occasion, at), (low, high) in BANDS.items()
    ]


@pytest.mark.parametrize("told", [False, True])
def test_estimates_of_normal_answers_are_those_of_drawn_worlds(told: bool) -> None:
    reference = REFERENCE["drawn_with_a_colluder" if told else "drawn"]
    one = np.ones(1)
    colluder = [
        Observed(np.array([person]), np.array([occasion]), one, value, value)
        for (occasion, person), value in TOLD.items()
    ]
    found = estimate(
        [*in_bands(), *(colluder if told else [])], attendance(TEAMS, ANSWERED, 2), COMPONENTS.kernels(3)
    )
    people, occasions = np.array(reference["answers"]).T
    chance_error = 4 * np.array(reference["sd"]) / np.sqrt(reference["draws_that_agree"])
    assert np.all(np.abs(found.answers[occasions, people] - reference["mean"]) < chance_error + 0.004)
    away = np.abs(np.array(reference["mean"]) - COMPONENTS.mean).max()
    assert away > 0.5, "a reference that learns nothing would prove nothing"
    assert np.allclose(found.spread[occasions, people], reference["sd"], atol=0.02)


def test_guesses_of_whole_points_explain_nearly_as_much_as_the_best_there_are() -> None:
    """Answers are no normal numbers, and bands no normal noise: what that costs the adversary is little."""
    counted = REFERENCE["counted"]
    ends = [1.0, *counted["cuts"], 5.0]
    present = np.zeros((2, 4), dtype=np.bool_)
    for occasion, people in enumerate(counted["people"]):
        present[occasion, people] = True
    best, ours, chances = [], [], []
    for case in counted["found"]:
        observed = [
            mean_of(np.array(people), occasion, ends[band], ends[band + 1])
            for occasion, (people, band) in enumerate(zip(counted["people"], case["bands"], strict=True))
        ]
        found = estimate(observed, attendance(np.zeros((2, 4)), present, 1), COMPONENTS.kernels(2))
        best.append(case["answers"])
        ours.append(found.answers[present])
        chances.append(case["chance"])
    weight = np.array(chances)
    exact, guess = np.array(best), np.array(ours)
    exact, guess = exact - weight @ exact, guess - weight @ guess
    explained_by_best = weight @ exact**2
    explained_by_guess = (weight @ (exact * guess)) ** 2 / (weight @ guess**2)
    assert np.all(explained_by_guess <= explained_by_best + 1e-12)
    assert np.all(explained_by_guess >= 0.99 * explained_by_best)


def test_truncated_moments_are_those_of_scipy_far_into_the_tails() -> None:
    mean = np.array([0.0, 1.0, -3.0, 8.0, 0.2])
    variance = np.array([1.0, 4.0, 0.5, 1.0, 0.01])
    low, high = np.array([-1.0, 2.0, 0.0, -1.0, 0.0]), np.array([0.5, 9.0, 1.0, 1.0, 1.0])
    found = truncated_moments(mean, variance, low, high)
    scale = np.sqrt(variance)
    known = truncnorm((low - mean) / scale, (high - mean) / scale, loc=mean, scale=scale)
    assert np.allclose(found[0], known.mean(), atol=1e-7)
    assert np.allclose(found[1], known.var(), rtol=1e-4, atol=1e-7)


def test_an_exact_sum_of_one_answer_is_that_answer() -> None:
    here = attendance(np.zeros((1, 3)), np.ones((1, 3)), 1)
    found = estimate([mean_of(np.array([1]), 0, 4.0, 4.0)], here, COMPONENTS.kernels(1))
    assert abs(found.answers[0, 1] - 4.0) < 1e-3
    assert found.spread[0, 1] < 0.01
    assert 3.0 < found.answers[0, 0] == found.answers[0, 2] < 4.0


def test_a_mean_with_and_without_one_person_gives_that_person_away() -> None:
    """Subtraction is nothing but a linear estimate: two sums that differ by one."""
    here = attendance(np.zeros((1, 4)), np.ones((1, 4)), 1)
    both = [mean_of(np.arange(4), 0, 2.5, 2.5), mean_of(np.arange(3), 0, 2.0, 2.0)]
    found = estimate(both, here, COMPONENTS.kernels(1))
    assert abs(found.answers[0, 3] - 4.0) < 0.02


def test_averaging_weeks_into_rounds_is_the_covariance_of_drawn_means() -> None:
    """Means over three of four weeks, by the definition, against the kernel of rounds."""
    weeks, rounds = COMPONENTS.kernels(8), COMPONENTS.kernels(2, of_each=4, heard=3.0)
    choices = [[a for a in range(4) if a != left] for left in range(4)]

    def mean_covariance(first: list[int], second: list[int], *, of_rest: bool) -> float:
        kernel = weeks.of_person if of_rest else weeks.person
        return float(kernel[np.ix_(first, second)].mean())

    same = np.mean([mean_covariance(chosen, chosen, of_rest=True) for chosen in choices])
    assert np.isclose(rounds.of_person[0, 0], same)
    apart = np.mean(
        [mean_covariance(a, [week + 4 for week in b], of_rest=False) for a in choices for b in choices]
    )
    assert np.isclose(rounds.of_person[0, 1], apart)
