"""What the tests of pages may ask for."""

from __future__ import annotations

import pytest
from tests.web.carer_world import CarerWorld, begin_world


@pytest.fixture
def world(db: None) -> CarerWorld:
    return begin_world()
