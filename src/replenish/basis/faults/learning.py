"""Refusals of the catalogue of what is offered to learn, and of its sessions."""

from __future__ import annotations

from replenish.basis.errors import Fault


class LearningFault(Fault):
    """Why an offer or a session is not taken as it is."""

    CATALOGUE_FILE = (
        "learning.catalogue_file",
        "this list of offers cannot be used ({reason}); mend the entry that is named",
    )
    OFFER = (
        "learning.offer",
        "there is no such offer, or no such part of it; nothing was changed, choose one from the list",
    )
    DAY = (
        "learning.day",
        "choose a day from today on, within the next year; nothing was changed",
    )
    TIMES = (
        "learning.times",
        "write both times as 14:30, and let the end come after the beginning; nothing was changed",
    )
    WORDS = (
        "learning.words",
        "say where it is and who leads it, each in 1 to {most} letters on one line; nothing was changed",
    )
    TITLE = (
        "learning.title",
        "a title of your own has at most {most} letters on one line; nothing was changed",
    )
    PLACES = (
        "learning.places",
        "choose between 1 and {most} places; nothing was changed",
    )
    CAME = (
        "learning.came",
        "write how many came as a whole number up to {most}; nothing was changed",
    )
    SESSION_UNKNOWN = (
        "learning.session_unknown",
        "there is no such session for you; nothing was changed, look at the list again",
    )
    TOO_EARLY = (
        "learning.too_early",
        "this session is still to come; write down how it went from its day on",
    )
    TOO_LATE = (
        "learning.too_late",
        "how a session went can be written down for {weeks} weeks; nothing was changed",
    )
    CALLED_OFF = (
        "learning.called_off",
        "this session was called off; nothing was changed, plan it again if it takes place after all",
    )
    HELD = (
        "learning.held",
        "this session has taken place; nothing was changed, and it stays on the list",
    )
