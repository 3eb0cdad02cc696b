"""Published figures in words, no finer than they were published."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from replenish.disclosure.release import Cell, ParentCell

MIDDLE = 50.0


def number(value: float) -> str:
    """A published figure as the reader's language writes it."""
    return _number(value, get_language() or "")


@lru_cache(maxsize=512)
def _number(value: float, language: str) -> str:  # noqa: ARG001 - the language that is in force
    return number_format(Decimal(f"{value:g}"))


def day(when: date) -> str:
    """A day in full."""
    return _day(when, get_language() or "")


@lru_cache(maxsize=512)
def _day(when: date, language: str) -> str:  # noqa: ARG001 - it is written in this language
    return date_format(when, "DATE_FORMAT")


def where(low: float, high: float) -> str:
    """A band of the scale from 0 to 100: open at the ends, where no cut lies."""
    if low <= 0 and high >= 100:
        return _("anywhere from 0 to 100")
    if low <= 0:
        return _("below %(high)s of 100") % {"high": number(high)}
    if high >= 100:
        return _("above %(low)s of 100") % {"low": number(low)}
    return _("between %(low)s and %(high)s of 100") % {"low": number(low), "high": number(high)}


def span(low: float, high: float) -> str:
    """A band in the cell of a table."""
    return f"{number(low)}–{number(high)}"


def outwards(cell: ParentCell) -> tuple[float, float]:
    """The range of a larger part in whole points: its ends are only ever moved outwards."""
    return float(math.floor(cell.low)), float(math.ceil(cell.high))


def voices(cell: Cell) -> str:
    """The class of the number of voices, as printed."""
    return "" if cell.size is None else cell.size.label.replace("-", "–")


def silence() -> str:
    """What is said in place of a band; it depends on how many answered, never on what they said."""
    return _("not enough voices this time")


def change(cell: Cell, *, compared: bool) -> str:
    """The published arrow in words; empty where nothing could be compared."""
    if cell.band is None:
        return ""
    if cell.change == "higher":
        return _("higher than in both rounds before")
    if cell.change == "lower":
        return _("lower than in both rounds before")
    return _("no clear change") if compared else ""


def listed(names: Sequence[str]) -> str:
    """Names in a sentence, in quotation marks."""
    quoted = [_("“%(name)s”") % {"name": name} for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return _("%(names)s and %(last)s") % {"names": ", ".join(quoted[:-1]), "last": quoted[-1]}


def upper(text: str) -> str:
    """The text with its first letter raised."""
    return text[:1].upper() + text[1:]
