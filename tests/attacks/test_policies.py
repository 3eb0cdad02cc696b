"""The table of policies: the world is the world, the ranges are exact, and the figures are those required."""

from __future__ import annotations

import dataclasses
import itertools
import json
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.attacks.years import small_year

from replenish.cli.main import main
from replenish.disclosure.attack import proof_attack
from replenish.disclosure.attack.policies import (
    POLICIES,
    Figures,
    compare_policies,
    keeps_the_promise,
    to_plain,
)
from replenish.disclosure.attack.policies.by_the_rule import release_year, roster_of
from replenish.disclosure.attack.policies.dashboards import DashboardRule, _sets_of, _shown
from replenish.disclosure.attack.policies.ranges import from_histograms, from_totals
from replenish.disclosure.attack.policies.table import (
    COMMON,
    COMPLEMENT,
    EXACT,
    NOISE,
    RECOMPUTED,
    TEAM_MEANS,
    TEN,
    THE_RULE,
    WHO_UNKNOWN,
)
from replenish.simulate.attack_world import draw_year

pytestmark = pytest.mark.patient

Integers = NDArray[np.int64]


@pytest.fixture(scope="module")
def small_table() -> dict[str, Figures]:
    """Every policy over one small organisation."""
    return {row.policy: row for row in compare_policies([small_year()])}


def test_the_world_has_the_spreads_and_the_turnover_asked_of_it() -> None:
    years = [draw_year(seed=seed) for seed in range(3)]
    sizes = np.concatenate([list(year.headcount(0).values()) for year in years])
    assert np.median(sizes) == 9
    assert 0.28 < (sizes < 8).mean() < 0.40
    assert sizes.min() >= 4
    assert sizes.max() <= 30
    assert {len({unit[0] for unit in year.units}) for year in years} == {7}
    present = sum((year.team >= 0).sum() for year in years)
    assert 0.60 < sum(year.answered.sum() for year in years) / present < 0.68
    repeats = []
    for year in years:
        twice = np.logical_and(year.answered[1:], year.answered[:-1])
        repeats.append(np.mean(np.equal(year.answers[1:][twice], year.answers[:-1][twice])))
    assert 0.62 < np.mean(repeats) < 0.70
    contributed = [
        year.answered[week : week + 4].max(axis=0)[year.team[week] >= 0].mean()
        for year in years
        for week in range(0, 52, 4)
    ]
    assert 0.80 < np.mean(contributed) < 0.90
    errors = np.concatenate([(year.team_means() - 3.0).ravel() for year in years])
    assert 0.46 < np.sqrt(np.nanmean(errors**2)) < 0.60


def test_the_same_seed_gives_the_same_year_and_level_is_the_mean() -> None:
    one, other = draw_year(seed=5, teams=6), draw_year(seed=5, teams=6)
    assert np.array_equal(one.answers, other.answers, equal_nan=True)
    low = draw_year(seed=5, teams=6, level=2.0)
    assert np.allclose(low.level + 1.0, one.level, equal_nan=True)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_ranges_from_histograms_never_claim_too_much(seed: int) -> None:
    """All tables of counts that agree with the histograms are listed: no bound excludes one of them."""
    draw = np.random.default_rng(seed)
    people = draw.integers(1, 3, size=3)
    truth = np.array([draw.multinomial(n, [1 / 3] * 3) for n in people])
    sets = draw.random((3, 3)) < 0.6
    left = from_histograms(people.astype(np.int64), sets, sets.astype(np.int64) @ truth)
    agreeing = [
        table
        for table in itertools.product(*(_spreads(int(n)) for n in people))
        if np.array_equal(sets.astype(np.int64) @ np.array(table), sets.astype(np.int64) @ truth)
    ]
    possible = np.array(agreeing).max(axis=0) > 0
    assert np.all(left.values >= possible.sum(axis=1))
    for atom in range(3):
        values = np.flatnonzero(possible[atom])
        assert left.low[atom] <= values.min()
        assert values.max() <= left.high[atom]


def _spreads(n: int) -> list[tuple[int, ...]]:
    return [counts for counts in itertools.product(range(n + 1), repeat=3) if sum(counts) == n]


def test_ranges_find_what_subtraction_finds() -> None:
    people = np.array([4, 1, 5])
    sets = np.array([[True, True, False], [True, False, False]])
    left = from_histograms(people, sets, np.array([[2, 0, 3], [2, 0, 2]]))
    assert (left.low[1], left.high[1], left.values[1]) == (2, 2, 1)
    assert left.values.tolist() == [2, 1, 3]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_ranges_from_totals_never_claim_too_much(seed: int) -> None:
    draw = np.random.default_rng(seed)
    truth = draw.integers(0, 5, size=5)
    sets = draw.integers(-1, 2, size=(3, 5))
    low, high = from_totals(sets, sets @ truth, 4)
    assert np.all(low <= truth)
    assert np.all(truth <= high)
    every = np.array(list(itertools.product(range(5), repeat=5)))
    agreeing = every[(every @ sets.T == sets @ truth).all(axis=1)]
    assert np.all(low <= agreeing.min(axis=0))
    assert np.all(agreeing.max(axis=0) <= high)


