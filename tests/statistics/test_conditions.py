from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import ndtri
from tests.statistics.condition_references import answers, shared_mood

from replenish.basis.errors import Fault, Problem, Refused
from replenish.basis.faults import AgreementFault, StatisticsFault
from replenish.statistics.agreement import one_way
from replenish.statistics.conditions import ConditionEffects, SplitVoice, condition_effects
from replenish.statistics.split_voice import split_voice_effects
from replenish.statistics.unit_moments import UnitMoments

Floats = NDArray[np.float64]


def organisation(
    seed: int, *, units: int = 40, effects: tuple[float, ...] = (-0.8, 0.0), team: float = 0.3
) -> UnitMoments:
    """Supervision, culture ... (higher is better), exposure, and depletion (lower is better)."""
    rng = np.random.default_rng(seed)
    unit = np.repeat(np.arange(units), rng.integers(5, 15, units))
    level = rng.normal(0, 0.6, (units, len(effects)))
    X = level[unit] + 0.7 * rng.normal(size=(len(unit), len(effects)))
    exposure = rng.poisson(8, len(unit)).astype(np.float64)
    y = level[unit] @ np.array(effects) + 0.05 * exposure
    y += rng.normal(0, team, units)[unit] + rng.normal(size=len(unit))
    names = ("supervision", "culture", "workload")[: len(effects)]
    columns = {"depletion": y, **dict(zip(names, X.T, strict=True)), "exposure": exposure}
    return UnitMoments.of(columns, unit, per_unit_products=True)


def effects_of(moments: UnitMoments) -> ConditionEffects:
    names = [name for name in moments.names if name not in ("depletion", "exposure")]
    return condition_effects(
        moments, "depletion", names, higher_is_better=names, exposures=["exposure"], seed=3
    )


def test_the_condition_that_matters_is_found_and_named_first() -> None:
    found = effects_of(organisation(1))
    supervision, culture = found.conditions["supervision"], found.conditions["culture"]
    assert supervision.quarter.high < 0, "better supervision goes with less depletion"
    assert supervision.probability_first > 0.95
    assert culture.probability_first < 0.05
    total = sum(c.probability_first for c in found.conditions.values()) + found.probability_none
    assert total == pytest.approx(1.0, abs=1e-12)
    assert isinstance(supervision.split_voice, SplitVoice)
    assert supervision.split_voice.quarter.high < 0
    assert supervision.split_voice.held_equal == ("culture",), "exposure hardly differs between units"
    assert not found.units_hardly_differ
    assert found.icc == found.differences.icc1
    assert 0.3 < found.share_explained.estimate < 0.95


def test_the_quarter_contrast_is_the_slope_times_the_true_distance_between_quarters() -> None:
    moments = organisation(2)
    found = effects_of(moments).conditions["supervision"]
    width = 2 * float(ndtri(0.75)) * np.sqrt(one_way(moments, "supervision").variance_between)
    assert found.quarters.better - found.quarters.worse == pytest.approx(width, rel=1e-12)
    assert found.quarter.estimate == pytest.approx(found.own.between.estimate * width, rel=1e-12)
    assert found.quarter.low == pytest.approx(found.own.between.low * width, rel=1e-12)
    raw = np.quantile(moments.unit_means[:, 1], [0.25, 0.75])
    assert found.quarters.better - found.quarters.worse < raw[1] - raw[0] + 0.15


def test_a_condition_that_is_better_when_lower_is_compared_the_other_way_round() -> None:
    moments = organisation(3)
    turned = moments.combine({n: {n: -1.0 if n == "supervision" else 1.0} for n in moments.names})
    plain = effects_of(moments)
    other = condition_effects(
        turned,
        "depletion",
        ["supervision", "culture"],
        higher_is_better=["culture"],
        exposures=["exposure"],
        seed=3,
    )
    one, two = plain.conditions["supervision"], other.conditions["supervision"]
    assert two.quarter.estimate == pytest.approx(one.quarter.estimate, rel=1e-6)
    assert two.quarter.low == pytest.approx(one.quarter.low, rel=1e-6)
    assert two.quarters.worse == pytest.approx(-one.quarters.worse, rel=1e-9)
    assert two.own.between.estimate == pytest.approx(-one.own.between.estimate, rel=1e-6)


