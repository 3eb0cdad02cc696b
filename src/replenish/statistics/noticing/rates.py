"""The published error rates of the notice: how often nothing is noticed rightly, and how often wrongly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from scipy.special import betaincinv

_KEPT = Path(__file__).with_name("error_rates.json")


@dataclass(frozen=True)
class Share:
    """A share of simulated people with its 95 % binomial interval (Clopper-Pearson)."""

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Kind:
    """One kind of simulated person.

    Attributes:
        scores: "even" (no steps, no ends), "items" (six answers of 0-4), "low" and "lowest" (the same for
            people who hardly ever tick a sign).
        autocorrelation: of a week with the week before.
        sd: standard deviation of the weeks, as a multiple of the pooled one.
        missing: "none", "by chance" (36 % of weeks) or "when strained" (the same share, the more the higher).
        promised: whether the promise of one false notice in ten person-years covers this kind.
    """

    scores: str
    autocorrelation: float
    sd: float
    missing: str
    promised: bool = True


@dataclass(frozen=True)
class UnchangedRate:
    """Share of people without a change who get a notice within a year of watching.

    Attributes:
        kind: of person.
        first_year: the 52 weeks after the baseline.
        second_year: the 52 weeks after those, notices that began before and go on included.
    """

    kind: Kind
    first_year: Share
    second_year: Share


@dataclass(frozen=True)
class ChangedRate:
    """Share of people with a change who get a notice within so many weeks of its beginning.

    Attributes:
        kind: of person.
        change: "step" or "slope".
        size: in own standard deviations; of a slope, in a year.
        quiet_weeks: weeks of watching before the change begins.
        found: weeks since the beginning -> share of people.
    """

    kind: Kind
    change: str
    size: float
    quiet_weeks: int
    found: Mapping[int, Share]


@dataclass(frozen=True)
class ErrorRates:
    """All published rates, and how they were made.

    Attributes:
        limit: the limit they hold for.
        people: simulated people in each line.
        seed: of the simulation.
        command: that made them.
        made_on: date.
        unchanged: false notices.
        changed: notices of real changes.
        textbook: false notices of a textbook chart (EWMA, weight 0.2, limit 2.7, baseline of 8 weeks) in 52
            weeks of people with an autocorrelation of 0.3: what this method is there to avoid.
    """

    limit: float
    people: int
    seed: int
    command: str
    made_on: str
    unchanged: tuple[UnchangedRate, ...]
    changed: tuple[ChangedRate, ...]
    textbook: Share

    @property
    def worst(self) -> float:
        """The largest share of false notices in any year of any kind that the promise covers."""
        promised = [rate for rate in self.unchanged if rate.kind.promised]
        return max(max(rate.first_year.share, rate.second_year.share) for rate in promised)

    @property
    def worst_of_all(self) -> float:
        """The same over every kind, the ones for whom nothing is promised included."""
        return max(max(rate.first_year.share, rate.second_year.share) for rate in self.unchanged)


def share_of(count: int, people: int) -> Share:
    """A count of people as a share with its interval."""
    low = float(betaincinv(count, people - count + 1, 0.025)) if count else 0.0
    high = float(betaincinv(count + 1, people - count, 0.975)) if count < people else 1.0
    return Share(count / people, low, high)


@cache
def error_rates() -> ErrorRates:
    """The rates that were simulated for the limit in use."""
    return read_rates(_KEPT)


def read_rates(path: Path) -> ErrorRates:
    """Read rates as the simulation writes them."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    return ErrorRates(
        limit=kept["limit"],
        people=kept["people"],
        seed=kept["seed"],
        command=kept["command"],
        made_on=kept["made_on"],
        unchanged=tuple(_unchanged(line) for line in kept["unchanged"]),
        changed=tuple(_changed(line) for line in kept["changed"]),
        textbook=Share(**kept["textbook"]),
    )


def _unchanged(line: dict[str, Any]) -> UnchangedRate:
    years = (Share(**line[year]) for year in ("first_year", "second_year"))
    return UnchangedRate(Kind(**line["kind"]), *years)


def _changed(line: dict[str, Any]) -> ChangedRate:
    found = {int(weeks): Share(**share) for weeks, share in line["found"].items()}
    return ChangedRate(Kind(**line["kind"]), line["change"], line["size"], line["quiet_weeks"], found)
