"""The judgement against independent computations: dense matrices in R, an integral equation."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tests.references.statistics_noticing import ewma_run_lengths, textbook_false

from replenish.statistics.noticing import DESIGN
from replenish.statistics.noticing.stories import (
    log_ratio,
    measure_rises,
    pairs_of,
    still_missing,
    strongest_weight,
    whiten,
)

KEPT = json.loads(
    (Path(__file__).resolve().parent.parent / "references" / "statistics_noticing.json").read_text("utf-8")
)


@pytest.mark.parametrize("place", range(len(KEPT["persons"])))
def test_every_comparison_is_that_of_dense_matrices_in_r(place: int) -> None:
    person = KEPT["persons"][place]
    weeks, values = np.array(person["weeks"])[None, :], np.array(person["values"])[None, :]
    pairs = pairs_of(weeks.shape[1], DESIGN)
    rises = measure_rises(whiten(weeks, values, DESIGN), pairs, DESIGN)
    ratio = log_ratio(rises, pairs, DESIGN)
    found = dict(
        zip(zip(pairs.check.tolist(), pairs.start.tolist(), strict=True), ratio[0].tolist(), strict=True)
    )
    # R writes no number where no autocorrelation shows a rise.
    expected = {
        (line["check"], line["start"]): -np.inf if line["ratio"] is None else line["ratio"]
        for line in person["lines"]
    }
    assert found.keys() == expected.keys()
    for pair, value in expected.items():
        assert found[pair] == pytest.approx(value, abs=1e-7), pair
    missing = still_missing(rises, ratio, pairs, DESIGN)
    assert ((missing < 0.0) == (ratio > DESIGN.limit)).all()


def test_what_is_missing_is_about_what_the_weeks_would_have_to_rise_by() -> None:
    """The sign is exact, the size an approximation: adding about as much brings the story to the limit."""
    for person in KEPT["persons"]:
        weeks, values = np.array(person["weeks"])[None, :], np.array(person["values"])[None, :]
        pairs = pairs_of(weeks.shape[1], DESIGN)
        rises = measure_rises(whiten(weeks, values, DESIGN), pairs, DESIGN)
        missing = still_missing(rises, log_ratio(rises, pairs, DESIGN), pairs, DESIGN)[0]
        last = np.flatnonzero(pairs.check == weeks.shape[1] - 1)
        closest = int(last[missing[last].argmin()])
        # A story beyond the limit needs less of its rise, one within needs more.
        close, far = sorted((0.6 * missing[closest], 1.6 * missing[closest]))
        for rise, reached in ((close, False), (far, True)):
            raised = values.copy()
            raised[0, pairs.start[closest] :] += rise
            again = measure_rises(whiten(weeks, raised, DESIGN), pairs, DESIGN)
            assert (log_ratio(again, pairs, DESIGN)[0, closest] > DESIGN.limit) == reached


def test_the_run_length_of_a_published_chart_comes_out() -> None:
    """Lucas & Saccucci (1990): weight .1, limit 2.814, a false alarm every 500 observations on average."""
    kept = KEPT["run_length"]
    assert kept["arl"] == pytest.approx(500.0, abs=1.0)
    lengths = ewma_run_lengths(kept["weight"], kept["limit"], 3_000, 4)
    assert abs(lengths.mean() - kept["arl"]) < 3.5 * lengths.std() / np.sqrt(len(lengths))


def test_a_textbook_chart_tells_nearly_half_of_unchanged_people_that_they_decline() -> None:
    assert textbook_false(4_000, 6) / 4_000 == pytest.approx(0.47, abs=0.03)


def test_weeks_that_follow_do_not_reach_back() -> None:
    person = KEPT["persons"][1]
    weeks, values = np.array(person["weeks"])[None, :], np.array(person["values"])[None, :]
    all_of_them = strongest_weight(weeks, values, DESIGN)
    for many in (12, 17, 18, 30):
        first = strongest_weight(weeks[:, :many], values[:, :many], DESIGN)
        assert np.array_equal(first, all_of_them[:, :many])