def test_an_outcome_that_is_better_when_higher_turns_the_ranking() -> None:
    moments = organisation(4, effects=(0.8, 0.0))
    names = ["supervision", "culture"]
    better = condition_effects(moments, "depletion", names, higher_is_better=["depletion", *names])
    worse = condition_effects(moments, "depletion", names, higher_is_better=names)
    assert better.conditions["supervision"].probability_first > 0.9
    assert worse.conditions["supervision"].probability_first < 0.01
    assert better.conditions["supervision"].quarter == worse.conditions["supervision"].quarter


@pytest.mark.patient
def test_units_that_hardly_differ_are_said_to_hardly_differ() -> None:
    """With no differences between units the F test says otherwise in one world of twenty."""
    alike = [
        effects_of(organisation(seed, effects=(0.0, 0.0), team=0.0)).units_hardly_differ for seed in range(8)
    ]
    assert sum(alike) >= 7
    rng = np.random.default_rng(1)
    unit = np.repeat(np.arange(100), 400)
    tiny = rng.normal(0, 0.06, 100)[unit] + rng.normal(size=40_000)
    x = rng.normal(size=100)[unit] + rng.normal(size=40_000)
    moments = UnitMoments.of({"y": tiny, "x": x}, unit, per_unit_products=True)
    found = condition_effects(moments, "y", ["x"])
    assert found.differences.p < 1e-6, "many people make a tiny difference certain"
    assert found.units_hardly_differ, "and it is still tiny"


def test_a_condition_in_which_units_do_not_differ_is_left_out_by_name() -> None:
    moments = organisation(5)
    rng = np.random.default_rng(2)
    n = moments.rows
    unit = np.repeat(np.arange(len(moments.n)), moments.n)
    shuffled = rng.normal(size=n)
    shuffled -= (np.bincount(unit, shuffled) / np.bincount(unit))[unit] * 0.99
    means = moments.unit_means[unit]
    columns = {"depletion": means[:, 0] + rng.normal(size=n), "supervision": means[:, 1] + rng.normal(size=n)}
    full = UnitMoments.of({**columns, "alike": shuffled}, unit, per_unit_products=True)
    found = condition_effects(full, "depletion", ["supervision", "alike"])
    assert list(found.conditions) == ["supervision"]
    assert found.left_out["alike"].fault is AgreementFault.CONDITIONS_UNITS_ALIKE
    with pytest.raises(Refused) as refused:
        condition_effects(full, "depletion", ["alike"])
    assert refused.value.fault is AgreementFault.CONDITIONS_UNITS_ALIKE


def test_reports_of_others_that_do_not_agree_refuse_that_side_alone() -> None:
    rng = np.random.default_rng(12)
    unit = np.repeat(np.arange(30), 5)
    weak = 0.1 * rng.normal(size=30)[unit] + rng.normal(size=150)
    strong = rng.normal(size=30)[unit] + 0.5 * rng.normal(size=150)
    y = -0.4 * strong + 0.3 * rng.normal(size=30)[unit] + rng.normal(size=150)
    moments = UnitMoments.of({"y": y, "weak": weak, "strong": strong}, unit, per_unit_products=True)
    found = condition_effects(moments, "y", ["weak", "strong"]).conditions
    assert isinstance(found["weak"].split_voice, Problem)
    assert found["weak"].split_voice.fault is AgreementFault.SPLIT_VOICE_UNRELIABLE
    strong_side = found["strong"].split_voice
    assert isinstance(strong_side, SplitVoice)
    assert strong_side.held_equal == ()
    assert strong_side.effect == split_voice_effects(moments, "y", ["strong"], level=0.9)["strong"]


def test_conditions_that_others_cannot_tell_apart_stand_alone() -> None:
    rng = np.random.default_rng(7)
    unit = np.repeat(np.arange(30), 6)
    shared = rng.normal(size=30)[unit]
    columns = {name: shared + rng.normal(size=180) for name in ("a", "b")}
    columns["y"] = 0.5 * shared + 0.3 * rng.normal(size=30)[unit] + rng.normal(size=180)
    moments = UnitMoments.of(columns, unit, per_unit_products=True)
    found = condition_effects(moments, "y", ["a", "b"]).conditions
    for name in ("a", "b"):
        side = found[name].split_voice
        assert isinstance(side, SplitVoice)
        assert side.held_equal == ()


