from __future__ import annotations

import numpy as np
import pytest

from replenish.simulate.staff import ABSENT, Staff, draw_staff
from replenish.simulate.tree import draw_tree
from replenish.simulate.world import World

pytestmark = pytest.mark.patient


@pytest.fixture(scope="module")
def year() -> Staff:
    return draw_staff(draw_tree(1_600, None, 3), 52, World(), 3)


def test_turnover_is_that_of_the_world(year: Staff) -> None:
    weeks_at_work = (year.team[:-1] != ABSENT).sum()
    leavers = (year.left < 52).sum()
    expected = weeks_at_work / 52 * 0.28
    assert abs(leavers - expected) < 4 * np.sqrt(expected)
    both = (year.team[:-1] != ABSENT) & (year.team[1:] != ABSENT)
    movers = ((year.team[:-1] != year.team[1:]) & both).sum()
    expected = weeks_at_work / 52 * 0.05
    assert abs(movers - expected) < 4 * np.sqrt(expected)


def test_everybody_has_one_unbroken_stay(year: Staff) -> None:
    week = np.arange(year.weeks)[:, None]
    here = (week >= year.joined) & (week < year.left)
    assert np.array_equal(here, year.team != ABSENT)


def test_vacancies_are_filled_so_that_teams_keep_their_size(year: Staff) -> None:
    posts = draw_tree(1_600, None, 3).establishment()
    last = np.bincount(year.team[-1][year.team[-1] != ABSENT], minlength=1_600)
    assert 0.95 <= last.sum() / posts.sum() <= 1.0
    assert np.abs(last - posts).max() <= 8


def test_people_are_numbered_in_the_order_of_joining(year: Staff) -> None:
    assert (np.diff(year.joined) >= 0).all()


def test_a_single_team_has_no_movers() -> None:
    staff = draw_staff(draw_tree(1, 6, 1), 104, World(movers_a_year=5.0), 1)
    assert set(np.unique(staff.team)) <= {ABSENT, 0}
