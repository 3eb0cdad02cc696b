"""Names of units as they are compared: without stray white space, and never two that only look different."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from replenish.basis.errors import refuse
from replenish.basis.faults import DisclosureFault


def clean_path(unit: Sequence[str]) -> tuple[str, ...]:
    """The path of a unit without white space around its names, and with one blank where there were more."""
    return tuple(" ".join(unicodedata.normalize("NFC", name).split()) for name in unit)


def clean_paths(units: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    """The clean path of each row's unit; each different spelling is looked at once."""
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    cleaned = []
    for unit in map(tuple, units):
        if unit not in known:
            known[unit] = clean_path(unit)
        cleaned.append(known[unit])
    return cleaned


def refuse_alike(units: Iterable[Sequence[str]]) -> None:
    """Refuse two units, or two nodes above them, that differ by capital letters or white space only.

    "Oak" and "oak" are one team typed twice. As two units they would be two leaves, each with a part of its
    people, and a later correction of the spelling would move people between leaves unseen.

    Raises:
        Refused: two are alike; the sentence names both.
    """
    seen: dict[tuple[str, ...], tuple[str, ...]] = {}
    for unit in units:
        for level in range(1, len(unit) + 1):
            node = tuple(unit[:level])
            look = tuple(unicodedata.normalize("NFKC", name).casefold() for name in clean_path(node))
            first = seen.setdefault(look, node)
            if first != node:
                one, other = sorted((first, node))
                refuse(DisclosureFault.UNIT_ALIKE, one=" / ".join(one), other=" / ".join(other))