@pytest.mark.patient
def test_shared_mood_inflates_own_reports_and_not_the_others() -> None:
    """The reason for two models: with no effect at all, own reports see one and others' reports do not."""
    rng = np.random.default_rng(21)
    own, others = [], []
    for _ in range(10):
        unit, condition, outcome = shared_mood(rng, units=40, size=8)
        moments = UnitMoments.of({"y": outcome, "x": condition}, unit, per_unit_products=True)
        effect = condition_effects(moments, "y", ["x"]).conditions["x"]
        assert isinstance(effect.split_voice, SplitVoice)
        assert effect.own.within is not None
        own.append((effect.own.between.estimate, effect.own.within.estimate))
        others.append(effect.split_voice.effect.estimate)
    assert np.mean(own, axis=0).max() < -0.05
    assert abs(np.mean(others)) < 0.1


@settings(max_examples=4)
@given(seed=st.integers(0, 1000))
def test_the_order_of_units_and_of_conditions_changes_nothing_but_noise(seed: int) -> None:
    moments = organisation(seed, units=12)
    there = condition_effects(moments, "depletion", ["supervision", "culture"])
    back = condition_effects(moments, "depletion", ["culture", "supervision"])
    for name in there.conditions:
        assert back.conditions[name].quarter.estimate == pytest.approx(
            there.conditions[name].quarter.estimate, rel=1e-6, abs=1e-9
        )
        assert back.conditions[name].probability_first == pytest.approx(
            there.conditions[name].probability_first, abs=0.02
        )


@pytest.mark.parametrize(
    ("conditions", "better", "fault"),
    [
        ([], [], AgreementFault.CONDITIONS_NONE),
        (["supervision", "supervision"], [], AgreementFault.CONDITIONS_TWICE),
        (["supervision"], ["culture"], AgreementFault.CONDITIONS_DIRECTION),
        (["weather"], [], StatisticsFault.STATISTICS_COLUMN_UNKNOWN),
    ],
)
def test_what_is_asked_wrongly_is_refused(conditions: list[str], better: list[str], fault: Fault) -> None:
    with pytest.raises(Refused) as refused:
        condition_effects(organisation(1), "depletion", conditions, higher_is_better=better)
    assert refused.value.fault is fault


def test_products_of_each_unit_are_needed() -> None:
    moments = UnitMoments.of({"y": [1.0, 2.0, 3.0, 5.0], "x": [1.0, 2.0, 4.0, 3.0]}, [1, 1, 2, 2])
    with pytest.raises(Refused) as refused:
        condition_effects(moments, "y", ["x"])
    assert refused.value.fault is StatisticsFault.STATISTICS_UNIT_PRODUCTS


@pytest.mark.realdata
def test_soldiers_hours_and_leadership(realdata: Callable[[str], Path]) -> None:
    """Longer hours and poorer leadership go with lower wellbeing, in own reports and in those of others."""
    names = ["wellbeing", "hours", "leadership"]
    table = answers(realdata("bh1996.csv"), ["unit", *names])
    moments = UnitMoments.of({name: table[name] for name in names}, table["unit"], per_unit_products=True)
    found = condition_effects(
        moments, "wellbeing", ["hours", "leadership"], higher_is_better=["wellbeing", "leadership"]
    )
    for effect in found.conditions.values():
        assert effect.quarter.low > 0
        assert isinstance(effect.split_voice, SplitVoice)
        assert effect.split_voice.quarter.low > 0
    assert found.conditions["hours"].probability_first > 0.8
    assert 0.6 < found.share_explained.estimate < 0.85


@pytest.mark.thorough
def test_the_probability_of_being_first_is_calibrated() -> None:
    """Among conditions given a chance of 40 to 80 % of being first, about that many are."""
    rng = np.random.default_rng(5)
    said, true = [], []
    for run in range(300):
        effects = tuple(rng.normal(-0.2, 0.25, 3))
        moments = organisation(1000 + run, units=20, effects=effects)
        found = effects_of(moments)
        gains = {
            name: -effect * (found.conditions[name].quarters.better - found.conditions[name].quarters.worse)
            for name, effect in zip(("supervision", "culture", "workload"), effects, strict=True)
            if name in found.conditions
        }
        best = max(gains, key=lambda name: gains[name])
        for name, effect in found.conditions.items():
            if 0.4 <= effect.probability_first <= 0.8:
                said.append(effect.probability_first)
                true.append(name == best and gains[name] > 0)
    assert len(said) > 60
    assert np.mean(true) == pytest.approx(np.mean(said), abs=0.12)
