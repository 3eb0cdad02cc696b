"""What offers to teams are refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class DebriefFault(Fault):
    """What offers to teams are refused for."""

    KIND = (
        "debrief.kind",
        "this is nothing that can be offered to a team; choose one of {known}",
    )
    TURN_TO = (
        "debrief.turn_to",
        "say in 1 to {most} letters whom a team turns to, such as a name, a place or a number to call",
    )
    NOT_ALLOWED = (
        "debrief.not_allowed",
        "only the operator or a steward of the whole organisation can say what is arranged for teams",
    )
    NOT_DRAWN = (
        "debrief.not_drawn",
        "offers to your team begin after the next night; nothing was sent, so come back tomorrow",
    )
