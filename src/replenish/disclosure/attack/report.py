"""What a proof attack found, as figures and in words a representative can read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction

from replenish.disclosure.attack.closed_form import Possible
from replenish.disclosure.attack.findings import Finding, FindingKind

WITHIN_ONE_POINT = Fraction(1, 2)
"""A range this wide (half the scale) has a middle that is at most one point of a 1-5 scale away."""

LISTED = 20


@dataclass(frozen=True)
class Tally:
    """How much of the answers is left open.

    Attributes:
        cells: leaves x questions x rounds examined.
        answers: answers of people behind them (the least number, where it is not known exactly).
        values_asked: values asked about, one person speaking for all who cannot be told apart.
        values_ruled_out: values that cannot be, with the colluders asked for.
        values_ruled_out_as_promised: the same with no more colluders than the rule promises for.
        exactly: answers of which one value is left (without a grid: values as near as one likes).
        within_one_point: answers for which some guess is certainly at most one point (of 1-5) away.
        touched: answers with some value ruled out.
    """

    cells: int = 0
    answers: int = 0
    values_asked: int = 0
    values_ruled_out: int = 0
    values_ruled_out_as_promised: int = 0
    exactly: int = 0
    within_one_point: int = 0
    touched: int = 0

    def with_answers(self, people: int, left: Possible, promised: Possible) -> Tally:
        """Count the answers of so many people for whom this is left."""
        return replace(
            self,
            answers=self.answers + people,
            values_asked=self.values_asked + left.asked,
            values_ruled_out=self.values_ruled_out + left.ruled_out,
            values_ruled_out_as_promised=self.values_ruled_out_as_promised + promised.ruled_out,
            exactly=self.exactly + people * (left.width <= 0),
            within_one_point=self.within_one_point + people * (left.width <= WITHIN_ONE_POINT),
            touched=self.touched + people * (left.ruled_out > 0),
        )

    def share(self, count: int) -> float:
        """A count as a share of all answers; 0 when there are none."""
        return count / self.answers if self.answers else 0.0

    def to_plain(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "cells": self.cells,
            "answers": self.answers,
            "values_asked": self.values_asked,
            "values_ruled_out": self.values_ruled_out,
            "values_ruled_out_as_promised": self.values_ruled_out_as_promised,
            "share_proved_exactly": self.share(self.exactly),
            "share_proved_within_one_point": self.share(self.within_one_point),
            "share_some_value_ruled_out": self.share(self.touched),
        }


@dataclass(frozen=True)
class ProofReport:
    """The outcome of a proof attack.

    Attributes:
        rounds, leaves, questions: how many of each were examined.
        colluders: how many colluding members were assumed, or "promised".
        roster: "who answered", "headcount", or None when the adversary had no roster.
        free: what is left when every answer of every round is an answer of its own: the proof.
        persistent: what is left if nobody changed an answer, where that was asked.
        findings: everything found; those that break the promise and those only worth knowing.
        seconds: how long it took.
    """

    rounds: int
    leaves: int
    questions: int
    colluders: int | str
    roster: str | None
    free: Tally
    persistent: Tally | None
    findings: tuple[Finding, ...]
    seconds: float

    @property
    def values_ruled_out(self) -> int:
        """Values that cannot be, with the colluders asked for, when answers may change between rounds."""
        return self.free.values_ruled_out

    @property
    def breaches(self) -> tuple[Finding, ...]:
        """Findings that break the promise."""
        return tuple(finding for finding in self.findings if finding.kind.breaks_the_promise)

    @property
    def holds(self) -> bool:
        """Whether nothing was found that breaks the promise."""
        return not self.breaches

    def found(self, kind: FindingKind) -> tuple[Finding, ...]:
        """Findings of one kind."""
        return tuple(finding for finding in self.findings if finding.kind is kind)

    def to_plain(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "holds": self.holds,
            "rounds": self.rounds,
            "leaves": self.leaves,
            "questions": self.questions,
            "colluders": self.colluders,
            "roster": self.roster,
            "free": self.free.to_plain(),
            "persistent": None if self.persistent is None else self.persistent.to_plain(),
            "findings": [finding.to_plain() for finding in self.findings],
            "seconds": self.seconds,
        }

    def summary(self) -> str:
        """A few plain sentences, for anybody whose answers these are."""
        return "\n".join([self._verdict(), self._examined(), *self._persistent(), *self._found()])

    def _verdict(self) -> str:
        if self.holds:
            return (
                "The releases hold. From everything published, no answer of anybody can be worked out, "
                "and no possible answer of anybody can be ruled out."
            )
        return (
            f"The releases do not hold: {len(self.breaches)} things were found that must not be there. "
            "Do not publish more of this kind, and show this page to whoever makes the releases."
        )

    def _examined(self) -> str:
        tally = self.free
        knowing = {
            "who answered": "who knows everybody's group and who answered",
            "headcount": "who knows how many people belong to each group",
            None: "who may know any number of people that the published sizes allow",
        }[self.roster]
        helped = {
            0: "alone",
            1: "with the help of one member of the group, who tells what they answered",
            "promised": "with the help of as many members as the rule promises to withstand",
        }.get(self.colluders, f"with the help of {self.colluders} members, who tell what they answered")
        return (
            f"Examined: {self.leaves} groups, {self.questions} questions and {self.rounds} rounds, "
            f"{tally.cells} figures about {tally.answers} answers. The attacker is somebody {knowing}, "
            f"{helped}. {tally.values_asked} possible answers were asked about, "
            f"{tally.values_ruled_out} could be ruled out. Answers known exactly: "
            f"{tally.share(tally.exactly):.1%}; known within one point of five: "
            f"{tally.share(tally.within_one_point):.1%}; with something ruled out: "
            f"{tally.share(tally.touched):.1%}."
        )

    def _persistent(self) -> list[str]:
        if self.persistent is None:
            return []
        tally = self.persistent
        words = (
            "If somebody were sure that nobody changed an answer from round to round (which the releases "
            f"do not say), {tally.values_ruled_out} of {tally.values_asked} possible answers could be ruled "
            "out. This is for information; it is not part of the promise."
        )
        return [words]

    def _found(self) -> list[str]:
        kinds = Counter(finding.kind for finding in self.findings)
        lines = [
            f"Found {count} time{'' if count == 1 else 's'}: {kind.title}"
            + ("" if kind.breaks_the_promise else " (worth knowing; it does not break the promise)")
            for kind, count in kinds.items()
        ]
        lines += [f"- {finding}" for finding in self.findings[:LISTED]]
        if len(self.findings) > LISTED:
            lines.append(f"- and {len(self.findings) - LISTED} more")
        return lines
