"""What an attack on everything at rest may be refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class AtRestFault(Fault):
    """What an attack on everything at rest may be refused for."""

    TOO_MANY_ROWS = (
        "at_rest.too_many_rows",
        "rows of {people} people with {answers} possible answers are too many to try them all; give a "
        "smaller group",
    )
