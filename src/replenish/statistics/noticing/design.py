"""Design values for one person's weeks: until an organisation's own figures replace them, our assumption."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

_LIMIT = float(json.loads(Path(__file__).with_name("limits.json").read_text(encoding="utf-8"))["limit"])


@dataclass(frozen=True)
class PersonDesign:
    """What is taken to hold for people in general; each value is marked "our assumption".

    Attributes:
        within_sd: standard deviation of one person's weekly scores about their own usual, in points of 0-100.
        prior_df: how many weeks' worth of trust that standard deviation has.
        autocorrelations: what the correlation of a weekly score with that of the week before may be.
        unchanged_weights: how likely each of them is beforehand if nothing changed; any positive numbers.
        changed_weights: the same if something did. Long memory looks like a change, so that the story without
            a change is given more of it than the other: else people with long memory would be told too often.
        rise_sd: size of a rise worth looking for, as a root mean square in own standard deviations.
        baseline: check-ins that make up the first picture of a person's usual.
        shortest: check-ins a rise has lasted before it is looked for.
        longest: check-ins ago at which a rise is still looked for.
        first_weight: how much likelier than any other the first week after the baseline is as a start.
        limit: logarithm of the likelihood ratio from which on recent weeks look different.
        level_mean: mean of weekly scores over all people, in points.
        level_sd: standard deviation of weekly scores over all people, in points.
    """

    within_sd: float = 12.0
    prior_df: float = 1.0
    autocorrelations: tuple[float, ...] = (0.0, 0.15, 0.3, 0.45, 0.6, 0.75)
    unchanged_weights: tuple[float, ...] = (0.25, 0.85, 0.92, 1.0, 1.12, 0.38)
    changed_weights: tuple[float, ...] = (0.3, 1.0, 1.0, 1.0, 1.0, 0.3)
    rise_sd: float = 0.33
    baseline: int = 12
    shortest: int = 6
    longest: int = 52
    first_weight: float = 6.0
    limit: float = _LIMIT
    level_mean: float = 30.0
    level_sd: float = 20.0

    def weights_unchanged(self) -> FloatArray:
        """`unchanged_weights` as shares of one."""
        return np.array(self.unchanged_weights) / sum(self.unchanged_weights)

    def weights_changed(self) -> FloatArray:
        """`changed_weights` as shares of one."""
        return np.array(self.changed_weights) / sum(self.changed_weights)

    @property
    def high_level(self) -> float:
        """A usual above this is named on the page: one standard deviation above the mean of all people."""
        return self.level_mean + self.level_sd


DESIGN = PersonDesign()
