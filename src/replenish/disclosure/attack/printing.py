"""What a printed number, band or size stands for, exactly."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from replenish.disclosure.attack.closed_form import WHOLE, Interval
from replenish.disclosure.scale import AnswerScale

TOP = 100


def exact(value: object) -> Fraction | None:
    """A printed number as the exact decimal that stands in the file; None when it is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Fraction):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    try:
        return Fraction(repr(value) if isinstance(value, float) else value)
    except (ValueError, ZeroDivisionError):
        return None


def whole(value: object) -> int | None:
    """A printed whole number from 0, or None."""
    number = exact(value)
    return int(number) if number is not None and number.denominator == 1 and number >= 0 else None


def half_open(low: Fraction, high: Fraction) -> Interval:
    """The band from `low` to below `high` on 0-100; 100 itself belongs to the highest band."""
    return Interval(low / TOP, high / TOP, low_open=False, high_open=high < TOP).intersect(WHOLE)


def rounded(value: object) -> Interval:
    """All means on 0-100 that are printed as this number: half a unit of its last digit either way."""
    number = exact(value) or Fraction(0)
    half = Fraction(1, 2)
    while (number / (2 * half)).denominator != 1 and half > Fraction(1, 10**12):
        half /= 10
    band = Interval((number - half) / TOP, (number + half) / TOP, low_open=False, high_open=False)
    return band.intersect(WHOLE)


def sizes_of(label: str | None) -> tuple[int, int | None] | None:
    """The numbers of people that a printed size such as 7-12, 25+ or 9 stands for."""
    if label is None:
        return None
    if found := re.fullmatch(r"\s*(\d+)\s*[-–]\s*(\d+)\s*", label):
        return int(found[1]), int(found[2])
    if found := re.fullmatch(r"\s*(\d+)\s*\+\s*", label):
        return int(found[1]), None
    if found := re.fullmatch(r"\s*(\d+)\s*", label):
        return int(found[1]), int(found[1])
    return None


def on_another_range(
    interval: Interval, declared: tuple[Fraction, Fraction], actual: tuple[Fraction, Fraction]
) -> Interval:
    """The same means as shares of another range: a declared range may be wider than the real one."""

    def moved(end: Fraction) -> Fraction:
        raw = declared[0] + end * (declared[1] - declared[0])
        return (raw - actual[0]) / (actual[1] - actual[0])

    ends = moved(interval.low), moved(interval.high)
    return Interval(*ends, low_open=interval.low_open, high_open=interval.high_open).intersect(WHOLE)


def steps_of(scale: AnswerScale) -> int | None:
    """Steps from the lowest to the highest answer; None when every value between is possible."""
    return None if scale.step is None else round((scale.high - scale.low) / scale.step)
