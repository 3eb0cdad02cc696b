from __future__ import annotations

import pytest
from tests.simulate.coverage import CROSS_SECTION, OWN, SPLIT, SPLIT_ALONE, pooled, tallies

pytestmark = pytest.mark.patient


@pytest.mark.thorough
def test_nine_in_ten_intervals_for_the_effects_of_conditions_hold_the_truth() -> None:
    counted = tallies(200, CROSS_SECTION)
    own, given = pooled(counted, OWN)
    assert given == 200 * 18
    assert own >= 0.88
    for model in (SPLIT, SPLIT_ALONE):
        assert pooled(counted, model)[0] >= 0.86, model
