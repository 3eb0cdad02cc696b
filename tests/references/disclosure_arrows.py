"""How often an arrow appears where nothing has changed: three rounds of groups whose true level stays.

    python -m tests.references.disclosure_arrows

Spread and persistence of answers are those of the world of the attacks, in points of 0-100 (a point of a
1-5 scale is 25): groups 10, persons 16.25 for good and 11.25 from round to round with a correlation of
.85 ** 4, single answers 6.25; seven people in eight answer in a round.
"""

from __future__ import annotations

import numpy as np

from replenish.disclosure.bands import FLOOR, band_of, size_class
from replenish.disclosure.change import change_between
from replenish.disclosure.scale import AnswerScale

ROUNDS = 3
POINTS = AnswerScale("points", 0, 100)


def share_of_arrows(people: int, groups: int, seed: int) -> float:
    """Among groups of this many people, shown in three rounds, the share with an arrow in the third."""
    rng = np.random.default_rng(seed)
    arrows = shown = 0
    for _ in range(groups):
        level = rng.normal(45, 10) + rng.normal(0, 16.25, people)
        passing = rng.normal(0, 11.25, people)
        bands = []
        for _ in range(ROUNDS):
            answers = level + passing + rng.normal(0, 6.25, people)
            heard = np.clip(answers, 0, 100)[rng.random(people) < 7 / 8]
            if heard.size >= FLOOR:
                bands.append(band_of(POINTS.mean_points(heard), size_class(heard.size)))
            passing = 0.85**4 * passing + np.sqrt(1 - 0.85**8) * rng.normal(0, 11.25, people)
        if len(bands) == ROUNDS:
            shown += 1
            arrows += change_between(bands[-1], bands[:-1]) is not None
    return arrows / shown


if __name__ == "__main__":
    for size in (10, 15, 20, 30, 60):
        print(f"{size:3} people: {share_of_arrows(size, 4_000, seed=size):.3f}")
