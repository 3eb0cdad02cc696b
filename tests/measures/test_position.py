"""Where a score stands: against published figures of change, by simulation, and by special cases."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from replenish.basis.errors import Refused
from replenish.basis.faults import AnswerFault, PackFault
from replenish.measures.library import load_pack
from replenish.measures.pack_parts import Mark, Norm
from replenish.measures.position import (
    Position,
    TwoTracks,
    band_of,
    position_in_norm,
    reliable_change,
    smallest_reliable_change,
    standard_error_of_measurement,
    two_tracks,
)

PROQOL, STSS, CBI = load_pack("proqol-5"), load_pack("stss"), load_pack("cbi")
SMALLEST = [("cs", 0.88, 6.2, 4.1), ("bo", 0.75, 7.5, 4.9), ("sts", 0.81, 6.9, 4.5)]


@pytest.mark.parametrize(("scale", "alpha", "at_95", "at_80"), SMALLEST)
def test_smallest_changes_are_those_the_pack_states(
    scale: str, alpha: float, at_95: float, at_80: float
) -> None:
    stated = next(r.value for r in PROQOL.reliability if r.scale == scale)
    assert stated == alpha
    sd = PROQOL.norm(scale).sd
    assert smallest_reliable_change(sd=sd, reliability=alpha) == pytest.approx(at_95, abs=0.05)
    assert smallest_reliable_change(sd=sd, reliability=alpha, level=0.8) == pytest.approx(at_80, abs=0.05)
    fact = next(fact.says for fact in PROQOL.facts if fact.about == "change of one person")
    assert f"{at_95} and {at_80}" in fact


def test_smallest_change_of_the_total_of_the_stss() -> None:
    norm = STSS.norm("total")
    assert norm.alpha is not None
    assert smallest_reliable_change(sd=norm.sd, reliability=norm.alpha) == pytest.approx(7.9, abs=0.05)
    assert smallest_reliable_change(sd=norm.sd, reliability=norm.alpha, level=0.8) == pytest.approx(
        5.2, abs=0.05
    )


def test_the_raw_band_called_high_is_far_from_everybody() -> None:
    # The trap named in the pack: 42 on burnout lies about 3.6 SD above the mean, on satisfaction 0.7 SD.
    assert position_in_norm(42, PROQOL.norm("bo")).z == pytest.approx(3.6, abs=0.05)
    assert position_in_norm(42, PROQOL.norm("cs")).z == pytest.approx(0.7, abs=0.05)


def test_unchanged_people_rarely_change_beyond_noise() -> None:
    rng = np.random.default_rng(2026)
    n, sd, reliability = 20_000, 10.0, 0.8
    truth = rng.normal(50, sd * math.sqrt(reliability), n)
    noise = sd * math.sqrt(1 - reliability)
    before, after = truth + rng.normal(0, noise, n), truth + rng.normal(0, noise, n)
    found = [
        reliable_change(one, two, sd=sd, reliability=reliability).beyond_noise
        for one, two in zip(before, after, strict=True)
    ]
    assert np.mean(found) == pytest.approx(0.05, abs=0.006)


@given(before=st.floats(-100, 100), after=st.floats(-100, 100), reliability=st.floats(0, 0.99))
def test_change_and_its_interval(before: float, after: float, reliability: float) -> None:
    change = reliable_change(before, after, sd=10, reliability=reliability)
    assert change.low <= change.change <= change.high
    assert change.beyond_noise == (not change.low <= 0 <= change.high)
    assert change.index * change.standard_error == pytest.approx(after - before)
    back = reliable_change(after, before, sd=10, reliability=reliability)
    assert (back.change, back.beyond_noise) == (-change.change, change.beyond_noise)


def test_a_score_without_reliability_has_only_noise() -> None:
    assert standard_error_of_measurement(10, 0) == 10


@pytest.mark.parametrize(
    "call",
    [
        lambda: standard_error_of_measurement(0, 0.8),
        lambda: standard_error_of_measurement(math.nan, 0.8),
        lambda: standard_error_of_measurement(10, 1.0),
        lambda: standard_error_of_measurement(10, -0.1),
        lambda: reliable_change(math.nan, 3, sd=10, reliability=0.8),
        lambda: reliable_change(3, math.inf, sd=10, reliability=0.8),
        lambda: reliable_change(3, 3, sd=10, reliability=0.8, level=1),
        lambda: position_in_norm(math.nan, PROQOL.norm("cs")),
        lambda: band_of(CBI, "work", math.nan, of="person"),
        lambda: picture(0, 0, witness=0, correlation=1.0),
    ],
)
def test_figures_that_make_no_sense_are_refused(call: object) -> None:
    assert callable(call)
    with pytest.raises(Refused) as refused:
        call()
    assert refused.value.fault is AnswerFault.POSITION_INPUT


def test_bands_of_one_person_are_never_laid_on_a_group() -> None:
    band = band_of(CBI, "work", 75, of="person")
    assert band is not None
    assert (band.low, band.high) == (75, 99.99)
    assert band_of(CBI, "work", 49.9, of="person") is None
    with pytest.raises(Refused) as refused:
        band_of(CBI, "work", 75, of="group")
    assert refused.value.fault is PackFault.PACK_BANDS_OF_PERSONS


def test_bands_not_read_in_their_source_are_not_given() -> None:
    assert len([band for band in STSS.bands if band.scale == "total"]) == 5
    assert band_of(STSS, "total", 60, of="person") is None
    assert band_of(STSS, "total", 60, of="group") is None


def track(z: float, alpha: float = 0.8) -> Position:
    norm = Norm(
        scale="x",
        population="x",
        mean=50,
        sd=10,
        alpha=alpha,
        source="x",
        mark=Mark.ASSUMPTION,
    )
    return position_in_norm(50 + 10 * z, norm)


def picture(relational: float, overload: float, *, witness: float | None = None, **more: float) -> TwoTracks:
    joined = None if witness is None else track(witness)
    return two_tracks(relational=track(relational), overload=track(overload), witness=joined, **more).says


@pytest.mark.parametrize(
    ("relational", "overload", "says"),
    [
        (0.0, 0.0, TwoTracks.NOT_CLEAR),
        (1.0, 0.0, TwoTracks.NOT_CLEAR),
        (2.0, 0.0, TwoTracks.RELATIONAL),
        (0.0, 2.0, TwoTracks.OVERLOAD),
        (3.0, 1.2, TwoTracks.BOTH),
        (1.2, 3.0, TwoTracks.BOTH),
        (-2.0, 0.5, TwoTracks.NEITHER),
        (3.0, 3.0, TwoTracks.NOT_CLEAR),
    ],
)
def test_what_the_picture_says(relational: float, overload: float, says: TwoTracks) -> None:
    assert picture(relational, overload) is says


@given(relational=st.floats(-3, 3), overload=st.floats(-3, 3))
def test_the_picture_is_fair_to_both_tracks(relational: float, overload: float) -> None:
    turned = {TwoTracks.RELATIONAL: TwoTracks.OVERLOAD, TwoTracks.OVERLOAD: TwoTracks.RELATIONAL}
    says = picture(relational, overload)
    assert picture(overload, relational) is turned.get(says, says)
    if abs(relational - overload) <= 1.95 * math.sqrt(0.2 + 0.2):
        assert says is TwoTracks.NOT_CLEAR


def test_the_noise_of_the_difference_is_that_of_both_tracks() -> None:
    seen = two_tracks(relational=track(1.0, 0.78), overload=track(0.0, 0.8))
    assert seen.difference_se == pytest.approx(math.sqrt(0.22 + 0.2))
    assert (seen.low + seen.high) / 2 == pytest.approx(seen.difference) == pytest.approx(1.0)


def test_witness_joins_the_relational_track() -> None:
    joined = two_tracks(relational=track(1.0), witness=track(2.0), overload=track(0.0), correlation=0.6)
    assert joined.relational == pytest.approx(3.0 / math.sqrt(3.2))
    assert joined.relational_sem == pytest.approx(math.sqrt(0.4 / 3.2))
    # The mean of two standardised tracks keeps a spread of 1, so that it can stand beside overload.
    rng = np.random.default_rng(4)
    one, two = rng.multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], 20_000).T
    assert np.std((one + two) / math.sqrt(3.2)) == pytest.approx(1.0, abs=0.02)


def test_a_track_without_a_reliability_is_not_compared() -> None:
    with pytest.raises(Refused, match="absent from the norm"):
        two_tracks(relational=position_in_norm(20, PROQOL.norm("sts")), overload=track(0.0))


@pytest.mark.parametrize("truth", [-1.0, 0.0, 1.0])
def test_equal_tracks_are_rarely_told_apart(truth: float) -> None:
    rng = np.random.default_rng(9)
    sem = math.sqrt(0.2)
    noise = rng.normal(0, sem, (400, 2))
    said = [picture(truth + one, truth + two) for one, two in noise]
    assert np.mean([words is not TwoTracks.NOT_CLEAR for words in said]) < 0.09
