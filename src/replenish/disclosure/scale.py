"""The range of possible answers to a question: declared beforehand, never taken from the answers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import Fault, Refused, problem, refuse
from replenish.basis.faults import DisclosureFault

TOP = 100
PROBLEMS_LISTED = 20
GRID_TOLERANCE = 1e-6

MOST_STEPS_COUNTED = 1_000_000
"""With more steps than this a range is as good as continuous, and sums of whole steps could overflow."""


@dataclass(frozen=True, slots=True)
class AnswerScale:
    """The possible answers to one question, or the possible scores of one scale.

    Args:
        name: the name the question carries in releases.
        low: the lowest possible answer.
        high: the highest possible answer.
        step: the distance between neighbouring possible answers; None when any value between the ends
            is possible. A step equal to the whole range means a yes-or-no question: it is published as
            a band of the share of "yes".

    Raises:
        Refused: no name, an end or step that is not finite, ends in the wrong order, or a step that does
            not divide the range.
    """

    name: str
    low: float
    high: float
    step: float | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            refuse(DisclosureFault.SCALE_WITHOUT_NAME)
        object.__setattr__(self, "low", float(self.low))
        object.__setattr__(self, "high", float(self.high))
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            refuse(DisclosureFault.SCALE_RANGE, scale=self.name, low=self.low, high=self.high)
        if not math.isfinite(self.high - self.low):
            refuse(DisclosureFault.SCALE_RANGE, scale=self.name, low=self.low, high=self.high)
        if self.step is None:
            return
        object.__setattr__(self, "step", float(self.step))
        steps = (self.high - self.low) / self.step if self.step and math.isfinite(self.step) else 0.0
        if not self.step > 0 or round(steps) < 1 or abs(steps - round(steps)) > GRID_TOLERANCE * steps:
            refuse(DisclosureFault.SCALE_STEP, scale=self.name, step=self.step, low=self.low, high=self.high)

    @property
    def steps(self) -> int:
        """How many steps the range has; 0 where there is no step."""
        return 0 if self.step is None else round((self.high - self.low) / self.step)

    @property
    def is_share(self) -> bool:
        """Whether only the two ends are possible answers, so that the mean is a share."""
        return self.steps == 1

    def to_points(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Map answers to 0-100; missing answers (NaN) stay missing.

        Args:
            values: shape (n,), raw answers.

        Raises:
            Refused: answers outside the range or off its grid, by row.
        """
        checked = self.checked(values)
        return np.asarray((checked - self.low) / (self.high - self.low) * TOP, dtype=np.float64)

    def mean_points(self, answers: NDArray[np.float64]) -> Fraction:
        """The mean of answers without missing ones, on 0-100.

        With a step, whole steps are counted and the mean is exact: answers whose sums are equal have equal
        means, however a step such as 0.1 is stored. Without a step the sum is `math.fsum`, which is the same
        for every order of the answers; two different sets of answers with one sum may then still differ in
        the last digit.

        Args:
            answers: shape (n,), n at least 1, raw answers inside the range and on the grid.
        """
        if self.step is not None and self.steps <= MOST_STEPS_COUNTED:
            counted = np.rint((answers - self.low) / self.step).astype(np.int64).sum()
            return Fraction(TOP * int(counted), self.steps * answers.size)
        # (sum / n - low) / (high - low) as one fraction of whole numbers: exact, and cut down only once.
        total, total_below = math.fsum(answers.tolist()).as_integer_ratio()
        low, low_below = self.low.as_integer_ratio()
        span = Fraction(self.high) - Fraction(self.low)
        above = total * low_below - answers.size * low * total_below
        below = total_below * low_below * answers.size
        return Fraction(TOP * above * span.denominator, below * span.numerator)

    def checked(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """The answers themselves, when all of them are possible ones; shape (n,), NaN is missing.

        Raises:
            Refused: answers outside the range, infinite, or off the grid, by row.
        """
        answers = np.asarray(values, dtype=np.float64)
        if answers.ndim != 1:
            refuse(DisclosureFault.SCALE_SHAPE, column=self.name, dimensions=answers.ndim)
        present = ~np.isnan(answers)
        wrong = present & ~((answers >= self.low) & (answers <= self.high))
        if wrong.any():
            self._refuse_rows(wrong, answers, DisclosureFault.SCALE_OUTSIDE)
        if self.step is not None:
            steps = (answers - self.low) / self.step
            wrong = present & (np.abs(steps - np.round(steps)) > GRID_TOLERANCE)
            if wrong.any():
                self._refuse_rows(wrong, answers, DisclosureFault.SCALE_OFF_GRID)
        return answers

    def _refuse_rows(self, wrong: NDArray[np.bool_], answers: NDArray[np.float64], fault: Fault) -> None:
        rows = np.flatnonzero(wrong)
        raise Refused(
            [
                problem(
                    fault,
                    row=int(row) + 1,
                    column=self.name,
                    value=float(answers[row]),
                    low=self.low,
                    high=self.high,
                    step=self.step,
                    count=len(rows),
                )
                for row in rows[:PROBLEMS_LISTED]
            ]
        )

    def to_plain(self) -> dict[str, object]:
        """As written in releases."""
        return {"name": self.name, "low": self.low, "high": self.high, "step": self.step}
