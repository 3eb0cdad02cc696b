"""What one person is shown about their own weeks."""

from __future__ import annotations

from dataclasses import dataclass

from replenish.statistics.noticing.design import DESIGN, PersonDesign


@dataclass(frozen=True)
class Usual:
    """A person's own usual, in points of 0-100.

    Attributes:
        mean: mean of the check-ins that belong to the usual: the first ones and those of long ago; while a
            notice goes on, all before the change.
        sd: standard deviation of the person's weeks, drawn towards the pooled one.
        low: lower end of the range in which about nine in ten single weeks fall; never below 0.
        high: upper end of that range, the uncertainty of the mean included; never above 100.
        weeks: how many check-ins belong to it.
    """

    mean: float
    sd: float
    low: float
    high: float
    weeks: int

    def stands_high(self, design: PersonDesign = DESIGN) -> bool:
        """Whether the usual itself is beyond the mean of all people by more than one standard deviation.

        A person who joins already depleted has no healthy baseline: no change will be noticed, and the page
        says so and shows the level.
        """
        return self.mean > design.high_level


@dataclass(frozen=True)
class SeenWeek:
    """One check-in on the chart.

    Attributes:
        week: running number of the week.
        value: the score, 0-100.
        smoothed: weighted mean of the weeks since the first picture of the usual, older ones counting less;
            None until there is one.
        limit: above which value that mean looks different from the usual; None as above.
        beyond: whether it is.
    """

    week: int
    value: float
    smoothed: float | None
    limit: float | None
    beyond: bool


@dataclass(frozen=True)
class Notice:
    """A change that goes on: recent weeks look different from the person's own usual.

    Attributes:
        since: the week with which it seems to have begun.
        until: the latest check-in, up to which weeks are compared.
        difference: mean of the weeks from `since` to `until`, less the usual mean; points.
        low: lower end of the interval of the difference.
        high: upper end.
        level: mean of the usual.
    """

    since: int
    until: int
    difference: float
    low: float
    high: float
    level: float


@dataclass(frozen=True)
class Noticing:
    """All that can be said about one person's weeks, to that person alone.

    Attributes:
        usual: None until there are enough check-ins.
        weeks: every check-in since the usual began, in order.
        notice: the change that goes on at the latest check-in, or None. It ends with the second check-in in a
            row that is not beyond the limit.
        weeks_needed: check-ins still needed before there is a usual; 0 when it is there.
    """

    usual: Usual | None
    weeks: tuple[SeenWeek, ...]
    notice: Notice | None
    weeks_needed: int
