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
from replenish.basis.identifiers import content_hash
from replenish.conditions.actions.panel import (
    ActionPanel,
    Bands,
    GroupKey,
    SeenGroups,
    action_panel,
    seen_groups,
)
from replenish.conditions.actions.told import Acting, Expects, Judged
from replenish.conditions.queries import Published
from replenish.statistics.effect.bands import SeenBand
from replenish.statistics.effect.words import Caution, Chosen, Word, judge_bands

__all__ = ["Caution", "Effect", "Measured", "Why", "Word", "asked_of", "effect_of", "judged_now"]


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


@dataclass(frozen=True)
class Asked:
    """What has to be judged: bands, starts and what was written down before, and nothing else.

    Attributes:
        bands: by group, one for each round.
        starts: by group with the action, its first whole round with it.
        rounds: how many rounds there are.
        expected: the direction that was written down.
        lot: whether the starts were drawn among all these groups.
        chosen: where the groups stood, if they were chosen for standing low.
    """

    bands: Bands
    starts: tuple[tuple[GroupKey, int], ...]
    rounds: int
    expected: Expects
    lot: bool
    chosen: Chosen | None

    @property
    def key(self) -> str:
        """The same for the same question, whoever asks it."""
        bands = [[list(group), [_plain(band) for band in row]] for group, row in self.bands]
        starts = [[list(group), start] for group, start in self.starts]
        chosen = "" if self.chosen is None else repr(self.chosen)
        return content_hash([bands, starts, self.expected, str(self.lot), chosen])


def effect_of(organisation: str, acting: Acting, published: Sequence[Published]) -> Effect:
    """What became of an action, as far as these releases tell.

    Args:
        organisation: whose action it is.
        acting: the action.
        published: the releases that the reader may read, oldest first.
    """
    asked = asked_of(organisation, acting, published)
    if isinstance(asked, Why):
        return Effect(Word.CANNOT_TELL, asked)
    # What the night has worked out; a page would wait for seconds in a large organisation.
    known = dict(acting.judged).get(asked.key) if acting.judged else None
    judged = known or judged_now(asked)
    if judged is None:
        return Effect(Word.CANNOT_TELL, Why.NEVER_BOTH)
    since = asked.rounds - min(start for _group, start in asked.starts)
    word = Word(judged.word)
    return Effect(word, Why.NOT_CLEAR if word is Word.CANNOT_TELL else None, _measured(judged, since))


def asked_of(organisation: str, acting: Acting, published: Sequence[Published]) -> Asked | Why:
    """What has to be judged, or why there is nothing to judge."""
    if acting.fixed_on is None:
        return Why.NOT_FIXED
    seen = seen_groups(organisation, published, acting.plan.condition, min(acting.days()))
    panel = action_panel(acting, seen)
    why = _why_nothing(acting, seen, panel)
    if why is not None:
        return why
    chosen = _chosen(acting, panel, published)
    lot = acting.plan.by_lot and acting.plan.waiting > 0
    bands, starts = tuple(panel.bands.items()), tuple(panel.starts.items())
    return Asked(bands, starts, len(panel.rounds), acting.plan.expects, lot, chosen)


# The same for everybody who may read the same releases.
@lru_cache(maxsize=256)
def judged_now(asked: Asked) -> Judged | None:
    """The verdict on these bands; None where no group was seen on both sides."""
    panel = ActionPanel(dict(asked.bands), dict(asked.starts), ()).to_panel()
    try:
        verdict = judge_bands(panel, expected=asked.expected, drawn_by_lot=asked.lot, chosen=asked.chosen)
    except Refused:
        return None
    shown = verdict.effect
    return Judged(
        word=verdict.word.value,
        estimate=None if shown is None else round(shown.estimate),
        low=None if shown is None else math.floor(shown.low),
        high=None if shown is None else math.ceil(shown.high),
        smallest=None if verdict.smallest is None else math.ceil(verdict.smallest),
        by_itself=None if verdict.regression is None else round(verdict.regression.points),
        groups_with=verdict.treated,
        groups_without=verdict.untreated,
        cautions=tuple(one.value for one in verdict.cautions),
    )


def _why_nothing(acting: Acting, seen: SeenGroups, panel: ActionPanel) -> Why | None:
    """What is missing before anything can be worked out."""
    if not any(one.starts_on >= min(acting.days()) for one in seen.rounds):
        return Why.NO_ROUND_SINCE
    if not any(one.closes_on <= max(acting.days()) for one in seen.rounds):
        return Why.NO_ROUND_BEFORE
    if not any(band for row in seen.bands.values() for band in row):
        return Why.NO_GROUPS
    return None if panel.starts else Why.NEVER_BOTH


def _measured(judged: Judged, rounds_since: int) -> Measured:
    return Measured(
        estimate=judged.estimate,
        low=judged.low,
        high=judged.high,
        smallest=judged.smallest,
        by_itself=judged.by_itself,
        groups_with=judged.groups_with,
        groups_without=judged.groups_without,
        rounds_since=rounds_since,
        cautions=tuple(Caution(one) for one in judged.cautions),
    )


def _plain(band: SeenBand | None) -> list[float]:
    return [] if band is None else [band.low, band.high, band.least_voices]


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
