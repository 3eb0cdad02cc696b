from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from replenish.simulate.tree import draw_tree

pytestmark = pytest.mark.patient


def test_sizes_are_those_of_the_attack_world() -> None:
    sizes = np.concatenate([draw_tree(40, None, seed).establishment() for seed in range(50)])
    assert sizes.min() >= 4
    assert sizes.max() <= 30
    assert np.median(sizes) == 9
    assert 0.30 <= (sizes < 8).mean() <= 0.37


@pytest.mark.parametrize("seed", range(5))
def test_forty_teams_make_seven_services_and_each_organisation_has_the_whole_spread(seed: int) -> None:
    tree = draw_tree(40, None, seed)
    assert tree.services == 7
    assert 0.27 <= (tree.establishment() < 8).mean() <= 0.40


@given(teams=st.integers(1, 300), spare=st.integers(0, 5_000), seed=st.integers(0, 2**53 - 1))
def test_posts_add_up_and_names_are_unique(teams: int, spare: int, seed: int) -> None:
    people = 4 * teams + spare
    tree = draw_tree(teams, people, seed)
    assert tree.establishment().sum() == people
    assert tree.establishment().min() >= 4
    assert len({unit.team for unit in tree.units}) == teams
    assert len({unit.service for unit in tree.units}) == tree.services == tree.service_of[-1] + 1


def test_names_stay_unique_when_they_run_out() -> None:
    tree = draw_tree(3_000, None, 1)
    assert len({unit.path for unit in tree.units}) == 3_000
    assert len({unit.service for unit in tree.units}) == 500
