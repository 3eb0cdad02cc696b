"""The judgement against independent computations: dense matrices in R, an integral equation."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tests.references.statistics_noticing import ewma_run_lengths, textbook_false

from replenish.statistics.noticing import DESIGN
from replenish.statistics.noticing.watch import watch

KEPT = json.loads(
    (Path(__file__).resolve().parent.parent / "references" / "statistics_noticing.json").read_text("utf-8")
)


@pytest.mark.parametrize("place", range(len(KEPT["persons"])))
def test_every_check_in_is_judged_as_by_dense_matrices_in_r(place: int) -> None:
    person = KEPT["persons"][place]
    weeks, values = np.array(person["weeks"])[None, :], np.array(person["values"])[None, :]
    found = watch(weeks, values, DESIGN)
    assert len(person["lines"]) == weeks.shape[1] - DESIGN.baseline
    for line in person["lines"]:
        at = line["check"]
        for name in ("usual", "sd", "alike", "recent", "error"):
            assert getattr(found, name)[0, at] == pytest.approx(line[name], abs=1e-9), (name, at)
    assert np.isnan(found.distance[0, : DESIGN.baseline]).all()


def test_the_run_length_of_a_published_chart_comes_out() -> None:
    """Lucas & Saccucci (1990): weight .1, limit 2.814, a false alarm every 500 observations on average."""
    kept = KEPT["run_length"]
    assert kept["arl"] == pytest.approx(500.0, abs=1.0)
    lengths = ewma_run_lengths(kept["weight"], kept["limit"], 3_000, 4)
    assert abs(lengths.mean() - kept["arl"]) < 3.5 * lengths.std() / np.sqrt(len(lengths))


def test_a_textbook_chart_tells_nearly_half_of_unchanged_people_that_they_decline() -> None:
    assert textbook_false(4_000, 6) / 4_000 == pytest.approx(0.47, abs=0.03)


def test_weeks_that_follow_do_not_reach_back() -> None:
    person = KEPT["persons"][2]
    weeks, values = np.array(person["weeks"])[None, :], np.array(person["values"])[None, :]
    all_of_them = watch(weeks, values, DESIGN).distance
    for many in (13, 17, 30, 60):
        first = watch(weeks[:, :many], values[:, :many], DESIGN).distance
        assert np.allclose(first[:, DESIGN.baseline :], all_of_them[:, DESIGN.baseline : many], atol=1e-10)
