"""The little grammar that all languages share: joining a list, filling places, beginning a sentence.

A language's own grammar lives in its file: whole clauses that need no inflection, and rules for the joints.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from pydantic import BaseModel, ConfigDict, Field

_SPACES = re.compile(r"\s+")
_ENDS = " .,;:!?…¿¡"


class Instead(BaseModel):
    """Another last joint, where the part that follows begins in a certain way."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    before: str
    last: str


class Joining(BaseModel):
    """What stands between the parts of a list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    between: str = Field(min_length=1)
    last: str = Field(min_length=1)
    instead: tuple[Instead, ...] = ()

    def join(self, parts: Sequence[str]) -> str:
        """The parts as one list; a single part stands alone."""
        if len(parts) < 2:
            return "".join(parts)
        joint = next((rule.last for rule in self.instead if re.match(rule.before, parts[-1])), self.last)
        return f"{self.between.join(parts[:-1])}{joint}{parts[-1]}"


def sentence(pattern: str, **parts: str) -> str:
    """A pattern with its places filled, begun with a capital letter."""
    said = pattern
    for name, part in parts.items():
        said = said.replace(f"{{{name}}}", part)
    return f"{said[:1].upper()}{said[1:]}"


def tidy(text: str, lowered: Collection[str] = ()) -> str:
    """A person's own words as they fit into a sentence: one line, without a full stop at the end.

    A first word that only a sentence's beginning gave its capital loses it; names and "I" keep theirs.
    """
    one_line = _SPACES.sub(" ", text).strip(_ENDS)
    first = one_line.split(" ", 1)[0]
    return _small(one_line) if first.lower() in lowered else one_line


def fitted(pattern: str, text: str) -> str:
    """Own words that go on where a pattern begins, also where they repeat its beginning."""
    begun = pattern.partition("{own}")[0].strip(_ENDS)
    own = tidy(text)
    if begun and own.lower().startswith(f"{begun.lower()} "):
        own = own[len(begun) :].strip(_ENDS)
    return own


def small_letter(text: str) -> str:
    """Words that begin with a verb, so that a capital there is never a name; "NHS" and "I" keep theirs."""
    return _small(text) if text[1:2].islower() else text


def _small(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"
