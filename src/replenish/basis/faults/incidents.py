"""What incidents, their steps and the lists of whom to ask are refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class IncidentFault(Fault):
    """What incidents, their steps and the lists of whom to ask are refused for."""

    FILE = (
        "incidents.file",
        "this file cannot be used ({reason}); nothing was changed, so correct it or take it away",
    )
    UNKNOWN = (
        "incidents.unknown",
        "there is no such incident here; look for it in the list",
    )
    DAY = (
        "incidents.day",
        "the day must lie within the last {most} days and not in the future",
    )
    CHOICE = (
        "incidents.choice",
        "choose one of the answers that are given",
    )
    STEP = (
        "incidents.step",
        "this step does not follow this incident; choose one that stands on its page",
    )
    STEP_EARLY = (
        "incidents.step_early",
        "this day lies before the incident or in the future; look at the day again",
    )
    REASON = (
        "incidents.reason",
        "say why it did not take place; choose the reason that fits best",
    )
    LIST_OVER = (
        "incidents.list_over",
        "the time of this list is over, and it is destroyed; you can still ask people in person",
    )
    LIST_LONG = (
        "incidents.list_long",
        "a list holds at most {most} lines of at most {letters} letters; shorten it and keep it again",
    )
    QUARTER_OPEN = (
        "incidents.quarter_open",
        "this quarter can be told from {day} on, when all its lists are gone; nothing was changed",
    )
    TALLY_UNKNOWN = (
        "incidents.tally_unknown",
        "you have kept no counts of this quarter; there is nothing to tell",
    )
