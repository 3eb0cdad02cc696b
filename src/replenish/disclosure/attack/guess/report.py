"""What a guess attack found, as figures and in words a representative can read."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

MOST_R2 = 0.07
"""The most that guesses may explain of the differences between members of a team."""

MOST_ABOVE_TEAM_MEANS = 0.03
"""By how much guesses may come within one point more often than true yearly team means alone do."""


ONE_SIDED_95 = 1.6448536269514722


@dataclass(frozen=True)
class Judged:
    """How good guesses are.

    Attributes:
        within_team_r2: how much of the true differences between members of a team the guesses explain.
        within_one_point: share of answers within one point (of 1-5) of the guess.
        within_one_point_from_team_means: the same for somebody who knows each team's true yearly mean and
            nothing else.
        nearest_point_within_one: the share when the guess is moved to the nearest whole point.
        nearest_point_within_one_from_team_means: the same from team means alone.
        people: over how many people this was counted; None where the model expects it and chance has no part.
    """

    within_team_r2: float
    within_one_point: float
    within_one_point_from_team_means: float
    nearest_point_within_one: float
    nearest_point_within_one_from_team_means: float
    people: int | None = None

    @property
    def gain(self) -> float:
        """How much more often guesses come within one point than team means alone; the worse of both ways."""
        return max(
            self.within_one_point - self.within_one_point_from_team_means,
            self.nearest_point_within_one - self.nearest_point_within_one_from_team_means,
        )

    @property
    def r2_at_least(self) -> float:
        """What is left of `within_team_r2` when chance is allowed for (one-sided 95 %, Fisher 1921)."""
        if self.people is None or self.people <= 3:
            return self.within_team_r2 if self.people is None else 0.0
        correlation = min(math.sqrt(self.within_team_r2), 1 - 1e-12)
        least = math.tanh(math.atanh(correlation) - ONE_SIDED_95 / math.sqrt(self.people - 3))
        return max(least, 0.0) ** 2

    @property
    def gain_at_least(self) -> float:
        """What is left of `gain` when chance is allowed for, each person's answers counting as one."""
        if self.people is None:
            return self.gain
        share = self.within_one_point
        return self.gain - ONE_SIDED_95 * math.sqrt(share * (1 - share) / max(self.people, 1))

    @property
    def holds(self) -> bool:
        """Whether both limits are kept, or exceeded by no more than chance."""
        return self.r2_at_least <= MOST_R2 and self.gain_at_least <= MOST_ABOVE_TEAM_MEANS


@dataclass(frozen=True)
class GuessReport:
    """The outcome of a guess attack.

    Attributes:
        rounds, people, answers: how many were guessed at; colluders are not counted.
        figures: how many published figures were used.
        colluders: how many members of every team told their answers.
        who_answered_is_known: whether the adversary knew who answered in each round.
        expected: what the model expects, from the releases and the roster alone.
        judged: against the true answers; None when nobody gave them.
        seconds: how long it took.
    """

    rounds: int
    people: int
    answers: int
    figures: int
    colluders: int
    who_answered_is_known: bool
    expected: Judged
    judged: Judged | None
    seconds: float

    @property
    def outcome(self) -> Judged:
        """Against the truth where it was given, otherwise as expected."""
        return self.judged or self.expected

    @property
    def holds(self) -> bool:
        """Whether guesses stay within both limits, as expected and as judged.

        In one organisation the judged figures come and go with chance; what the model expects does not.
        """
        return self.expected.holds and (self.judged is None or self.judged.holds)

    def to_plain(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "holds": self.holds,
            "rounds": self.rounds,
            "people": self.people,
            "answers": self.answers,
            "figures": self.figures,
            "colluders": self.colluders,
            "who_answered_is_known": self.who_answered_is_known,
            "limits": {"within_team_r2": MOST_R2, "above_team_means": MOST_ABOVE_TEAM_MEANS},
            "expected": asdict(self.expected),
            "judged": None if self.judged is None else asdict(self.judged),
            "seconds": self.seconds,
        }

    def summary(self) -> str:
        """A few plain sentences, for anybody whose answers these are."""
        return f"{self._verdict()}\n{self._figures()}\n{self._examined()}"

    def _verdict(self) -> str:
        if self.holds:
            return (
                "The releases hold. Somebody who uses everything published guesses your answers hardly "
                "better than somebody who only knows how your team is doing over the year."
            )
        if self.colluders:
            return (
                "With the help of colleagues who tell their own answers, guesses go beyond the limit that is "
                "promised against somebody who works alone. The releases themselves may be in order: run the "
                "attack without colluding members."
            )
        return (
            "The releases do not hold: they let somebody guess single people's answers better than the rule "
            "allows. Do not publish more of this kind, and show this page to whoever makes the releases."
        )

    def _figures(self) -> str:
        found = self.outcome
        chance = ""
        if self.judged is not None:
            chance = (
                f" With so few people chance has its part; {self.expected.within_team_r2:.1%} are expected."
            )
        return (
            f"Guesses explain {found.within_team_r2:.1%} of the differences between members of a team "
            f"({MOST_R2:.0%} are allowed).{chance} {found.within_one_point:.1%} of answers lie within one "
            f"point of five of the guess; true yearly team means alone give "
            f"{found.within_one_point_from_team_means:.1%}. Guesses of whole points: "
            f"{found.nearest_point_within_one:.1%}, and "
            f"{found.nearest_point_within_one_from_team_means:.1%} from team means."
        )

    def _examined(self) -> str:
        knowing = "who answered in each round" if self.who_answered_is_known else "not who answered"
        helped = "alone" if not self.colluders else f"helped by {self.colluders} members of every team"
        how = (
            "compared with the true answers" if self.judged else "as the model expects, without true answers"
        )
        return (
            f"Examined: {self.answers} answers of {self.people} people in {self.rounds} rounds, from "
            f"{self.figures} published figures; {how}. The guesser knows everybody's team, {knowing}, and "
            f"how much answers vary in general, and works {helped}."
        )
