from __future__ import annotations

import pytest
from tests.supervision.sealed_pairs import Pair, begin_pair
from tests.web.staff_world import StaffWorld, ours, quick, theirs

__all__ = ["ours", "quick", "theirs"]


@pytest.fixture
def pair(ours: StaffWorld) -> Pair:
    return begin_pair(ours)
