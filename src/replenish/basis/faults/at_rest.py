"""What an attack on everything at rest may be refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class AtRestFault(Fault):
    """What an attack on everything at rest may be refused for."""

    TOO_MANY_ROWS = (
        "at_rest.too_many_rows",
        "rows of {people} people with {answers} possible answers are too many to try; give a smaller group",
    )
    NOT_THERE = (
        "at_rest.not_there",
        "there is no such file or folder; give the path of what is to be attacked",
    )
    NOTHING_TO_ATTACK = (
        "at_rest.nothing_to_attack",
        "nothing was named to attack; give a file of releases, or `--instance` for all that is stored here",
    )
