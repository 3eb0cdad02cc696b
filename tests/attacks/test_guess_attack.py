"""The guess attack on releases by the rule: guesses stay near what team means give, and are told plainly."""

import json
from typing import Any

import numpy as np
import pytest
from tests.attacks.years import guess, plain_of, released, small_year

from replenish.basis.errors import Fault, Refused
from replenish.basis.faults import AttackFault
from replenish.disclosure.attack import proof_attack
from replenish.disclosure.attack.guess import (
    Attendance,
    Judged,
    PrintedResult,
    VarianceComponents,
    guess_attack,
    judge,
)
from replenish.disclosure.attack.guess.judging import personal_levels, squared_correlation
from replenish.disclosure.attack.policies.by_the_rule import QUESTION, roster_of


def test_a_released_year_is_guessed_hardly_better_than_from_team_means() -> None:
    report = guess(released().releases)
    assert report.judged is not None
    assert report.holds, report.summary()
    assert 0 < report.expected.within_team_r2 <= 0.07
    assert report.outcome.gain <= 0.03
    assert report.rounds == 13
    assert report.answers > 1_000
    assert report.figures > 80


@pytest.mark.parametrize("colluders", [0, 1, "promised"])
def test_and_nothing_in_it_is_proved(colluders: int) -> None:
    report = proof_attack(released().releases, roster=roster_of(released()), colluders=colluders)
    assert report.holds
    assert report.values_ruled_out == 0


def test_what_the_model_expects_is_what_happens() -> None:
    """Without true answers the report rests on the model alone; with them it can be compared."""
    judged, expected = guess(released().releases), guess(released().releases, answers=None)
    assert expected.judged is None
    assert expected.holds
    assert expected.outcome == judged.expected
    assert judged.outcome.r2_at_least < expected.outcome.within_team_r2 < judged.outcome.within_team_r2 + 0.1
    assert abs(expected.outcome.within_one_point - judged.outcome.within_one_point) < 0.04


def test_who_does_not_know_who_answered_guesses_worse() -> None:
    known = guess(released().releases, answers=None)
    unknown = guess(released().releases, answers=None, who_answered_is_known=False)
    assert unknown.outcome.within_team_r2 < 0.8 * known.outcome.within_team_r2
    assert "not who answered" in unknown.summary()


def test_colluders_help_and_are_not_counted_among_the_guessed() -> None:
    alone, helped = guess(released().releases), guess(released().releases, colluders=2)
    assert helped.expected.within_team_r2 > alone.expected.within_team_r2
    assert helped.people < alone.people
    assert "helped by 2 members" in helped.summary()
    assert not helped.expected.holds
    assert "promised against somebody who works alone" in helped.summary()


def test_a_file_is_attacked_like_its_releases() -> None:
    file = {"format": "replenish-releases-1", "releases": plain_of(released())}
    assert guess(file).judged == guess(released().releases).judged


def test_a_printed_effect_is_one_more_observation() -> None:
    """An effect whose influence rests on one person gives them away; a usual one adds hardly anything."""
    year = released()
    here = np.flatnonzero(year.attendance.answered[0])
    usual = np.zeros(year.attendance.people)
    usual[here] = np.random.default_rng(1).normal(0, 1 / here.size, here.size)
    truth = float(usual[here] @ year.contributions[0, here])
    alone = guess(year.releases, answers=None)
    with_it = guess(year.releases, answers=None, results=[PrintedResult(0, usual, truth - 0.1, truth + 0.1)])
    assert with_it.figures == alone.figures + 1
    gained = with_it.outcome.within_team_r2 - alone.outcome.within_team_r2
    assert -1e-4 < gained < 0.004
    lonely = np.zeros(year.attendance.people)
    lonely[here[0]] = 1.0
    value = float(year.contributions[0, here[0]])
    told = guess(year.releases, answers=None, results=[PrintedResult(0, lonely, value - 0.1, value + 0.1)])
    assert told.outcome.within_team_r2 > with_it.outcome.within_team_r2 + 0.001


def test_the_report_is_for_people_and_for_machines() -> None:
    report = guess(released().releases)
    assert report.summary().startswith("The releases hold.")
    assert "7% are allowed" in report.summary()
    plain = json.loads(json.dumps(report.to_plain()))
    assert plain["holds"] is True
    assert plain["judged"]["within_team_r2"] == report.outcome.within_team_r2
    broken, by_chance = Judged(0.2, 0.9, 0.75, 0.9, 0.9), Judged(0.10, 0.75, 0.75, 0.9, 0.9, people=100)
    assert by_chance.holds
    assert not Judged(0.10, 0.75, 0.75, 0.9, 0.9, people=3_000).holds
    assert not broken.holds
    assert round(broken.gain, 9) == 0.15


def test_judging_is_what_it_says_on_a_table_one_can_check_by_hand() -> None:
    team = np.zeros((2, 3), dtype=np.int64)
    truth = np.array([[1.0, 3.0, 5.0], [1.0, np.nan, 5.0]])
    counts = ~np.isnan(truth)
    found = judge(np.full((2, 3), 2.2), truth - 3.0, truth, team, counts)
    assert found.within_one_point == 1 / 5
    assert found.nearest_point_within_one == 3 / 5
    assert found.within_one_point_from_team_means == 1 / 5
    assert found.within_team_r2 == pytest.approx(1.0)
    levels = personal_levels(truth, team, counts)
    assert levels.tolist() == [-2.0, 0.0, 2.0]
    assert squared_correlation(np.array([1.0, 1.0, 1.0]), np.array([1.0, 2.0, 3.0])) == 0.0


@pytest.mark.parametrize(
    ("fault", "more"),
    [
        (AttackFault.GUESS_COLLUDERS, {"answers": None, "colluders": 1}),
        (AttackFault.GUESS_SHAPES, {"answers": np.zeros((2, 2))}),
        (AttackFault.ATTACK_COLLUDERS, {"colluders": -1}),
    ],
)
def test_what_cannot_be_guessed_at_is_refused(fault: Fault, more: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        guess(released().releases, **more)
    assert refused.value.problems[0].fault is fault


def test_a_roster_of_other_rounds_and_an_unknown_question_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        guess(released().releases[:3])
    assert refused.value.problems[0].fault is AttackFault.GUESS_OCCASIONS
    year = released()
    with pytest.raises(Refused) as refused:
        guess_attack(
            year.releases,
            attendance=year.attendance,
            question=f"not the {QUESTION}",
            components=small_year().components,
        )
    assert refused.value.problems[0].fault is AttackFault.GUESS_NOTHING_SHOWN


def test_impossible_components_and_rosters_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        VarianceComponents(3.0, 0.0, 0.1, 0.1, 1.0, 0.4, 0.2, 0.5, 0.1)
    assert refused.value.problems[0].fault is AttackFault.GUESS_COMPONENTS
    with pytest.raises(Refused):
        VarianceComponents(3.0, 0.0, 0.1, 0.1, 0.5, 0.0, 0.0, 0.5, 0.0)
    nobody = np.full((1, 1), -1)
    with pytest.raises(Refused) as refused:
        Attendance((("Oak",),), nobody, np.ones((1, 1), dtype=np.bool_))
    assert refused.value.problems[0].fault is AttackFault.GUESS_TEAMS
    with pytest.raises(Refused) as refused:
        Attendance((("Oak",),), nobody, np.zeros((2, 1), dtype=np.bool_))
    assert refused.value.problems[0].fault is AttackFault.GUESS_SHAPES
