"""By how much an offer raises the odds that a given person asked, by enumeration: the table of the decision.

Run: python tests/references/debrief_asking_odds.py

An observer knows the team, sees on which days an offer goes out, and suspects one person of having asked on
one day. The policy as it was first planned draws an unasked offer with probability 1/7 a week, on a day of
the week by chance, and an asked one goes out one or two days later. The policy in force draws an unasked one
in half of the windows of two days, and an asked one stands in the next window.
"""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product
from pathlib import Path

OTHERS_ASK = (Fraction(0), Fraction(1, 100), Fraction(1, 20), Fraction(1, 10))
TEAM = 8


def planned_first(unasked_per_day: Fraction, others: Fraction) -> Fraction:
    """The largest ratio over what can be seen on the two days after the day of asking."""
    # What the others do: on each of the two days an offer by chance, or because one of them asked.
    by_others = 1 - (1 - others / 7) ** (TEAM - 1)
    quiet = (1 - unasked_per_day) * (1 - by_others)
    ratios = []
    for seen in product((0, 1), repeat=2):
        not_asked = _chance(seen, quiet)
        asked = sum((_chance(seen, quiet, surely=day) for day in (0, 1)), Fraction(0)) / 2
        ratios.append(asked / not_asked)
    return max(ratios)


def _chance(seen: tuple[int, ...], quiet: Fraction, surely: int | None = None) -> Fraction:
    chance = Fraction(1)
    for day, offer in enumerate(seen):
        if day == surely:
            chance *= offer
        else:
            chance *= 1 - quiet if offer else quiet
    return chance


def over_a_week(unasked: Fraction, others: Fraction) -> Fraction:
    """The ratio for an observer who sees only whether any offer went out in the week."""
    return 1 / (1 - (1 - unasked) * (1 - others) ** (TEAM - 1))


def in_force(others: Fraction) -> Fraction:
    """The ratio for a window: an offer stands for sure if the person asked, in half of the windows if not."""
    return 1 / (1 - Fraction(1, 2) * (1 - others) ** (TEAM - 1))


def table() -> list[dict[str, float]]:
    """One row for each share of colleagues who ask in a week (or in a window)."""
    return [
        {
            "others_ask": float(others),
            "one_in_seven_a_week_by_day": float(planned_first(Fraction(1, 49), others)),
            "one_in_seven_a_week_by_week": float(over_a_week(Fraction(1, 7), others)),
            "one_in_seven_a_day_by_day": float(planned_first(Fraction(1, 7), others)),
            "half_of_the_windows": float(in_force(others)),
        }
        for others in OTHERS_ASK
    ]


if __name__ == "__main__":
    rows = table()
    Path(__file__).with_suffix(".json").write_text(json.dumps(rows, indent=2) + "\n", "utf-8")
    for row in rows:
        print({name: round(value, 2) for name, value in row.items()})
