"""Scoring a table in blocks of rows that fit the cache: check, fill, one small matrix product.

Answers are measured from the middle of the answer scale: there a reversed item is a change of sign, so
reversal, membership and missing answers all become entries of one weight matrix.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import Problem, problem
from replenish.basis.faults import AnswerFault
from replenish.measures.answer_key import AnswerKey, Floats, ScaleKey

LISTED = 20
_BLOCK_BYTES = 1_500_000
Bools = NDArray[np.bool_]
Take = Callable[[slice], Floats]


@dataclass(frozen=True)
class MissingScores:
    """How many people have no score on a scale, by reason."""

    nothing_answered: int = 0
    too_few_answered: int = 0
    did_not_apply: int = 0

    @property
    def total(self) -> int:
        """All people without a score on the scale."""
        return self.nothing_answered + self.too_few_answered + self.did_not_apply

    def __add__(self, other: MissingScores) -> MissingScores:
        return MissingScores(
            self.nothing_answered + other.nothing_answered,
            self.too_few_answered + other.too_few_answered,
            self.did_not_apply + other.did_not_apply,
        )


@dataclass
class BlockResults:
    """What accumulates over the blocks: scores (n, s), missing scores by scale, and problems."""

    scores: Floats
    missing: list[MissingScores]
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0


def score_blocks(key: AnswerKey, take: Take, n: int, *, file: object = None) -> BlockResults:
    """Score `n` rows; an answer that cannot be used counts as not given and is listed as a problem.

    Args:
        key: the scales and the possible answers.
        take: gives the (rows, k) answers of a slice of rows, NaN where there is no answer. The array is
            only read.
        n: number of rows.
        file: named in problems.

    Returns:
        Scores (s, n) with NaN where too few items were answered; up to 20 problems and their full count.
    """
    results = BlockResults(np.empty((len(key.scales), n)), [MissingScores()] * len(key.scales))
    rows = max(64, _BLOCK_BYTES // (8 * max(1, len(key.names))))
    scorer = _BlockScorer(key, rows)
    for start in range(0, n, rows):
        stop = min(n, start + rows)
        scorer.score(take(slice(start, stop)), start, results, file)
    return results


class _BlockScorer:
    """Weights made once, and buffers used for every block: fresh arrays cost more than the arithmetic."""

    def __init__(self, key: AnswerKey, rows: int) -> None:
        shape = rows, len(key.names)
        self.key = key
        self.weights = key.weights()
        self.membership = key.membership()
        self.members = self.membership.sum(axis=0)
        self.middle = key.middle * self.weights.sum(axis=0)
        self.plain = not key.options and not any(scale.method == "count" for scale in key.scales)
        self.may_not_apply = bool(key.not_applicable or key.options)
        self.whole = key.step == 1.0 and float(key.low).is_integer()
        self.numbers = np.empty(shape)
        self.filled = np.empty(shape)
        self.equal = np.empty(shape, dtype=bool)
        self.gaps = np.empty(shape, dtype=bool)
        self.excused = np.empty(shape, dtype=bool)

    def score(self, block: Floats, start: int, results: BlockResults, file: object) -> None:
        if not self.plain or not self.complete_and_possible(block):
            self.score_with_gaps(block, start, results, file)
            return
        sums = block @ self.weights
        sums -= self.middle
        for column, scale in enumerate(self.key.scales):
            scores = _scaled(self.key, scale, sums[:, column], float(len(scale.items)))
            results.scores[column, start : start + len(block)] = scores

    def complete_and_possible(self, block: Floats) -> bool:
        """True when every answer is there and possible. NaN and infinity fail the comparisons."""
        if not (block.min() >= self.key.low and block.max() <= self.key.high):
            return False
        return bool(self.on_a_step(block).all())

    def on_a_step(self, block: Floats) -> Bools:
        numbers, equal = self.numbers[: len(block)], self.equal[: len(block)]
        if self.key.step is None:
            return np.equal(block, block, out=equal)
        if self.whole:
            return np.equal(block, np.rint(block, out=numbers), out=equal)
        np.subtract(block, self.key.low, out=numbers)
        numbers /= self.key.step
        return np.less_equal(np.abs(numbers - np.rint(numbers)), 1e-9, out=equal)

    def score_with_gaps(self, block: Floats, start: int, results: BlockResults, file: object) -> None:
        key, m = self.key, len(block)
        filled, gaps, excused = self.filled[:m], self.gaps[:m], self.excused[:m]
        np.copyto(filled, block)
        np.isnan(filled, out=gaps)
        if self.may_not_apply:
            excused.fill(False)  # noqa: FBT003  a method of arrays
        for code in key.not_applicable:
            excused |= filled == code
        worth, impossible = self.worth_of_options(filled, gaps, excused)
        if self.may_not_apply:
            gaps |= excused
        np.copyto(filled, key.low, where=gaps)
        if not self.complete_and_possible(filled):
            impossible = impossible | ~self.on_a_step(filled) | (filled < key.low) | (filled > key.high)
        if impossible.any():
            _list_problems(key, block, impossible, start, results, file)
            gaps |= impossible
        for column, values in worth.items():
            filled[:, column] = values
        # Measured from the middle, an answer there is worth nothing.
        np.copyto(filled, key.middle, where=gaps)
        self.write(filled, gaps, start, results)

    def worth_of_options(
        self, filled: Floats, gaps: Bools, excused: Bools
    ) -> tuple[dict[int, Floats], Bools]:
        """What the answers of items with their own answers are worth, and which are impossible.

        Marks in `excused` the answers that say an item did not apply, and leaves a possible answer in
        `filled`, so that the check of the plain items passes over these columns.
        """
        worth = {}
        impossible = np.zeros(filled.shape if self.key.options else (1, filled.shape[1]), dtype=bool)
        for column, option in self.key.options.items():
            answers = filled[:, column]
            found = np.minimum(np.searchsorted(option.codes, answers), len(option.codes) - 1)
            known = option.codes[found] == answers
            worth[column] = np.where(known, option.values[found], np.nan)
            impossible[:, column] = ~(known | gaps[:, column] | excused[:, column])
            excused[:, column] |= known & np.isnan(worth[column])
            filled[:, column] = self.key.low
        return worth, impossible

    def write(self, filled: Floats, gaps: Bools, start: int, results: BlockResults) -> None:
        key, m = self.key, len(filled)
        unanswered = self.numbers[:m]
        np.copyto(unanswered, gaps)
        answered = self.members - unanswered @ self.membership
        sums = filled @ self.weights
        sums -= self.middle
        for column, scale in enumerate(key.scales):
            count = answered[:, column]
            missing = count < scale.needed
            if scale.method == "count":
                scores = _counted(key, scale, filled)
            else:
                scores = _scaled(key, scale, sums[:, column], np.maximum(count, 1.0))
            scores[missing] = np.nan
            results.scores[column, start : start + m] = scores
            if missing.any():
                excused = self.excused_answers(missing, column)
                results.missing[column] += _reasons(count[missing], excused, scale.needed)

    def excused_answers(self, chosen: Bools, column: int) -> Floats:
        """How many answers to the items of one scale said that the item did not apply, per chosen row."""
        if not self.may_not_apply:
            return np.zeros(int(chosen.sum()))
        excused = self.excused[: len(chosen)][chosen].astype(np.float64)
        return np.asarray(excused @ self.membership[:, column])


def _scaled(key: AnswerKey, scale: ScaleKey, sums: Floats, answered: Floats | float) -> Floats:
    """The score from the sum of answers measured from the middle; exact at both ends of the range."""
    items = float(len(scale.items))
    if scale.method == "sum":
        return np.asarray(key.middle * items + sums * items / answered)
    if scale.method == "mean":
        return np.asarray(key.middle + sums / answered)
    return np.asarray(50.0 + sums * 100.0 / ((key.high - key.low) * answered))


def _counted(key: AnswerKey, scale: ScaleKey, filled: Floats) -> Floats:
    items = list(scale.items)
    answers = filled[:, items]
    turned = np.where(key.reverse[items], key.low + key.high - answers, answers)
    return np.asarray((turned >= scale.count_from).sum(axis=1), dtype=np.float64)


def _reasons(answered: Floats, excused: Floats, needed: int) -> MissingScores:
    nothing = (answered == 0) & (excused == 0)
    excusing = ~nothing & (answered + excused >= needed)
    return MissingScores(
        nothing_answered=int(nothing.sum()),
        too_few_answered=int((~nothing & ~excusing).sum()),
        did_not_apply=int(excusing.sum()),
    )


def _list_problems(
    key: AnswerKey, block: Floats, impossible: Bools, start: int, results: BlockResults, file: object
) -> None:
    rows, columns = np.nonzero(impossible)
    results.problem_count += len(rows)
    for row, column in list(zip(rows.tolist(), columns.tolist(), strict=True))[
        : LISTED - len(results.problems)
    ]:
        results.problems.append(_describe(key, float(block[row, column]), start + row + 1, column, file))


def _describe(key: AnswerKey, answer: float, row: int, column: int, file: object) -> Problem:
    name = key.names[column]
    said = f"{answer:.10g}"
    if column in key.options:
        allowed = ", ".join(f"{code:g}" for code in key.options[column].codes)
        return problem(
            AnswerFault.ANSWERS_NOT_AN_OPTION, file=file, row=row, column=name, answer=said, options=allowed
        )
    if not key.low <= answer <= key.high:
        low, high = f"{key.low:g}", f"{key.high:g}"
        return problem(
            AnswerFault.ANSWERS_OUT_OF_RANGE, file=file, row=row, column=name, answer=said, low=low, high=high
        )
    return problem(AnswerFault.ANSWERS_NOT_A_STEP, file=file, row=row, column=name, answer=said)
