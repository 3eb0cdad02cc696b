"""How published figures are put into words: the only place where a number is rounded."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

DECIMALS = 2
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def number(value: float) -> str:
    """A figure with at most two decimals, without idle zeros, and with a true minus sign."""
    text = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    if text in ("-0", ""):
        text = "0"
    return text.replace("-", "−")


def plural(count: int, noun: str) -> str:
    """A count with its noun: `1 group`, `12 groups`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def listed(names: Sequence[str], *, joint: str = "and") -> str:
    """Names in a sentence: `Oak`, `Oak and Ash`, `Oak, Ash and Elm`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"


def span_words(low: float, high: float) -> str:
    """A band of the scale from 0 to 100: open at the ends, where no cut lies."""
    if low <= 0 and high >= 100:
        return "anywhere on the scale"
    if low <= 0:
        return f"below {number(high)}"
    if high >= 100:
        return f"above {number(low)}"
    return f"between {number(low)} and {number(high)}"


def band_label(low: float, high: float) -> str:
    """A band beside a chart: `35 to 50`, and open where it reaches an end of the scale."""
    return interval_words(low, high) if low > 0 and high < 100 else span_words(low, high)


def interval_words(low: float, high: float) -> str:
    """An interval for a table or a chart: `2 to 5`."""
    return f"{number(low)} to {number(high)}"


def in_cell(low: float, high: float) -> str:
    """An interval of the scale in the narrow cell of a table: `35–50`."""
    return f"{number(low)}–{number(high)}"


def whole_points(low: float, high: float) -> tuple[float, float]:
    """An interval in whole points that holds the exact one: its ends are only ever moved outwards."""
    return float(math.floor(low)), float(math.ceil(high))


def share_words(low: float, high: float) -> str:
    """A band of a share: `between 4 and 5 in 10`, or in 100 where tenths are too coarse for its ends."""
    of, factor = (10, 0.1) if low % 10 == high % 10 == 0 else (100, 1.0)
    least, most = number(low * factor), number(high * factor)
    if low <= 0:
        return f"fewer than {most} in {of}"
    return f"{least} in {of} or more" if high >= 100 else f"between {least} and {most} in {of}"


def first_upper(text: str) -> str:
    """The text with its first letter raised, the rest left as it is."""
    return text[:1].upper() + text[1:]


def day(published: date) -> str:
    """A date as it is read: 4 May 2026."""
    return f"{published.day} {MONTHS[published.month - 1]} {published.year}"


def chance(probability: float | None) -> str:
    """A chance in tenths, as most_useful_first gives it: never nought and never certain."""
    if probability is None:
        return "too coarse to say"
    tenths = round(probability * 10)
    if tenths == 0:
        return "less than 1 in 10"
    return "more than 9 in 10" if tenths == 10 else f"{tenths} in 10"
