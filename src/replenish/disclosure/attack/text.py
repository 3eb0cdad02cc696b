"""The text of a file of releases as plain data, with nothing in it overlooked."""

from __future__ import annotations

import json

from replenish.basis.errors import refuse
from replenish.basis.faults import AttackFault


def plain_of_text(text: str, *, file: object = None) -> object:
    """Read JSON, keeping fields that are written twice: readers usually drop the first without a word.

    Args:
        text: the whole file.
        file: its name, for messages.

    Raises:
        Refused: it is not JSON.
    """
    try:
        return json.loads(text, object_pairs_hook=_keep_all)
    except (json.JSONDecodeError, RecursionError):
        refuse(AttackFault.ATTACK_NOT_RELEASES, file=file, why="it is not JSON")


def _keep_all(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A field written again gets a name of its own, so that the attack finds it where no field may be."""
    kept: dict[str, object] = {}
    for name, value in pairs:
        again = name
        while again in kept:
            again += " (written again)"
        kept[again] = value
    return kept
