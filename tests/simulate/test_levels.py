from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.simulate.worlds import BARE, half_a_year

from replenish.simulate import simulate_organisation
from replenish.simulate.explained import explained_by, remaining_sds
from replenish.simulate.levels import draw_levels
from replenish.simulate.staff import draw_staff
from replenish.simulate.tree import draw_tree
from replenish.simulate.world import OUTCOMES, POINTS_PER_STEP, Floats, World

pytestmark = pytest.mark.patient


def _components(values: Floats, team: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> tuple[float, float]:
    """Between-team and within-team variance by the analysis of variance, for teams of any size."""
    n = np.bincount(team)
    means = np.bincount(team, weights=values) / n
    within = ((values - means[team]) ** 2).sum() / (len(values) - len(n))
    between = (n * (means - values.mean()) ** 2).sum() / (len(n) - 1)
    size = (n.sum() - (n**2).sum() / n.sum()) / (len(n) - 1)
    return float((between - within) / size), float(within)


@pytest.mark.parametrize("world", [BARE, World(plans=())], ids=["components alone", "with conditions"])
def test_variance_components_are_those_of_the_world(world: World) -> None:
    still = simulate_organisation(teams=1_500, people=15_000, rounds=1, seed=8, world=world)
    first = still.truth.outcomes[0] / POINTS_PER_STEP
    for k, outcome in enumerate(OUTCOMES):
        between, within = _components(
            first[still.truth.team[0] >= 0, k], still.truth.team[0][still.truth.team[0] >= 0]
        )
        team = 0.15**2 + 0.35**2 + 0.20**2
        person = 0.65**2 + 0.45**2
        # Services hold six teams each, so their part of the error counts 250 services.
        error = np.sqrt(2 / 1_500) * (team + person / 10) + np.sqrt(2 / 250) * 0.15**2
        assert abs(between - team) < 4 * error, outcome
        assert abs(within - person) < 4 * np.sqrt(2 / 13_500) * person, outcome


def test_people_and_teams_keep_the_autocorrelation_of_the_world() -> None:
    world = replace(BARE, leavers_a_year=0.0, movers_a_year=0.0)
    held = simulate_organisation(teams=800, people=8_000, rounds=3, seed=2, world=world)
    level = held.truth.outcomes[:, :, 0] / POINTS_PER_STEP
    team = held.truth.team[0]
    n = np.bincount(team)
    means = np.stack([np.bincount(team, weights=week) / n for week in level])
    within = level - means[:, team]
    scale = 8_000 / 7_200  # a team of ten takes a tenth of the variance within into its mean
    for lag in (1, 4, 8):
        expected = 0.65**2 + 0.45**2 * 0.85**lag
        found = scale * (within[0] * within[lag]).mean()
        assert abs(found - expected) < 4 * np.sqrt(2 / 7_200) * (0.65**2 + 0.45**2)
        pulled = expected / 10
        expected = 0.15**2 + 0.35**2 + 0.20**2 * 0.90**lag + pulled
        found = np.cov(means[0], means[lag])[0, 1]
        assert abs(found - expected) < 4 * (np.sqrt(2 / 800) * (expected + 0.01) + np.sqrt(2 / 133) * 0.15**2)


def test_movement_by_weeks_is_stationary_with_the_autocorrelations_of_the_world() -> None:
    world, tree = BARE, draw_tree(2_000, None, 5)
    staff = draw_staff(tree, 12, replace(world, leavers_a_year=0.0, movers_a_year=0.0), 5)
    levels = draw_levels(tree, staff, remaining_sds(world), world, 5)
    for walk, sd, autocorrelation in ((levels.team_week, 0.20, 0.90), (levels.person_week, 0.45, 0.85)):
        independent = walk.shape[1]
        for week in (0, 5, 11):
            # Outcomes are correlated, so the error counts one of them.
            assert abs((walk[week] ** 2).mean() - sd**2) < 4 * np.sqrt(2 / independent) * sd**2
        for lag in (1, 6):
            found = (walk[5] * walk[5 + lag]).mean() / sd**2
            assert abs(found - autocorrelation**lag) < 4 * np.sqrt(2 / independent)


def test_outcomes_are_correlated_as_the_world_says() -> None:
    held = simulate_organisation(teams=800, people=8_000, rounds=1, seed=4, world=BARE)
    found = np.corrcoef(held.truth.outcomes[0][held.truth.team[0] >= 0].T)
    assert np.abs(found - BARE.correlations()).max() < 0.05


def test_two_thirds_of_answers_repeat_last_weeks() -> None:
    check_ins = half_a_year().check_ins
    answer = np.full((24, half_a_year().truth.joined.size), np.nan)
    answer[check_ins.week, check_ins.person] = check_ins.answers["sign.flatness"]
    both = ~np.isnan(answer[:-1]) & ~np.isnan(answer[1:])
    assert 0.63 <= (answer[:-1] == answer[1:])[both].mean() <= 0.72


def test_the_documented_world_explains_a_part_of_team_differences_and_never_all() -> None:
    share = explained_by(World()).team / (0.35**2 + 0.15**2)
    assert (share > 0.1).all()
    assert (share < 0.6).all()
