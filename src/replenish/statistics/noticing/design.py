"""Design values for one person's weeks: until an organisation's own figures replace them, our assumption."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

_LIMIT = float(json.loads(Path(__file__).with_name("limits.json").read_text(encoding="utf-8"))["limit"])


@dataclass(frozen=True)
class PersonDesign:
    """What is taken to hold for people in general; each value is marked "our assumption".

    Attributes:
        within_sd: standard deviation of one person's weekly scores about their own usual, in points of 0-100.
        prior_df: how many weeks' worth of trust that standard deviation has.
        autocorrelation: correlation of a weekly score with that of the week before.
        prior_pairs: how many pairs of neighbouring weeks' worth of trust that correlation has.
        weight: by how much a week counts less among the recent ones with each week that goes by.
        longest_look: weeks ago from which on a check-in belongs to the usual.
        baseline: check-ins that make up the first picture of a person's usual.
        limit: standard errors above the usual from which on recent weeks look different.
        level_mean: mean of weekly scores over all people, in points.
        level_sd: standard deviation of weekly scores over all people, in points.
    """

    within_sd: float = 12.0
    prior_df: float = 12.0
    autocorrelation: float = 0.3
    prior_pairs: float = 300.0
    weight: float = 0.01
    longest_look: int = 30
    baseline: int = 12
    limit: float = _LIMIT
    level_mean: float = 30.0
    level_sd: float = 20.0

    @property
    def high_level(self) -> float:
        """A usual above this is named on the page: one standard deviation above the mean of all people."""
        return self.level_mean + self.level_sd


DESIGN = PersonDesign()
