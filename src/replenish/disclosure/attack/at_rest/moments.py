"""Why sums and products are never kept: from those of a small group, every row can be rebuilt.

People of one group are exchangeable, so rows are found up to their order: what is recovered is the complete
list of answer sheets, which a colleague who knows one answer of somebody then reads on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import AtRestFault

Integers = NDArray[np.int64]
MOST_COLUMNS = 2_000_000
"""Possible columns of answers that are tried: five answers of up to nine people, three of up to thirteen."""


@dataclass(frozen=True)
class Rebuilt:
    """Rows that fit all sums and products.

    Attributes:
        sheets: every list of rows that fits, up to the order of people; shape (people, questions) each.
        complete: whether there are no others than these.
    """

    sheets: tuple[Integers, ...]
    complete: bool

    @property
    def known_exactly(self) -> bool:
        """Whether only one list of answer sheets is possible."""
        return self.complete and len(self.sheets) == 1


def rebuild_rows(
    people: int, sums: Integers, products: Integers, answers: tuple[int, ...], *, most: int = 100
) -> Rebuilt:
    """Every list of answer sheets with these sums and these sums of products.

    Args:
        people: how many answered.
        sums: sum of the answers to each question, shape (questions,).
        products: of each two questions, shape (questions, questions); squares on the diagonal.
        answers: the answers that are possible.
        most: stop after so many lists.

    Raises:
        Refused: there are too many people or answers to try them all.
    """
    if len(answers) ** people > MOST_COLUMNS:
        refuse(AtRestFault.TOO_MANY_ROWS, people=people, answers=len(answers))
    columns = np.stack(np.meshgrid(*[np.array(answers)] * people, indexing="ij"), axis=-1).reshape(-1, people)
    fitting = [
        columns[(columns.sum(axis=1) == sums[at]) & ((columns**2).sum(axis=1) == products[at, at])]
        for at in range(sums.size)
    ]
    found: dict[bytes, Integers] = {}
    complete = True
    for sheet in _extend(people, products, answers, fitting):
        rows = sheet[np.lexsort(sheet.T[::-1])]
        found.setdefault(rows.tobytes(), rows)
        if len(found) >= most:
            complete = False
            break
    return Rebuilt(tuple(found.values()), complete)


def _extend(
    people: int, products: Integers, answers: tuple[int, ...], fitting: list[Integers]
) -> Iterator[Integers]:
    """Sheets question by question; people are put in the order of their answers to the first one."""
    first_total, first_squares = int(fitting[0][0].sum()) if len(fitting[0]) else -1, int(products[0, 0])
    stack = [
        np.array([column])
        for column in combinations_with_replacement(answers, people)
        if sum(column) == first_total and sum(each**2 for each in column) == first_squares
    ]
    while stack:
        sheet = stack.pop()
        asked = len(sheet)
        if asked == len(fitting):
            yield sheet.T
            continue
        candidates = fitting[asked]
        fits = (candidates @ sheet.T == products[asked, :asked]).all(axis=1)
        stack += [np.vstack([sheet, column]) for column in _up_to_exchange(candidates[fits], sheet)]


def _up_to_exchange(candidates: Integers, sheet: Integers) -> Integers:
    """Of columns that differ only by exchanging people with equal answers so far, the ascending one."""
    alike = (sheet[:, 1:] == sheet[:, :-1]).all(axis=0)
    ascending = (candidates[:, 1:] >= candidates[:, :-1]) | ~alike
    kept: Integers = candidates[ascending.all(axis=1)]
    return kept
