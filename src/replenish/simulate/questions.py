"""The project's own two sets of questions, seen from the side that answers them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np

from replenish.measures.library import load_pack
from replenish.measures.pack_parts import Item
from replenish.measures.scoring import score
from replenish.simulate.world import CONDITIONS, OUTCOMES, Floats, Integers

WEEKLY, ROUND = "replenish-weekly", "replenish-round"
ENCOUNTERS = "event.encounters"
WARMTH = "sign.warmth"  # the one sign that is welcome; it is in no scale
HELD, SAFE = "supervision.held", "supervision.safe"  # the second is left empty without the first
VOICE, SAID = "culture.voice", "culture.said"  # what followed when somebody spoke; whether one spoke oneself
ADDED_LATER = (SAID,)  # each draws from a stream of its own

_COMMON_SHARES = {
    2: (0.45, 0.55),
    3: (0.30, 0.40, 0.30),
    4: (0.15, 0.30, 0.35, 0.20),
    5: (0.15, 0.20, 0.25, 0.25, 0.15),
}
_SHARES = {
    HELD: (0.15, 0.15, 0.45, 0.25),
    "process.time": (0.30, 0.25, 0.20, 0.15, 0.10),
    VOICE: (0.10, 0.30, 0.35, 0.25),
}


@dataclass(frozen=True)
class SignQuestion:
    """A question about an outcome: its code, and whether a high answer means less of the outcome."""

    code: str
    outcome: str
    reverse: bool


@dataclass(frozen=True)
class EventQuestion:
    """A question about an event.

    Attributes:
        code: the item.
        condition: the condition it belongs to.
        codes: its answers from the worst to the best.
        cuts: the levels of a standard normal variable at which one answer gives way to the next.
        does_not_apply: the answer of people to whom nothing of the kind happened, if there is one.
    """

    code: str
    condition: str
    codes: tuple[float, ...]
    cuts: tuple[float, ...]
    does_not_apply: float | None

    def grade(self, level: Floats) -> Integers:
        """Place of the answer at each level, 0 for the worst; any shape."""
        return np.searchsorted(self.cuts, level).astype(np.int64)

    def answer(self, level: Floats) -> Floats:
        """The coded answer at each level; any shape."""
        return np.asarray(self.codes)[self.grade(level)]


@cache
def weekly_signs() -> tuple[SignQuestion, ...]:
    """The signs of the weekly check-in, each following `relational`, also those outside its scale."""
    items = [item for item in load_pack(WEEKLY).items if item.code != ENCOUNTERS]
    return tuple(SignQuestion(item.code, "relational", item.code == WARMTH) for item in items)


@cache
def round_signs() -> tuple[SignQuestion, ...]:
    """The questions of a round about what people carry, and about meaning."""
    pack = load_pack(ROUND)
    return tuple(
        SignQuestion(code, scale.code, pack.item(code).reverse)
        for scale in pack.scales
        if scale.code in OUTCOMES
        for code in scale.items
    )


@cache
def event_questions() -> tuple[EventQuestion, ...]:
    """The questions of a round about conditions, in the order of `CONDITIONS`."""
    pack = load_pack(ROUND)
    return tuple(
        _event_question(pack.item(code), condition)
        for condition in CONDITIONS
        for scale in pack.scales
        if scale.code == condition
        for code in scale.items
    )


def event_question(code: str) -> EventQuestion:
    """The event question of that code."""
    return next(question for question in event_questions() if question.code == code)


def condition_scores(answers: Mapping[str, Floats]) -> Floats:
    """Score answers to the event questions; shape (rows, conditions), 0-100, NaN where missing."""
    scales = score(load_pack(ROUND), answers, scales=CONDITIONS).scales
    return np.column_stack([scales[condition] for condition in CONDITIONS])


def outcome_scores(pack: str, answers: Mapping[str, Floats]) -> dict[str, Floats]:
    """Score the outcomes that a pack has; 0-100, NaN is missing."""
    known = [scale.code for scale in load_pack(pack).scales if scale.code in OUTCOMES]
    return dict(score(load_pack(pack), answers, scales=known).scales)


def _event_question(item: Item, condition: str) -> EventQuestion:
    if item.options:
        worth = [(option.value, option.code) for option in item.options if option.value is not None]
    else:
        response = load_pack(ROUND).response
        steps = np.arange(response.min, response.max + 0.5)
        worth = [(step, step) for step in steps.tolist()]
    codes = [code for _, code in sorted(worth)]
    if item.reverse:
        codes.reverse()
    shares = _SHARES.get(item.code, _COMMON_SHARES[len(codes)])
    cuts = tuple(NormalDist().inv_cdf(below) for below in np.cumsum(shares)[:-1].tolist())
    unasked = [option.code for option in item.options if option.value is None]
    return EventQuestion(item.code, condition, tuple(codes), cuts, unasked[0] if unasked else None)
