"""Seeded faults: each lets somebody guess or prove more, and the guess or the proof attack fails on each."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.attacks.years import guess, plain_of, released, small_year, spoilt

from replenish.disclosure.attack import FindingKind, proof_attack
from replenish.disclosure.attack.guess import Attendance, Observed, estimate, judge
from replenish.disclosure.attack.guess.knowledge import mean_of
from replenish.disclosure.attack.policies.by_the_rule import QUESTION, roster_of
from replenish.disclosure.attack.policies.others import attack_exact_means, attack_recomputed_history
from replenish.disclosure.attack.policies.outcome import figures_of

Floats = NDArray[np.float64]


def test_without_a_fault_both_attacks_hold() -> None:
    """A test of faults proves nothing where the faultless would fail as well."""
    plain = plain_of(released())
    assert proof_attack(plain, roster=roster_of(released()), colluders="promised").holds
    assert guess(plain).holds


def test_exact_means_instead_of_bands_fail_the_guess_attack() -> None:
    def exact_mean(cell: dict[str, Any], answers: Floats) -> None:
        points = float((answers.mean() - 1) * 25)
        cell["band"] = [round(points, 6), round(points + 1e-6, 6)]

    report = guess(spoilt(exact_mean))
    assert not report.holds, report.summary()
    assert report.summary().startswith("The releases do not hold")
    assert report.expected.within_team_r2 > 1.5 * guess(released().releases).expected.within_team_r2


def test_weekly_exact_means_fail_the_guess_attack_by_far() -> None:
    found = figures_of("weekly exact means", [attack_exact_means(small_year())])
    assert found.within_team_r2 is not None
    assert found.within_team_r2 > 0.2


def test_finer_bands_everywhere_fail_the_guess_attack() -> None:
    """Safe for the proof and not for the guess: the inner cuts are what this attack watches over."""

    def finer(cell: dict[str, Any], answers: Floats) -> None:
        low = 2.0 * np.floor((answers.mean() - 1) * 25 / 2.0)
        cell["band"] = [float(low), float(low) + 2.0]

    assert not guess(spoilt(finer)).holds


def test_a_published_histogram_fails_the_proof_attack() -> None:
    def histogram(cell: dict[str, Any], answers: Floats) -> None:
        points = np.rint((answers - 1) * 25).astype(int)
        values, counts = np.unique(points, return_counts=True)
        cell["histogram"] = {str(value): int(count) for value, count in zip(values, counts, strict=True)}

    report = proof_attack(spoilt(histogram), roster=roster_of(released()))
    assert not report.holds
    assert report.found(FindingKind.SURPLUS_FIELD)
    assert report.free.touched > 0.5 * report.free.answers


def test_a_live_count_fails_the_proof_attack() -> None:
    def live_count(cell: dict[str, Any], answers: Floats) -> None:
        cell["n"] = int(answers.size)

    report = proof_attack(spoilt(live_count), roster=roster_of(released()))
    assert not report.holds
    assert report.found(FindingKind.EXACT_N)


def test_a_figure_that_is_live_while_people_answer_fails_the_guess_attack() -> None:
    """The number of answers and their mean so far: every new answer is the difference of two of them."""
    year = released()
    occasion = 0
    observed: list[Observed] = []
    for team in range(len(year.attendance.units)):
        here = np.flatnonzero(year.attendance.answered[occasion] & (year.attendance.team[occasion] == team))
        for voices in range(7, here.size + 1):
            mean = float(year.contributions[occasion, here[:voices]].mean())
            observed.append(mean_of(here[:voices], occasion, mean, mean))
    kernels = small_year().components.kernels(1, of_each=4, heard=year.heard)
    attendance = Attendance(year.attendance.units, year.attendance.team[:1], year.attendance.answered[:1])
    found = estimate(observed, attendance, kernels)
    judged = judge(found.answers, found.own, year.contributions[:1], attendance.team, attendance.answered)
    assert not judged.holds
    assert judged.within_team_r2 > 0.15


def test_recomputed_history_proves_the_answers_of_leavers() -> None:
    found = figures_of("recomputed", [attack_recomputed_history(small_year())])
    assert found.proved_exactly is not None
    assert found.proved_exactly > 0.3


def test_a_second_round_for_current_staff_fails_the_proof_attack() -> None:
    """The first round again, without those who have left since: the difference is the leavers."""
    year = released()
    plain = plain_of(year)
    again = plain_of(year)[0]
    again["groups"][0]["cells"][QUESTION]["band"] = [0.0, 35.0]
    report = proof_attack([plain[0], again])
    assert not report.holds
    assert report.found(FindingKind.REPEATED_ROUND)


@pytest.mark.parametrize("name", ["person", "rest"])
def test_an_adversary_who_believes_in_other_spreads_guesses_no_better(name: str) -> None:
    """The laws given are the true ones; with wrong ones the estimate is worse, never better."""
    year = small_year()
    wrong = dataclasses.replace(year.components, **{name: 3 * getattr(year.components, name)})
    right, mistaken = guess(released().releases), guess(released().releases, components=wrong)
    assert mistaken.outcome.within_one_point <= right.outcome.within_one_point + 0.01
