"""The staggered estimator against pyfixest, and against another way to the same figure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.statistics.test_effect import CASES, panel_of

from replenish.statistics.effect import action_effect
from replenish.statistics.effect.staggered import _residual_scores, comparable, saturated

THEIRS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "references/statistics_effect_pyfixest.json").read_text("utf-8")
)["cases"]


@pytest.mark.parametrize("name", CASES)
def test_the_average_effect_is_that_of_pyfixest(name: str) -> None:
    found = action_effect(panel_of(CASES[name])).average
    assert found.estimate == pytest.approx(THEIRS[name]["estimate"], rel=1e-9)
    if "two_stage" in THEIRS[name]:
        assert found.estimate == pytest.approx(THEIRS[name]["two_stage"], rel=1e-8)


@pytest.mark.parametrize("name", CASES)
def test_residuals_by_group_are_those_of_pyfixest_and_cr2_is_never_smaller(name: str) -> None:
    panel = comparable(panel_of(CASES[name]))
    design = saturated(panel)
    pieces = _residual_scores(design, panel.values) @ design.inverse @ design.combinations[0]
    plain = float(np.sqrt((pieces**2).sum()))
    assert plain == pytest.approx(THEIRS[name]["CRV1"], rel=1e-9)
    assert plain < action_effect(panel).average.se
