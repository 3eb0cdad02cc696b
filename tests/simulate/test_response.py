from __future__ import annotations

import numpy as np
import pytest
from tests.simulate.worlds import half_a_year, large

from replenish.simulate import World, simulate_organisation
from replenish.simulate.response import strain

pytestmark = pytest.mark.patient


def test_a_week_has_64_percent_and_a_round_80_to_90_percent_of_people() -> None:
    held = large()
    people = sum(held.round(1).headcount.values())
    here = (held.truth.team >= 0).sum()
    assert 0.62 <= held.check_ins.week.size / here <= 0.66
    assert 0.80 <= held.round(1).person.size / people <= 0.90


def test_every_round_of_half_a_year_stays_in_the_band() -> None:
    for held in half_a_year().rounds:
        assert 0.78 <= held.person.size / sum(held.headcount.values()) <= 0.92


@pytest.mark.parametrize(("silence", "sign"), [(0.4, -1), (0.0, 0)])
def test_the_strained_answer_less_and_only_where_the_world_says_so(silence: float, sign: int) -> None:
    world = World(plans=(), silence=silence)
    held = simulate_organisation(teams=600, rounds=1, seed=9, world=world)
    strained = strain(held.truth.outcomes, world)
    heard = np.zeros(strained.shape, dtype=bool)
    heard[held.check_ins.week, held.check_ins.person] = True
    here = (held.truth.team >= 0) & (held.truth.team[0] >= 0)
    gap = strained[here & heard].mean() - strained[here & ~heard].mean()
    # Weeks of one person hang together, so the error counts people.
    error = np.sqrt(4.0 / here.any(axis=0).sum())
    if sign:
        assert gap < -4 * error
    else:
        assert abs(gap) < 4 * error


def test_an_honest_average_of_those_who_answer_looks_too_good() -> None:
    held = large()
    scores = held.contributions(1).scores["relational"]
    truth = np.average(held.truth.team_means["relational"][0], weights=list(held.round(1).headcount.values()))
    assert np.nanmean(scores) < truth - 0.5
