"""From answers to scores: reversal, items that did not apply, missing answers, impossible answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import Problem, Refused, problem, refuse
from replenish.basis.faults import AnswerFault, PackFault
from replenish.measures.answer_key import AnswerKey, Floats, answer_key
from replenish.measures.pack import Pack
from replenish.measures.pack_parts import Dispute
from replenish.measures.score_blocks import LISTED, MissingScores, Take, score_blocks

Answers = Mapping[str, NDArray[np.float64]] | NDArray[np.float64]


@dataclass(frozen=True)
class Scores:
    """Scores of n people on the scales of a pack.

    Args:
        pack: id of the pack.
        pack_hash: content hash of the pack that scored.
        n: number of people.
        scales: per scale (n,) scores, NaN where there is none; read-only.
        missing: per scale, how many people have no score, and why.
    """

    pack: str
    pack_hash: str
    n: int
    scales: Mapping[str, Floats]
    missing: Mapping[str, MissingScores]


@dataclass(frozen=True)
class AnswerProblems:
    """Answers that cannot be used: the first ones by row and column, and how many there are in all."""

    listed: tuple[Problem, ...]
    count: int


def score(
    pack: Pack,
    answers: Answers,
    *,
    scales: Collection[str] | None = None,
    file: object = None,
    confirmed: Collection[str] = (),
) -> Scores:
    """Score answers with the key of a pack.

    A sum over a scale with missing answers that its rule allows is the mean of the answered items times
    the number of items. Codes for "does not apply" are never scored; they count as not answered.

    Args:
        pack: the instrument.
        answers: (n, k) array with the items in the order of the pack, or one (n,) column per item code;
            NaN where there is no answer. Columns of items in no scale asked for may be absent.
        scales: the scales to score; all by default.
        file: named in refusals.
        confirmed: names of disputed keys (`pack` or `pack/scale`) that the caller knowingly uses.

    Raises:
        Refused: a disputed key that is not confirmed; missing columns; wrong shapes; answers out of
            range, between two possible answers or not among the options, by row and column.
    """
    key = answer_key(pack, scales)
    _ask_about_disputes(pack, key, confirmed)
    n, take = _rows(key, answers)
    results = score_blocks(key, take, n, file=file)
    if results.problem_count:
        rest = results.problem_count - len(results.problems)
        more = [problem(AnswerFault.ANSWERS_MORE, file=file, count=rest, shown=LISTED)] if rest else []
        raise Refused([*results.problems, *more])
    results.scores.setflags(write=False)
    named = list(zip(key.scales, results.scores, results.missing, strict=True))
    return Scores(
        pack=pack.id,
        pack_hash=pack.content_hash,
        n=n,
        scales={scale.code: scores for scale, scores, _ in named},
        missing={scale.code: missing for scale, _, missing in named},
    )


def check_answers(
    pack: Pack, answers: Answers, *, scales: Collection[str] | None = None, file: object = None
) -> AnswerProblems:
    """List the answers that cannot be used, the first 20 by row and column, without scoring anything.

    Args:
        pack: the instrument.
        answers: as for `score`.
        scales: the scales whose columns must be there; all by default.
        file: named in problems.

    Raises:
        Refused: missing columns, wrong shapes, or answers that are not numbers.
    """
    key = answer_key(pack, scales)
    n, take = _rows(key, answers)
    results = score_blocks(key, take, n, file=file)
    return AnswerProblems(tuple(results.problems), results.problem_count)


def _ask_about_disputes(pack: Pack, key: AnswerKey, confirmed: Collection[str]) -> None:
    disputes = dict(_disputes(pack))
    for name in confirmed:
        if name not in disputes:
            refuse(PackFault.PACK_CONFIRMED_UNKNOWN, name=name)
    asked = {pack.id} | {f"{pack.id}/{scale.code}" for scale in key.scales}
    for name, dispute in disputes.items():
        if name in asked and name not in confirmed:
            alternatives = "; ".join(dispute.alternatives)
            refuse(PackFault.PACK_DISPUTED, name=name, reason=dispute.reason, alternatives=alternatives)


def _disputes(pack: Pack) -> Iterator[tuple[str, Dispute]]:
    if pack.disputed:
        yield pack.id, pack.disputed
    for scale in pack.scales:
        if scale.disputed:
            yield f"{pack.id}/{scale.code}", scale.disputed


def _rows(key: AnswerKey, answers: Answers) -> tuple[int, Take]:
    """The number of rows, and a function that gives the answers of a slice of them as float64."""
    if isinstance(answers, np.ndarray):
        return _rows_of_table(key, answers)
    needed = {key.names[item] for scale in key.scales for item in scale.items}
    absent = [name for name in key.names if name in needed and name not in answers]
    if absent:
        listed = ", ".join(f"'{name}'" for name in absent[:LISTED])
        rest = f" and {len(absent) - LISTED} more items" if len(absent) > LISTED else ""
        refuse(AnswerFault.ANSWERS_COLUMN_MISSING, items=listed + rest)
    columns = {at: np.asarray(answers[name]) for at, name in enumerate(key.names) if name in answers}
    lengths = {len(column) if column.ndim == 1 else -1 for column in columns.values()}
    if len(lengths) != 1 or -1 in lengths:
        refuse(
            AnswerFault.ANSWERS_SHAPE, detail="every item needs one column, and all columns the same length"
        )
    for column in columns.values():
        _only_numbers(column)
    n = lengths.pop()

    def take(rows: slice) -> Floats:
        block = np.full((rows.stop - rows.start, len(key.names)), np.nan)
        for at, column in columns.items():
            block[:, at] = column[rows]
        return block

    return n, take


def _rows_of_table(key: AnswerKey, table: NDArray[np.float64]) -> tuple[int, Take]:
    if table.ndim != 2 or table.shape[1] != len(key.names):
        detail = f"it has {len(key.names)} items, and the table has the shape {table.shape}"
        refuse(AnswerFault.ANSWERS_SHAPE, detail=detail)
    _only_numbers(table)
    return len(table), lambda rows: np.asarray(table[rows], dtype=np.float64)


def _only_numbers(array: NDArray[np.float64]) -> None:
    # Booleans are refused too: true and false say nothing about which answer is 1.
    if array.dtype.kind not in "iuf":
        refuse(
            AnswerFault.ANSWERS_NOT_NUMBERS,
            kind={"b": "true or false", "U": "text", "O": "mixed"}.get(array.dtype.kind, "dates or codes"),
        )
