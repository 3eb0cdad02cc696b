from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.simulate.worlds import STILL, slopes_by_least_squares

from replenish.simulate import ActionPlan, World, simulate_organisation
from replenish.simulate.world import CONDITIONS, OUTCOMES, Floats

pytestmark = pytest.mark.patient


@pytest.fixture(scope="module")
def many() -> tuple[Floats, Floats]:
    """True outcomes in the first week and true conditions of 16,000 people."""
    held = simulate_organisation(teams=1_600, people=16_000, rounds=1, seed=13, world=STILL)
    return held.truth.outcomes[0], held.truth.conditions[0]


@pytest.mark.patient
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_true_effects_come_back_by_least_squares(many: tuple[Floats, Floats], outcome: str) -> None:
    outcomes, conditions = many
    beta, error = slopes_by_least_squares(outcomes[:, OUTCOMES.index(outcome)], conditions)
    true = World().slopes()[OUTCOMES.index(outcome)]
    # Errors are widened for teams, whose members share a level: design effect of teams of ten.
    assert (np.abs(beta - true) < 4 * 1.6 * error).all()


def test_the_tolerance_would_notice_a_wrong_effect(many: tuple[Floats, Floats]) -> None:
    outcomes, conditions = many
    beta, error = slopes_by_least_squares(outcomes[:, 0], conditions)
    wrong = World().slopes()[0] * 1.5
    assert (np.abs(beta - wrong) > 4 * 1.6 * error).any()


def test_correlations_with_outcomes_are_of_the_order_of_the_literature() -> None:
    held = simulate_organisation(teams=800, people=8_000, rounds=1, seed=3, world=STILL)
    scores = held.contributions(1).scores
    bands = {
        ("relational", "supervision"): (-0.42, -0.28),  # Mor Barak 2009: .30 to .40
        ("relational", "reciprocity"): (-0.34, -0.15),  # Hensel 2015: work support -.17, social support -.26
        ("witness", "reciprocity"): (-0.34, -0.15),
        ("overload", "workload"): (-0.65, -0.38),  # Lee and Ashforth 1996; Alarcon 2011: .5 to .65
        ("overload", "leaders"): (-0.37, -0.20),
        ("witness", "overload"): (0.55, 0.78),  # Cieslak 2014: .69
        ("overload", "relational"): (0.55, 0.78),
    }
    for (one, other), (low, high) in bands.items():
        both = ~np.isnan(scores[one]) & ~np.isnan(scores[other])
        r = np.corrcoef(scores[one][both], scores[other][both])[0, 1]
        assert low <= r <= high, (one, other, r)


def test_mood_darkens_reports_but_not_what_happened() -> None:
    plain = simulate_organisation(teams=400, rounds=1, seed=21, world=replace(STILL, mood=0.0))
    dark = simulate_organisation(teams=400, rounds=1, seed=21, world=replace(STILL, mood=0.6))
    assert np.array_equal(plain.truth.conditions, dark.truth.conditions, equal_nan=True)
    assert np.array_equal(plain.truth.outcomes, dark.truth.outcomes, equal_nan=True)
    for condition in CONDITIONS:
        pair = [held.contributions(1).scores for held in (plain, dark)]
        r = []
        for scores in pair:
            both = ~np.isnan(scores[condition]) & ~np.isnan(scores["relational"])
            r.append(np.corrcoef(scores[condition][both], scores["relational"][both])[0, 1])
        assert r[1] < r[0] - 0.05, condition


def test_an_action_does_what_its_truth_says() -> None:
    plan = ActionPlan("supervision", "supervision", shift=0.8, relief=4.0, share=0.5, first_round=2, starts=2)
    world = replace(STILL, plans=(plan,))
    acted = simulate_organisation(teams=400, rounds=3, seed=17, world=world)
    still = simulate_organisation(teams=400, rounds=3, seed=17, world=STILL)
    (action,) = acted.truth.actions
    assert len(action.starts) == 200
    assert sorted(action.starts.values()) == [2] * 100 + [3] * 100
    first = np.array([action.starts.get(unit.path, 99) for unit in acted.units])
    team = acted.truth.team[0]
    for turn in range(3):
        change = (acted.truth.outcomes - still.truth.outcomes)[4 * turn]
        active = first[team] <= turn + 1
        assert np.abs(change[~active]).max(initial=0.0) == 0.0
        for k, outcome in enumerate(OUTCOMES):
            if active.any():
                assert abs(change[active, k].mean() - action.effects[outcome]) < 0.25, (turn, outcome)
    assert action.effects["relational"] < -6.0


def test_an_empty_action_changes_nothing() -> None:
    plan = ActionPlan("poster", "culture", shift=0.0, relief=0.0, share=0.5, first_round=1, starts=1)
    acted = simulate_organisation(teams=10, rounds=2, seed=1, world=replace(STILL, plans=(plan,)))
    still = simulate_organisation(teams=10, rounds=2, seed=1, world=STILL)
    assert np.array_equal(acted.truth.outcomes, still.truth.outcomes)
    assert set(acted.truth.actions[0].effects.values()) == {0.0}


def test_hard_encounters_weigh_on_the_relational_side_alone() -> None:
    calm = simulate_organisation(
        teams=30, rounds=1, seed=2, world=replace(STILL, effects=(), encounters_a_week=0.0)
    )
    busy = simulate_organisation(
        teams=30, rounds=1, seed=2, world=replace(STILL, effects=(), encounters_a_week=3.0)
    )
    classes = busy.check_ins.answers["event.encounters"]
    assert np.nanmax(calm.check_ins.answers["event.encounters"]) == 0.0
    assert set(np.unique(classes[~np.isnan(classes)])) == {0.0, 1.0, 2.0, 3.0, 4.0}
    change = busy.truth.outcomes - calm.truth.outcomes
    assert np.corrcoef(change[:, :, 0].ravel(), change[:, :, 1].ravel())[0, 1] > 0.9


def test_units_that_are_reported_together_have_an_action_together() -> None:
    plan = ActionPlan("supervision", "supervision", shift=0.8, relief=4.0, share=0.5, first_round=2, starts=2)
    world = replace(STILL, plans=(plan,))
    paths = [unit.path for unit in simulate_organisation(teams=12, rounds=1, seed=4).units]
    pairs = [paths[at : at + 2] for at in range(0, 12, 2)]
    held = simulate_organisation(teams=12, rounds=3, seed=4, world=world, drawn_together=pairs)
    starts = held.truth.actions[0].starts
    assert len(starts) == 6
    assert all(starts.get(one) == starts.get(other) for one, other in pairs)
