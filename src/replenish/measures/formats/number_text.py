"""Numbers written in a form's cells: codes, lowest and highest values."""

from __future__ import annotations

import math
import re

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


def as_number(text: str | None) -> float | None:
    """The number a text is, or None where it is none; "007" is 7, "1,5" and "inf" are none."""
    if text is None or not _NUMBER.fullmatch(text.strip()):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def written(value: float) -> str:
    """A number without a needless decimal point."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
