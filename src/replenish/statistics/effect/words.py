"""Whether an action helped, in one of five words, with what a reader has to know beside it.

The words follow from the probability that the effect goes in the direction that was written down before the
start. "Cannot tell yet" is the normal answer for one small team. An interval is given only where at least
four groups with the action and four without it were seen; a word with less than that is the more careful one
of those there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isfinite
from typing import Literal

import numpy as np
from scipy.special import stdtr

from replenish.basis.errors import Refused, refuse
from replenish.basis.faults import StatisticsFault
from replenish.statistics.effect.bands import BandPanel, effect_from_bands
from replenish.statistics.effect.by_lot import effect_by_lot
from replenish.statistics.effect.panel import NEVER, Floats, Panel, Whole
from replenish.statistics.effect.planning import HELPED, smallest_seen
from replenish.statistics.effect.staggered import LEAST_GROUPS, action_effect
from replenish.statistics.estimate import Estimate

PROBABLY = 0.80
"""From this probability on an effect is called a probable one."""

Direction = Literal["lower", "higher"]


class Word(StrEnum):
    """The five words."""

    HELPED = "helped"
    PROBABLY_HELPED = "probably helped"
    CANNOT_TELL = "cannot tell yet"
    PROBABLY_WORSE = "probably made worse"
    WORSE = "made worse"


class Caution(StrEnum):
    """What a reader has to know about the way an effect was judged."""

    FEW_GROUPS = "few groups"
    """Fewer than four groups on one side: a word, and no interval."""
    NO_COMPARISON = "no comparison"
    """An interrupted series: what else changed for everybody looks like the action; no word is sure."""
    CHOSEN_WITHOUT_AN_EARLIER_ROUND = "chosen without an earlier round"
    """The round for which the groups were chosen is all there is before: no word but "cannot tell yet"."""


@dataclass(frozen=True)
class Chosen:
    """Groups that were given an action because they stood badly in a round.

    Attributes:
        round: that round, counted from 0.
        stood: where they stood in it on average.
        usual: where groups stand on average.
        reliability: of such a reading as a measure of a group's lasting level, 0 to 1; None takes the one
            that the bands show.
    """

    round: int
    stood: float
    usual: float
    reliability: float | None = None


@dataclass(frozen=True)
class Regression:
    """How much groups chosen for where they stood would change by themselves, and how it was worked out.

    Attributes:
        points: expected change without any action.
        reliability: it was worked out with.
        source: of the formula.
    """

    points: float
    reliability: float
    source: str = "Davis 1976, American Journal of Epidemiology 104, 493-498"


@dataclass(frozen=True)
class Verdict:
    """What is said of an action.

    Attributes:
        word: one of five.
        better: probability that the effect goes in the expected direction; by lot alone one less the share
            of draws that are as good.
        effect: in points, below zero is lower, with its interval; None where only a word is given.
        smallest: the effect that would have been called one in four of five cases; None by lot alone.
        regression: expected change by itself, where groups were chosen for where they stood.
        cautions: to be said beside the word.
        treated, untreated: groups that were compared.
        also: what else changed at that time, as it was given.
    """

    word: Word
    better: float
    effect: Estimate | None
    smallest: float | None
    regression: Regression | None
    cautions: tuple[Caution, ...]
    treated: int
    untreated: int
    also: tuple[str, ...] = ()


def word_of(better: float) -> Word:
    """The word for a probability that the effect goes in the expected direction."""
    if better > HELPED:
        return Word.HELPED
    if better > PROBABLY:
        return Word.PROBABLY_HELPED
    if better < 1 - HELPED:
        return Word.WORSE
    return Word.PROBABLY_WORSE if better < 1 - PROBABLY else Word.CANNOT_TELL


def regression_to_the_mean(*, stood: float, usual: float, reliability: float) -> Regression:
    """What groups chosen for where they stood would change by themselves: (1 - reliability)(usual - stood).

    Raises:
        Refused: a reliability outside 0 to 1, or a place that is no number.

    Source: Davis (1976), American Journal of Epidemiology 104, 493-498, for normal variables.
    """
    if not 0 <= reliability <= 1 or not isfinite(stood) or not isfinite(usual):
        refuse(StatisticsFault.EFFECT_CHOSEN, reliability=reliability)
    return Regression((1 - reliability) * (usual - stood), reliability)


def judge_bands(
    panel: BandPanel,
    *,
    expected: Direction,
    drawn_by_lot: bool = False,
    chosen: Chosen | None = None,
    also: Sequence[str] = (),
) -> Verdict:
    """Judge an action from published bands alone: any number of groups.

    Args:
        panel: bands of groups over rounds.
        expected: the direction that was written down before the start.
        drawn_by_lot: whether the starts were drawn by lot among all these groups.
        chosen: how the groups came to have the action, where it was because they stood badly. The round
            they were chosen in is then left out of the comparison.
        also: what else changed, in sentences; passed through.

    Raises:
        Refused: no group was seen both before and after its start.
    """
    cleared, alone = _without_round_of_choice(panel.low, panel.starts, chosen)
    panel = replace(panel, low=cleared, high=np.where(np.isnan(cleared), np.nan, panel.high))
    found = effect_from_bands(panel)
    few = min(found.treated, found.untreated) < LEAST_GROUPS
    better = found.below_zero if expected == "lower" else 1 - found.below_zero
    if few and drawn_by_lot and found.untreated:
        better = _more_careful(better, _better_by_lot(panel.middles, expected))
    if not found.compared:
        # How sure this is rests on how much all groups may have changed, which nothing here shows.
        better = min(max(better, 1 - HELPED), HELPED)
    regression = None
    if chosen is not None:
        reliability = found.reliability if chosen.reliability is None else chosen.reliability
        regression = regression_to_the_mean(stood=chosen.stood, usual=chosen.usual, reliability=reliability)
    return Verdict(
        Word.CANNOT_TELL if alone else word_of(better),
        better,
        None if few or alone or not found.compared else found.average,
        smallest_seen(found.average.se),
        regression,
        _cautions(few=few, compared=found.compared, alone=alone),
        found.treated,
        found.untreated,
        tuple(also),
    )


def judge_values(
    panel: Panel,
    *,
    expected: Direction,
    drawn_by_lot: bool = False,
    also: Sequence[str] = (),
    level: float = 0.9,
) -> Verdict:
    """Judge an action from exact means of groups: with an interval, or by the lot alone where groups are few.

    Args:
        panel: means of groups over rounds.
        expected: the direction that was written down before the start.
        drawn_by_lot: whether the starts were drawn by lot among all these groups.
        also: what else changed, in sentences; passed through.
        level: of the interval.

    Raises:
        Refused: too few groups and no lot, or nothing to compare with.
    """
    treated, untreated = int((panel.starts != NEVER).sum()), int((panel.starts == NEVER).sum())
    if min(treated, untreated) < LEAST_GROUPS and drawn_by_lot:
        better = _better_by_lot(panel, expected)
        few = (Caution.FEW_GROUPS,)
        return Verdict(word_of(better), better, None, None, None, few, treated, untreated, tuple(also))
    found = action_effect(panel, level=level)
    average = found.average
    below = float(stdtr(average.df, -average.estimate / average.se)) if average.se > 0 else 0.5
    better = below if expected == "lower" else 1 - below
    smallest = smallest_seen(average.se, average.df)
    return Verdict(
        word_of(better), better, average, smallest, None, (), found.treated, found.untreated, tuple(also)
    )


def _better_by_lot(panel: Panel, expected: Direction) -> float:
    """One less the share of draws that are as good; below a half the share of those that are as bad.

    Where the lot cannot be compared, nothing can be told: a half.
    """
    try:
        found = effect_by_lot(panel)
    except Refused:
        return 0.5
    as_good, as_bad = (found.lower, found.higher) if expected == "lower" else (found.higher, found.lower)
    # Draws that give the same are counted on both sides: neither may say more than it can.
    return max(0.5, 1 - as_good) if as_good <= as_bad else min(0.5, as_bad)


def _more_careful(one: float, other: float) -> float:
    """Of two probabilities the one nearer to a half; a half where they point to different sides."""
    if (one - 0.5) * (other - 0.5) <= 0:
        return 0.5
    return one if abs(one - 0.5) < abs(other - 0.5) else other


def _without_round_of_choice(low: Floats, starts: Whole, chosen: Chosen | None) -> tuple[Floats, bool]:
    """Values without those that the choice was made by, and whether nothing earlier is left then."""
    if chosen is None:
        return low, False
    ever = starts != NEVER
    cleared = low.copy()
    cleared[ever, chosen.round] = np.nan
    before = np.arange(low.shape[1]) < starts[:, None]
    left = (~np.isnan(cleared) & before)[ever].any()
    return (cleared, False) if left else (low, True)


def _cautions(*, few: bool, compared: bool, alone: bool) -> tuple[Caution, ...]:
    """In the order in which they are said."""
    found = []
    if not compared:
        found.append(Caution.NO_COMPARISON)
    elif few:
        found.append(Caution.FEW_GROUPS)
    if alone:
        found.append(Caution.CHOSEN_WITHOUT_AN_EARLIER_ROUND)
    return tuple(found)