def test_two_totals_that_differ_by_one_person_prove_that_person() -> None:
    totals = np.array([[1, 1, 1, 1], [1, 1, 1, 0], [0, 0, 0, 1]])
    low, high = from_totals(totals, totals @ np.array([0, 2, 3, 1]), 4)
    assert (low[3], high[3]) == (1, 1)
    assert high[0] - low[0] == 4


def test_hidden_complements_leave_no_small_remainder() -> None:
    services = np.array([0, 0, 1])
    sets = _sets_of(services, 2, role_filter=True)
    sizes = sets.atoms.astype(np.int64) @ np.array([6, 2, 5, 5, 7, 1])
    shown = _shown(sets, sizes, DashboardRule(5, role_filter=True, hides_complements=True))
    for parent, children in sets.families:
        told = [child for child in children if shown[child]]
        if shown[parent] and told:
            assert sizes[parent] - sizes[told].sum() not in range(1, 5)
    open_handed = _shown(sets, sizes, DashboardRule(5, role_filter=True, hides_complements=False))
    assert open_handed.sum() > shown.sum() > 0


@pytest.mark.patient
def test_common_practice_gives_people_away_and_the_rule_does_not(small_table: dict[str, Figures]) -> None:
    common, ours = small_table[COMMON], small_table[THE_RULE]
    assert (common.proved_exactly or 0) > 0.02
    assert (common.some_value_ruled_out or 0) > 0.9
    assert (ours.proved_exactly, ours.proved_within_one, ours.some_value_ruled_out) == (0.0, 0.0, 0.0)
    assert (ours.teams_shown or 0) > 0.95
    assert (ours.within_team_r2 or 1) < 0.5 * (common.within_team_r2 or 0)
    assert (small_table[RECOMPUTED].proved_exactly or 0) > 0.3
    assert (small_table[NOISE].error or 0) > 2 * (ours.error or 9)
    assert small_table[TEAM_MEANS].within_team_r2 == 0.0
    assert list(small_table) == list(POLICIES)


def test_the_command_prints_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["policies", "--organisations", "1", "--teams", "4", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert code == (0 if found["holds"] else 1)
    assert [row["policy"] for row in found["policies"]] == list(POLICIES)
    assert main(["policies", "--organisations", "0"]) == 2
    assert "--organisations is 0" in capsys.readouterr().err


def test_the_promise_is_broken_by_a_single_figure(small_table: dict[str, Figures]) -> None:
    means = dataclasses.replace(small_table[TEAM_MEANS], guessed_within_one=0.76, nearest_within_one=0.93)
    good = Figures(THE_RULE, 0.0, 0.0, 0.0, 0.76, 0.93, 0.06, 0.995, 0.4, 0.4)
    assert keeps_the_promise([good, means])
    spoilings: list[dict[str, Any]] = [
        {"proved_exactly": 0.001},
        {"some_value_ruled_out": 0.001},
        {"within_team_r2": 0.071},
        {"guessed_within_one": 0.80},
        {"nearest_within_one": 0.97},
        {"teams_shown": 0.9},
    ]
    for spoilt in spoilings:
        assert not keeps_the_promise([dataclasses.replace(good, **spoilt), means])
    assert to_plain([good])[0]["policy"] == THE_RULE


@pytest.mark.thorough
def test_six_organisations_keep_what_is_required() -> None:
    """The figures of the design: nothing proved, R2 at most .07, guesses within 3 points of team means."""
    years = [draw_year(seed=seed) for seed in range(6)]
    table = {row.policy: row for row in compare_policies(years)}
    assert keeps_the_promise(list(table.values())), table[THE_RULE]
    ours, unknown = table[THE_RULE], table[WHO_UNKNOWN]
    assert (unknown.within_team_r2 or 1) < (ours.within_team_r2 or 0)
    assert (ours.teams_alone or 0) > 0.33
    assert (ours.error or 1) < 0.40
    assert 0.05 < (table[COMMON].proved_exactly or 0) < 0.15
    assert (table[COMPLEMENT].proved_exactly or 0) < (table[COMMON].proved_exactly or 0)
    assert table[TEN].proved_exactly == 0.0
    assert (table[EXACT].within_team_r2 or 0) > 0.25


@pytest.mark.thorough
@pytest.mark.parametrize("colluders", [0, 1, "promised"])
def test_a_year_of_forty_teams_proves_nothing_with_colluders(
    colluders: int | Literal["promised"],
) -> None:
    for seed in range(6):
        released = release_year(draw_year(seed=seed))
        for roster in (roster_of(released), None):
            report = proof_attack(released.releases, roster=roster, colluders=colluders)
            assert report.values_ruled_out == 0
            assert report.holds
