"""Arguments that several commands share, and how their text is read."""

from __future__ import annotations

import argparse
import csv
import math
import re

from replenish.disclosure.scale import AnswerScale

UNIT_HELP = "the column that names the unit; several, outermost first, for a tree: service,team"
SCALE_HELP = (
    "the range of possible answers, and if known their step, such as leadership=1,5 or leadership=1,5,1; "
    "needed for every column without a pack, because the range of the data would publish its ends"
)


def columns(text: str) -> tuple[str, ...]:
    """Column names separated by commas; a name that holds a comma stands in quotation marks."""
    names = tuple(name.strip() for name in next(csv.reader([text], skipinitialspace=True), []))
    if not names or not all(names):
        raise argparse.ArgumentTypeError(
            f"'{text}' has an empty column name; write names separated by commas"
        )
    if len(set(names)) < len(names):
        raise argparse.ArgumentTypeError(f"'{text}' names a column twice")
    return names


def answer_scale(text: str) -> AnswerScale:
    """`COLUMN=MIN,MAX` or `COLUMN=MIN,MAX,STEP`."""
    found = re.fullmatch(r"(?P<name>.+?)=(?P<low>[^,=]+),(?P<high>[^,=]+)(?:,(?P<step>[^,=]+))?", text)
    if not found:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not a range; write it as COLUMN=MIN,MAX, such as hours=0,24"
        )
    try:
        low, high = float(found["low"]), float(found["high"])
        step = None if found["step"] is None else float(found["step"])
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' has an end that is not a number") from None
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise argparse.ArgumentTypeError(
            f"'{text}': the smaller end comes first, and both are finite numbers"
        )
    if step is not None and not (0 < step <= high - low):
        raise argparse.ArgumentTypeError(f"'{text}': the step must be positive and no larger than the range")
    return AnswerScale(found["name"].strip(), low, high, step)


def whole(text: str) -> int:
    """A whole number; commands check its range, because only they know it."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number") from None
