"""What a file to be attacked, or a roster, may be refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class AttackFault(Fault):
    """What a file to be attacked, or a roster, may be refused for."""

    ATTACK_NOT_RELEASES = (
        "attack.not_releases",
        "this does not look like a file of releases ({why}); give the releases.json that was published",
    )
    ATTACK_COLLUDERS = (
        "attack.colluders",
        "the number of colluding members must be 0 or more, and {given} was given",
    )
    ROSTER_EMPTY = ("roster.empty", "the roster has no rows; give one row for each person")
    ROSTER_UNIT_MISSING = (
        "roster.unit_missing",
        "this row of the roster does not say which unit it belongs to",
    )
    ROSTER_PEOPLE_NOT_A_NUMBER = (
        "roster.people_not_a_number",
        "the number of people must be a whole number of 1 or more",
    )
