"""Refusals of agreements of supervision, and of what is sealed to their parties."""

from __future__ import annotations

from replenish.basis.errors import Fault


class SupervisionFault(Fault):
    """Why an agreement or a note is not taken as it is."""

    POINTS_FILE = (
        "supervision.points_file",
        "this list of points cannot be used ({reason}); mend the entry that is named",
    )
    UNKNOWN = (
        "supervision.unknown",
        "there is no such agreement for you; nothing was changed, choose one from your list",
    )
    PARTIES = (
        "supervision.parties",
        "choose one to {most} people with an account besides yourself; nothing was changed",
    )
    SUPERVISOR = (
        "supervision.supervisor",
        "choose somebody who has the part of a supervisor, and is not supervised here; nothing was changed",
    )
    EXTERNAL = (
        "supervision.external",
        "say in 1 to {most} letters who supervises from outside; nothing was changed",
    )
    UNIT = ("supervision.unit", "choose a unit that is there today; nothing was changed")
    RHYTHM = (
        "supervision.rhythm",
        "choose a rhythm of the list, or whole weeks of your own from 1 to {most}; nothing was changed",
    )
    MINUTES = (
        "supervision.minutes",
        "choose a length from {least} to {most} minutes; nothing was changed",
    )
    SHARE = (
        "supervision.share",
        "choose how much time is kept to reflect, from {least} to 100 in a hundred; nothing was changed",
    )
    REVIEW = (
        "supervision.review",
        "choose a day to look at the agreement again, within {days} days from today; nothing was changed",
    )
    POINT = (
        "supervision.point",
        "one point is not answered, or not as the list has it: {point}; nothing was changed",
    )
    WORDS = (
        "supervision.words",
        "write at most {most} letters on one line for: {point}; nothing was changed",
    )
    LIMITS = (
        "supervision.limits",
        "read first who can see what, and say so; nothing was changed and nothing is written yet",
    )
    VERSION = (
        "supervision.version",
        "the agreement was changed meanwhile; nothing was lost, read it again before you agree",
    )
    ENDED = ("supervision.ended", "this agreement has ended; what you can open stays with you")
    NOT_AGREED = (
        "supervision.not_agreed",
        "not everybody has agreed yet; records begin when all of you have, and nothing was written",
    )
    MEETING = (
        "supervision.meeting",
        "there is no such meeting in this agreement; nothing was changed, choose one from the list",
    )
    NOTE = (
        "supervision.note",
        "there is no such note for you; nothing was changed, look at your list again",
    )
    NOTE_CHANGED = (
        "supervision.note_changed",
        "somebody else changed this note meanwhile; copy what you wrote, then read it again",
    )
    NOTE_EMPTY = ("supervision.note_empty", "there is nothing in the note; write a few words, or leave it")
    GIVE = (
        "supervision.give",
        "a note goes to those it belongs to; whom it is about can hand it on to the next supervisor",
    )
    NO_KEY = (
        "supervision.no_key",
        "{name} has no record phrase yet, so nothing can be sealed to them; ask them to make one first",
    )
    NOTEBOOK_CHANGED = (
        "supervision.notebook_changed",
        "your notebook was changed in another window; copy what you wrote, then open it again",
    )
