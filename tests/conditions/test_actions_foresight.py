"""What is said beforehand is what is found: promised chances against how often the word is said."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from replenish.conditions.actions.foresight import MOVES_BY_PEOPLE, usual_spread
from replenish.disclosure.bands import band_of, size_class
from replenish.statistics.effect import foresee
from replenish.statistics.effect.bands import BandPanel, SeenBand
from replenish.statistics.effect.words import Word, judge_bands

RUNS = 400
BETWEEN_ORGANISATIONS = 3.0
"""By how much a round lifts or lowers all groups, in points."""


def said(groups: int, rounds: int, start: int, voices: int, moves: float, effect: float) -> float:
    """How often it is said that an action helped, half of the groups having it."""
    draw = np.random.default_rng(groups + rounds)
    size = size_class(voices)
    found = 0
    for _ in range(RUNS):
        tide = draw.normal(0, BETWEEN_ORGANISATIONS, rounds)
        bands: dict[str, list[SeenBand | None]] = {}
        for group in range(groups):
            lift = effect * (np.arange(rounds) >= start) * (group < groups // 2)
            means = np.clip(draw.normal(50, 10) + tide + draw.normal(0, moves, rounds) + lift, 0, 100)
            told = [band_of(Fraction(mean).limit_denominator(1000), size) for mean in means.tolist()]
            bands[str(group)] = [SeenBand(band.low, band.high, size.low) for band in told]
        panel = BandPanel.of(bands, {str(group): start for group in range(groups // 2)})
        found += judge_bands(panel, expected="higher").word is Word.HELPED
    return found / RUNS


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("groups", "rounds", "start", "people", "voices", "moves", "effect"),
    [(10, 6, 3, 14, 11, 7.2, 10.0), (12, 6, 3, 20, 16, 6.2, 8.0), (20, 6, 3, 50, 40, 4.2, 4.0)],
)
def test_what_is_promised_is_met(
    groups: int, rounds: int, start: int, people: int, voices: int, moves: float, effect: float
) -> None:
    starts = [start if group < groups // 2 else None for group in range(groups)]
    promised = foresee(starts, rounds=rounds, spread=usual_spread(people), effect=effect).chance
    share = said(groups, rounds, start, voices, moves, effect)
    error = 2 * float(np.sqrt(share * (1 - share) / RUNS))
    assert abs(share - promised) < 0.05 + error


def test_larger_groups_move_less() -> None:
    assert [usual_spread(people).round for people in (7, 16, 17, 31, 32, 400)] == [
        8.2,
        8.2,
        6.7,
        6.7,
        6.2,
        6.2,
    ]
    assert [least for least, _moves in MOVES_BY_PEOPLE] == [32, 17, 0]
