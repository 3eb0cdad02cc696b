"""Reading plain data field by field: every field is named, none is left over, none has another kind."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from replenish.basis.errors import refuse
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.partition.groups import UnitPath


@dataclass(frozen=True, slots=True)
class Fields:
    """The named fields of one thing in a file of releases."""

    kind: str
    entries: Mapping[str, object]

    def __getitem__(self, name: str) -> object:
        return self.entries[name]

    def text(self, name: str) -> str:
        """A field that is text."""
        value = self.entries[name]
        return value if isinstance(value, str) else self._wrong(name, "text")

    def text_or_none(self, name: str) -> str | None:
        """A field that is text or empty."""
        return None if self.entries[name] is None else self.text(name)

    def number(self, name: str) -> float:
        """A field that is a finite number."""
        value = self.entries[name]
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self._wrong(name, "a number")
        return float(value)

    def number_or_none(self, name: str) -> float | None:
        """A field that is a finite number or empty."""
        return None if self.entries[name] is None else self.number(name)

    def whole(self, name: str) -> int:
        """A field that is a whole number."""
        value = self.entries[name]
        if isinstance(value, bool) or not isinstance(value, int):
            self._wrong(name, "a whole number")
        return value

    def truth(self, name: str) -> bool:
        """A field that is true or false."""
        value = self.entries[name]
        return value if isinstance(value, bool) else self._wrong(name, "true or false")

    def list(self, name: str) -> Sequence[object]:
        """A field that is a list."""
        value = self.entries[name]
        if isinstance(value, str) or not isinstance(value, Sequence):
            self._wrong(name, "a list")
        return value

    def mapping(self, name: str) -> Mapping[str, object]:
        """A field that is a set of named fields."""
        value = self.entries[name]
        if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
            self._wrong(name, "a set of named fields")
        return value

    def path(self, name: str) -> UnitPath:
        """A field that is a list of text."""
        parts: list[str] = []
        for part in self.list(name):
            if not isinstance(part, str):
                self._wrong(name, "a list of text")
            parts.append(part)
        return tuple(parts)

    def _wrong(self, name: str, expected: str) -> NoReturn:
        refuse(DisclosureFault.RELEASE_FORMAT, why=f"the field '{name}' of a {self.kind} is not {expected}")


def fields_of(plain: object, kind: str, names: Sequence[str]) -> Fields:
    """Exactly these fields, no more and no less.

    Raises:
        Refused: it is not a set of named fields, one is missing, or one is not part of the format.
    """
    if not isinstance(plain, Mapping):
        refuse(DisclosureFault.RELEASE_FORMAT, why=f"a {kind} is missing")
    for name in names:
        if name not in plain:
            refuse(DisclosureFault.RELEASE_FORMAT, why=f"a {kind} lacks the field '{name}'")
    for name in plain:
        # A field too many could carry what the rules keep back: an exact number, a list, a name.
        if name not in names:
            refuse(DisclosureFault.RELEASE_FORMAT, why=f"a {kind} has the unknown field '{name}'")
    return Fields(kind, plain)
