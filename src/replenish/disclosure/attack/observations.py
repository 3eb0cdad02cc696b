"""What is known about answers, as linear observations on means over sets of people.

This is the common language of the attack: bands, parents, arrows, printed means and overlapping groups
all become intervals for weighted sums of means; everything that follows knows nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from replenish.disclosure.attack.closed_form import Interval
from replenish.disclosure.attack.published import ReadRelease
from replenish.disclosure.attack.roster import Path, Roster, RosterRow

EVERY_ROUND = "every round"


@dataclass(frozen=True)
class People:
    """People who cannot be told apart by anything known, answering one question on one occasion.

    `round` is `EVERY_ROUND` when nobody is taken to change their answer.
    """

    round: str
    question: str
    alike: int


PeopleSet = frozenset[People]


@dataclass(frozen=True)
class Place:
    """Where an observation was read."""

    group: str
    question: str
    round: str


@dataclass(frozen=True)
class Observation:
    """A weighted sum of means over sets of people lies in an interval (shares of the answer range)."""

    terms: tuple[tuple[Fraction, PeopleSet], ...]
    interval: Interval
    place: Place

    @property
    def people(self) -> PeopleSet:
        """Everybody it is about."""
        return frozenset().union(*(members for _, members in self.terms))


def mean_in(interval: Interval, people: PeopleSet, place: Place) -> Observation:
    """The mean over these people lies in this interval."""
    return Observation(((Fraction(1), people),), interval, place)


def mean_above(higher: PeopleSet, lower: PeopleSet, place: Place) -> Observation:
    """The mean over the first people is strictly above the mean over the second."""
    above = Interval(Fraction(0), Fraction(1), low_open=True, high_open=False)
    return Observation(((Fraction(1), higher), (Fraction(-1), lower)), above, place)


@dataclass
class Crowd:
    """Who is behind a set of units, as far as the adversary knows.

    Args:
        kinds: people who cannot be told apart: rows of the roster, or the units named in the file.
        known: whether a roster gives their numbers.
        exact: whether the roster gives everybody who answered.
        persistent: whether answers of different rounds are taken to be the same answer.
    """

    kinds: tuple[RosterRow, ...]
    known: bool
    exact: bool
    persistent: bool
    _strangers: int = 0
    _found: dict[tuple[str, str, frozenset[Path]], PeopleSet] = field(default_factory=dict)
    _inside: dict[frozenset[Path], tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, releases: Iterable[ReadRelease], roster: Roster | None, *, persistent: bool) -> Crowd:
        """From the roster, or without one from the units that the releases name."""
        if roster is not None:
            return cls(roster.rows, known=True, exact=roster.knows_who_answered, persistent=persistent)
        units = {unit for release in releases for leaf in release.leaves for unit in leaf.units}
        rows = tuple(RosterRow(frozenset([unit]), 0) for unit in sorted(units))
        return cls(rows, known=False, exact=False, persistent=persistent)

    def people(self, round: str, question: str, units: frozenset[Path]) -> PeopleSet:  # noqa: A002
        """Everybody in these units, or in a unit inside them, who may have answered."""
        key = (round, question, units)
        if key not in self._found:
            occasion = EVERY_ROUND if self.persistent else round
            known = [at for at in self._members(units) if self.kinds[at].answered_on(round, question)]
            if not known:  # the file speaks of people whom the roster does not know
                self._strangers += 1
                known = [-self._strangers]
            self._found[key] = frozenset(People(occasion, question, position) for position in known)
        return self._found[key]

    def strangers(self, people: PeopleSet) -> bool:
        """Whether the file says something about people whom the roster does not know."""
        return any(each.alike < 0 for each in people)

    def _members(self, units: frozenset[Path]) -> tuple[int, ...]:
        if units not in self._inside:
            self._inside[units] = tuple(
                position
                for position, row in enumerate(self.kinds)
                if any(mine[: len(unit)] == unit for mine in row.units for unit in units)
            )
        return self._inside[units]

    def headcount(self, people: Iterable[People]) -> int | None:
        """How many they are by the roster; None without one, and for people it does not know."""
        positions = [each.alike for each in people]
        if not self.known or min(positions, default=0) < 0:
            return None
        return sum(self.kinds[position].people for position in positions)

    def sizes(self, people: PeopleSet, claimed: Sequence[int]) -> tuple[int, ...]:
        """How many of them may have answered: exact by the roster, else what the file allows."""
        counted = self.headcount(people)
        if counted is None or not counted:
            return tuple(claimed)
        if self.exact:
            return (counted,)
        return tuple(n for n in claimed if n <= counted) or (counted,)
