"""Design values for one person's weeks: until an organisation's own figures replace them, our assumption."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PersonDesign:
    """What is taken to hold for people in general; each value is marked "our assumption".

    Attributes:
        within_sd: standard deviation of one person's weekly scores about their own usual, in points of 0-100.
        autocorrelation: correlation of a weekly score with that of the week before.
        prior_df: how many weeks' worth of trust the pooled standard deviation has.
        baseline: check-ins that make up the first picture of a person's usual.
        level_mean: mean of weekly scores over all people, in points.
        level_sd: standard deviation of weekly scores over all people, in points.
    """

    within_sd: float = 12.0
    autocorrelation: float = 0.3
    prior_df: float = 10.0
    baseline: int = 12
    level_mean: float = 30.0
    level_sd: float = 20.0

    @property
    def high_level(self) -> float:
        """A usual above this is named on the page: one standard deviation above the mean of all people."""
        return self.level_mean + self.level_sd


DESIGN = PersonDesign()
