"""From the unrounded results of a model to what may be printed of them."""

from __future__ import annotations

import math

from replenish.basis.errors import refuse
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.construction import KEY
from replenish.disclosure.model_results.ladder import (
    EFFECT_KINDS,
    MOST_CONDITIONS,
    groups_class,
    people_class,
    printing_step,
    require_enough,
)
from replenish.disclosure.model_results.result import ModelResult
from replenish.disclosure.model_results.words import (
    CANNOT_TELL,
    GOES_WITH_LESS,
    GOES_WITH_MORE,
    ICC_FROM,
    ICC_WORDS,
    SHARE_FROM,
    SHARE_WORDS,
    TOO_FEW,
    word_for,
)

Numbers = tuple[float, float, float]

FINE = 2
"""Steps up to this many points are printed with ends rounded outwards."""


def disclose_effect(
    *,
    outcome: str,
    condition: str,
    kind: str,
    estimate: float,
    low: float,
    high: float,
    people: int,
    groups: int,
    conditions: int = MOST_CONDITIONS,
) -> ModelResult:
    """An effect rounded to its printing step, or words where the step is too wide for the interval.

    Whether numbers or words are printed, and which words, follows from the rounded numbers alone.

    Args:
        outcome: its name.
        condition: its name.
        kind: "own reports" or "split voice".
        estimate: how many points of 0-100 the outcome differs between groups like the lower and like the
            upper quarter of the condition.
        low: lower end of its 95 % interval.
        high: upper end.
        people: behind the model.
        groups: behind the model.
        conditions: how many conditions the model holds equal at once; the fewer, the finer the step.

    Raises:
        Refused: fewer than 50 people or 5 groups, an unknown kind, no condition, or numbers that are not an
            interval.
    """
    require_enough(people, groups)
    if kind not in EFFECT_KINDS:
        refuse(DisclosureFault.MODEL_RESULT_KIND, kind=kind)
    if not all(map(math.isfinite, (estimate, low, high))) or not low <= estimate <= high:
        refuse(DisclosureFault.MODEL_RESULT_NUMBERS, kind=kind, outcome=outcome)
    classes = people_class(people), groups_class(groups)
    step = printing_step(kind, *classes, conditions)
    shown, words = (None, TOO_FEW) if step is None else numbers_or_words(estimate, low, high, step)
    return ModelResult(
        outcome=outcome,
        condition=condition,
        kind=kind,
        estimate=None if shown is None else shown[0],
        low=None if shown is None else shown[1],
        high=None if shown is None else shown[2],
        step=None if step is None else float(step),
        words=words,
        people_class=classes[0],
        groups_class=classes[1],
        conditions=conditions,
        key=KEY,
    )


def round_to_step(value: float, step: int) -> float:
    """The nearest multiple of a printing step; halves go to the even multiple, and zero has no sign."""
    return float(round(value / step) * step) + 0.0


def numbers_or_words(
    estimate: float, low: float, high: float, step: int
) -> tuple[Numbers | None, str | None]:
    """The rounded (estimate, low, high) and no words, or words and no numbers.

    A step of one or two points is finer than anything one would act on: the ends are rounded outwards, so
    that the printed interval holds the true one, however narrow. With wider steps the numbers are printed
    only where half the rounded interval is as wide as the step. Where rounding outwards would hide that an
    interval lies on one side of zero, the words say it.
    """
    nearest = (round_to_step(estimate, step), round_to_step(low, step), round_to_step(high, step))
    words = effect_words(nearest)
    if step > FINE:
        return (nearest, None) if may_be_printed(nearest, step) else (None, words)
    outward = (nearest[0], math.floor(low / step) * step + 0.0, math.ceil(high / step) * step + 0.0)
    hides_the_side = words != CANNOT_TELL and outward[1] <= 0 <= outward[2]
    return (None, words) if hides_the_side else (outward, None)


def may_be_printed(rounded: Numbers, step: float) -> bool:
    """Whether rounded numbers promise no more than their step allows."""
    _, low, high = rounded
    return step <= FINE or (high - low) / 2 >= step


def effect_words(rounded: Numbers) -> str:
    """The side of zero on which a rounded interval lies, in words."""
    _, low, high = rounded
    if low > 0:
        return GOES_WITH_MORE
    return GOES_WITH_LESS if high < 0 else CANNOT_TELL


def disclose_icc(*, outcome: str, icc: float, people: int, groups: int) -> ModelResult:
    """How much units differ in an outcome, in one of three phrases.

    Args:
        outcome: its name.
        icc: the share of variance that lies between units, 0 to 1.
        people: behind the model.
        groups: behind the model.

    Raises:
        Refused: fewer than 50 people or 5 groups, or a share outside 0 to 1.
    """
    return _in_words("icc", outcome, icc, ICC_FROM, ICC_WORDS, people=people, groups=groups)


def disclose_share_explained(*, outcome: str, share: float, people: int, groups: int) -> ModelResult:
    """What share of the differences between units all conditions explain together, in one of three phrases.

    Args:
        outcome: its name.
        share: 0 to 1.
        people: behind the model.
        groups: behind the model.

    Raises:
        Refused: fewer than 50 people or 5 groups, or a share outside 0 to 1.
    """
    return _in_words("share explained", outcome, share, SHARE_FROM, SHARE_WORDS, people=people, groups=groups)


def _in_words(
    kind: str,
    outcome: str,
    value: float,
    starts: tuple[float, ...],
    words: tuple[str, ...],
    *,
    people: int,
    groups: int,
) -> ModelResult:
    require_enough(people, groups)
    if not 0 <= value <= 1:
        refuse(DisclosureFault.MODEL_RESULT_NUMBERS, kind=kind, outcome=outcome)
    return ModelResult(
        outcome=outcome,
        condition="",
        kind=kind,
        estimate=None,
        low=None,
        high=None,
        step=None,
        words=word_for(value, starts, words),
        people_class=people_class(people),
        groups_class=groups_class(groups),
        conditions=None,
        key=KEY,
    )
