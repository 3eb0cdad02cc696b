"""One catalogue of everything the software refuses, each with a sentence a tired person can act on.

A refusal says what happened, where (file, row, column), and what to do next. Every refusal is a
`Fault` of this catalogue: tests, documentation and exit codes refer to its code, never to its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NoReturn


class Fault(Enum):
    """A reason for a refusal: a stable dotted code and the sentence shown to people.

    The members stand in `basis.faults`, one file for each room. Names in braces are filled from the
    details given when the refusal is raised.
    """

    @property
    def code(self) -> str:
        """The stable public name, such as `file.empty`."""
        return str(self.value[0])

    @property
    def sentence(self) -> str:
        """The sentence with its open places in braces."""
        return str(self.value[1])


@dataclass(frozen=True)
class Place:
    """Where a problem stands: a file, a row (1 is the first row below the header) and a column."""

    file: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column '{self.column}'")
        return ", ".join(parts)


@dataclass(frozen=True)
class Problem:
    """One fault at one place, with the details its sentence needs."""

    fault: Fault
    place: Place
    details: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        sentence = self.fault.sentence.format(**dict(self.details))
        where = str(self.place)
        return f"{where}: {sentence}" if where else sentence[:1].upper() + sentence[1:]


class Refused(Exception):
    """Raised instead of returning an unchecked or unsafe result; carries one problem or several."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        if not problems:
            raise ValueError("a refusal names at least one problem")
        self.problems = tuple(problems)
        super().__init__(str(self))

    @property
    def fault(self) -> Fault:
        """The fault of the first problem."""
        return self.problems[0].fault

    def __str__(self) -> str:
        more = len(self.problems) - 1
        if not more:
            return f"{self.problems[0]}."
        return f"{self.problems[0]} (and {more} more {'problem' if more == 1 else 'problems'})."


def problem(
    fault: Fault,
    *,
    file: object = None,
    row: int | None = None,
    column: str | None = None,
    **details: object,
) -> Problem:
    """Describe one fault; `file` may be a path. Rows count from 1 below the header."""
    place = Place(None if file is None else str(file), row, column)
    return Problem(fault, place, tuple(sorted(details.items())))


def refuse(
    fault: Fault,
    *,
    file: object = None,
    row: int | None = None,
    column: str | None = None,
    **details: object,
) -> NoReturn:
    """Raise `Refused` with the one problem described."""
    raise Refused([problem(fault, file=file, row=row, column=column, **details)])
