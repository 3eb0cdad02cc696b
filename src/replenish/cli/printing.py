"""What commands say: figures on standard output, everything about them on standard error."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Sequence

REFUSED = 2


def say(sentence: str) -> None:
    """A sentence to the person at the terminal; never part of the figures."""
    print(sentence, file=sys.stderr, flush=True)


def warn_exact(people: int, units: int) -> None:
    """What commands for a lawful holder of rows say before they print exact figures."""
    where = f" in {units:,} {'unit' if units == 1 else 'units'}" if units else ""
    say(f"exact figures about {people:,} people{where}: not for publication")


def print_json(value: object) -> None:
    """Plain values as JSON, one document on standard output."""
    print(json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False))


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table in aligned columns: the first to the left, figures to the right."""
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        first, rest = (
            line[0].ljust(widths[0]),
            [text.rjust(width) for text, width in zip(line[1:], widths[1:], strict=True)],
        )
        print("  ".join([first, *rest]).rstrip())


def figure(value: float | None) -> str:
    """Four significant digits for a person's eye; `--json` has all of them."""
    return "-" if value is None else f"{value:.4g}"


class Progress:
    """Says what is being done when it takes long: nothing in the first second, then each new step."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.begun = time.monotonic()
        self.quiet = quiet
        self.said = ""

    def __call__(self, step: str, share: float | None = None) -> None:
        """Report a step, and how much of it is done (0 to 1) where that is known."""
        if self.quiet or time.monotonic() - self.begun < 1:
            return
        line = step if share is None else f"{step}: {share:.0%}"
        if line != self.said:
            self.said = line
            say(f"  {line}")
