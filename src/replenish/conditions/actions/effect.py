"""What became of an action: a function of releases and of its plan, and of nothing else.

Nobody's answer is looked at again. So it may be shown for any group whose bands are published, however few
groups there are, and it is the same for everybody who may read the same releases.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from statistics import mean

from replenish.basis.errors import Refused
from replenish.conditions.actions.panel import (
    ActionPanel,
    Bands,
    GroupKey,
    SeenGroups,
    action_panel,
    seen_groups,
)
from replenish.conditions.actions.told import Acting, Expects
from replenish.conditions.queries import Published
from replenish.statistics.effect.words import Caution, Chosen, Verdict, Word, judge_bands

__all__ = ["Caution", "Effect", "Measured", "Why", "Word", "effect_of"]


class Why(Enum):
    """Why nothing can be told yet."""

    NOT_FIXED = "it is only planned"
    NO_ROUND_SINCE = "no whole round has been published since it began"
    NO_ROUND_BEFORE = "no round was published before it began"
    NO_GROUPS = "nothing is published about any group by itself"
    NEVER_BOTH = "no group was seen both before and after"
    NOT_CLEAR = "the interval leaves both open"


@dataclass(frozen=True)
class Measured:
    """What was worked out from bands, in points of 0-100, rounded outwards.

    Attributes:
        estimate: the average difference that the action made; None where only a word may be said.
        low: lower end of the 90 % interval.
        high: upper end.
        smallest: the effect that would have been called one in four of five cases; None by lot alone.
        by_itself: where these groups were chosen because they stood low, how far they would have moved by
            themselves; None where they were not.
        groups_with: groups seen before and after their start.
        groups_without: groups that they were compared with.
        rounds_since: rounds published since the first of them began.
        cautions: to be said beside the word.
    """

    estimate: int | None
    low: int | None
    high: int | None
    smallest: int | None
    by_itself: int | None
    groups_with: int
    groups_without: int
    rounds_since: int
    cautions: tuple[Caution, ...]


@dataclass(frozen=True)
class Effect:
    """What can be said about an action.

    Attributes:
        word: one of five.
        why: why it cannot be told; None where it can.
        measured: the numbers behind it; None where there are none.
    """

    word: Word
    why: Why | None = None
    measured: Measured | None = None


def effect_of(organisation: str, acting: Acting, published: Sequence[Published]) -> Effect:
    """What became of an action, as far as these releases tell.

    Args:
        organisation: whose action it is.
        acting: the action.
        published: the releases that the reader may read, oldest first.
    """
    if acting.fixed_on is None:
        return _nothing(Why.NOT_FIXED)
    seen = seen_groups(organisation, published, acting.plan.condition)
    panel = action_panel(acting, seen)
    why = _why_nothing(acting, seen, panel)
    if why is not None:
        return _nothing(why)
    chosen = _chosen(acting, panel, published)
    lot = acting.plan.by_lot and acting.plan.waiting > 0
    frozen = (tuple(panel.bands.items()), tuple(panel.starts.items()))
    verdict = _judged(*frozen, acting.plan.expects, lot, chosen)
    if verdict is None:
        return _nothing(Why.NEVER_BOTH)
    measured = _measured(verdict, len(panel.rounds) - min(panel.starts.values()))
    return Effect(verdict.word, Why.NOT_CLEAR if verdict.word is Word.CANNOT_TELL else None, measured)


def _nothing(why: Why) -> Effect:
    return Effect(Word.CANNOT_TELL, why)


def _why_nothing(acting: Acting, seen: SeenGroups, panel: ActionPanel) -> Why | None:
    """What is missing before anything can be worked out."""
    if not any(one.starts_on >= min(acting.days()) for one in seen.rounds):
        return Why.NO_ROUND_SINCE
    if not any(one.closes_on <= max(acting.days()) for one in seen.rounds):
        return Why.NO_ROUND_BEFORE
    if not any(band for row in seen.bands.values() for band in row):
        return Why.NO_GROUPS
    return None if panel.starts else Why.NEVER_BOTH


# The same for everybody who may read the same releases; a page would wait for seconds otherwise.
@lru_cache(maxsize=256)
def _judged(
    bands: Bands,
    starts: tuple[tuple[GroupKey, int], ...],
    expected: Expects,
    lot: bool,  # noqa: FBT001 - a part of the key
    chosen: Chosen | None,
) -> Verdict | None:
    """The verdict on these bands; None where no group was seen on both sides."""
    panel = ActionPanel(dict(bands), dict(starts), ()).to_panel()
    try:
        return judge_bands(panel, expected=expected, drawn_by_lot=lot, chosen=chosen)
    except Refused:
        return None


def _measured(verdict: Verdict, rounds_since: int) -> Measured:
    shown = verdict.effect
    return Measured(
        estimate=None if shown is None else round(shown.estimate),
        low=None if shown is None else math.floor(shown.low),
        high=None if shown is None else math.ceil(shown.high),
        smallest=None if verdict.smallest is None else math.ceil(verdict.smallest),
        by_itself=None if verdict.regression is None else round(verdict.regression.points),
        groups_with=verdict.treated,
        groups_without=verdict.untreated,
        rounds_since=rounds_since,
        cautions=verdict.cautions,
    )


def _chosen(acting: Acting, panel: ActionPanel, published: Sequence[Published]) -> Chosen | None:
    """Where the groups stood in the round they were chosen by, or in the last before it began."""
    if not acting.plan.because_low:
        return None
    by_hash = {one.release.hash[: len(acting.plan.release)]: one.round for one in published}
    number = by_hash.get(acting.plan.release) if acting.plan.release else None
    last = min(panel.starts.values()) - 1
    place = next((at for at, one in enumerate(panel.rounds) if one.number == number and at <= last), last)
    stood = _middles(panel, place, set(panel.starts))
    usual = _middles(panel, place, set(panel.bands))
    if place < 0 or not stood or len(usual) <= len(stood):
        return None
    return Chosen(place, mean(stood), mean(usual))


def _middles(panel: ActionPanel, place: int, groups: set[GroupKey]) -> list[float]:
    found = [panel.bands[key][place] for key in sorted(groups)]
    return [(band.low + band.high) / 2 for band in found if band is not None]
