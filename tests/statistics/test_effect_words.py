"""The five words: where they begin, when an interval stands beside them, and what is said with them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri
from tests.statistics.test_effect_bands import FEW, SOME, drawn, mirrored

from replenish.basis.errors import Refused
from replenish.basis.faults import StatisticsFault
from replenish.statistics.effect import (
    BandPanel,
    Caution,
    Chosen,
    Panel,
    Word,
    action_effect,
    judge_bands,
    judge_values,
    regression_to_the_mean,
    smallest_seen,
    word_of,
)
from replenish.statistics.effect.panel import NEVER


@pytest.mark.parametrize(
    ("better", "word"),
    [
        (0.951, Word.HELPED),
        (0.95, Word.PROBABLY_HELPED),
        (0.801, Word.PROBABLY_HELPED),
        (0.80, Word.CANNOT_TELL),
        (0.5, Word.CANNOT_TELL),
        (0.21, Word.CANNOT_TELL),
        (0.19, Word.PROBABLY_WORSE),
        (0.049, Word.WORSE),
    ],
)
def test_where_each_word_begins(better: float, word: Word) -> None:
    assert word_of(better) is word


def values(effect: float, starts: list[int], seed: int = 1) -> Panel:
    draw = np.random.default_rng(seed)
    begun = np.array(starts)
    means = draw.normal(40, 8, (len(starts), 1)) + draw.normal(0, 2, (len(starts), 6))
    means += effect * (np.arange(6) >= begun[:, None])
    return Panel(tuple(map(str, range(len(starts)))), means, begun)


def test_the_same_change_helps_or_harms_by_the_direction_expected_beforehand() -> None:
    panel = values(-8, SOME)
    assert judge_values(panel, expected="lower").word is Word.HELPED
    assert judge_values(panel, expected="higher").word is Word.WORSE
    bands = drawn(1, SOME, effect=-20)
    assert judge_bands(bands, expected="lower").word is Word.HELPED
    assert judge_bands(bands, expected="higher").word is Word.WORSE
    assert judge_bands(mirrored(bands), expected="higher").word is Word.HELPED


def test_with_enough_groups_an_interval_and_the_smallest_effect_stand_beside_the_word() -> None:
    panel = values(-8, SOME)
    verdict = judge_values(panel, expected="lower", also=("Two of five people left.",))
    average = action_effect(panel).average
    assert verdict.effect == average
    assert verdict.smallest == smallest_seen(average.se, average.df)
    assert verdict.also == ("Two of five people left.",)
    assert verdict.cautions == ()
    assert judge_bands(drawn(1, SOME, effect=0), expected="lower").effect is not None


def test_the_smallest_effect_is_larger_where_the_error_is_known_less_well() -> None:
    assert smallest_seen(1.0) == pytest.approx(ndtri(0.95) + ndtri(0.8))
    assert smallest_seen(2.0, 5.0) > 2 * smallest_seen(1.0)


def test_few_groups_give_a_word_without_an_interval() -> None:
    verdict = judge_bands(drawn(2, FEW, effect=-5), expected="lower")
    assert verdict.effect is None
    assert verdict.cautions == (Caution.FEW_GROUPS,)
    assert verdict.smallest is not None
    assert verdict.smallest > 5


def test_a_lot_over_few_groups_never_says_more_than_the_lot_can() -> None:
    """Two of four can be drawn in twelve ways: one less a twelfth is all that such a lot can say."""
    strong = drawn(3, FEW, effect=-30)
    plain = judge_bands(strong, expected="lower")
    by_lot = judge_bands(strong, expected="lower", drawn_by_lot=True)
    assert plain.better > by_lot.better
    assert by_lot.better <= 1 - 1 / 12
    assert by_lot.word in (Word.PROBABLY_HELPED, Word.CANNOT_TELL)
    exact = judge_values(values(-30, FEW), expected="lower", drawn_by_lot=True)
    assert (exact.word, exact.effect) == (Word.PROBABLY_HELPED, None)
    assert exact.better == pytest.approx(1 - 1 / 12)
    against = judge_values(values(30, FEW), expected="lower", drawn_by_lot=True)
    assert against.word is Word.PROBABLY_WORSE


def test_few_groups_without_a_lot_are_refused_where_only_exact_means_are_known() -> None:
    with pytest.raises(Refused) as refused:
        judge_values(values(-30, FEW), expected="lower")
    assert refused.value.fault is StatisticsFault.EFFECT_TOO_FEW_GROUPS


def test_a_team_by_itself_is_judged_with_a_warning_and_mostly_cannot_be_told() -> None:
    words = [judge_bands(drawn(seed, [3], effect=-8), expected="lower") for seed in range(20)]
    assert all(verdict.cautions == (Caution.NO_COMPARISON,) for verdict in words)
    assert all(verdict.effect is None for verdict in words)
    assert sum(verdict.word is Word.HELPED for verdict in words) == 0
    strong = judge_bands(drawn(1, [3], effect=-40, middle=60), expected="lower")
    assert strong.word is Word.PROBABLY_HELPED, "what else changed could always be the reason"
    assert sum(verdict.word is Word.CANNOT_TELL for verdict in words) >= 10


def test_what_would_change_by_itself_follows_from_the_reliability() -> None:
    found = regression_to_the_mean(stood=60, usual=44, reliability=0.75)
    assert found.points == pytest.approx(-4)
    assert "Davis 1976" in found.source
    assert regression_to_the_mean(stood=60, usual=44, reliability=1).points == 0
    with pytest.raises(Refused) as refused:
        regression_to_the_mean(stood=60, usual=44, reliability=1.2)
    assert refused.value.fault is StatisticsFault.EFFECT_CHOSEN


def test_regression_is_what_chosen_readings_do_by_themselves() -> None:
    draw = np.random.default_rng(4)
    level, first, second = (draw.normal(0, sd, 200_000) for sd in (10, 5, 5))
    chosen = level + first > 12
    stood = (level + first)[chosen].mean()
    change = (level + second)[chosen].mean() - stood
    told = regression_to_the_mean(stood=stood, usual=0, reliability=100 / 125)
    assert told.points == pytest.approx(change, abs=0.1)


def test_the_round_a_team_was_chosen_in_is_left_out() -> None:
    panel = drawn(8, SOME, effect=0)
    chosen = Chosen(round=1, stood=60, usual=42, reliability=0.8)
    verdict = judge_bands(panel, expected="lower", chosen=chosen)
    low, high = panel.low.copy(), panel.high.copy()
    low[:5, 1], high[:5, 1] = np.nan, np.nan
    without = judge_bands(
        BandPanel(panel.groups, low, high, panel.least_voices, panel.starts), expected="lower"
    )
    assert verdict.better == pytest.approx(without.better)
    assert verdict.regression is not None
    assert verdict.regression.points == pytest.approx(-3.6)


def test_a_round_of_choice_with_nothing_before_it_gives_no_other_word() -> None:
    panel = drawn(8, [1, 1, 1, 1, NEVER, NEVER, NEVER, NEVER], effect=-40)
    verdict = judge_bands(panel, expected="lower", chosen=Chosen(round=0, stood=60, usual=42))
    assert verdict.word is Word.CANNOT_TELL
    assert verdict.effect is None
    assert Caution.CHOSEN_WITHOUT_AN_EARLIER_ROUND in verdict.cautions
    assert verdict.regression is not None
    assert 0.3 < verdict.regression.reliability < 1
