"""Refusals of the rhythm of supervision: its files, its days, and the session itself."""

from __future__ import annotations

from replenish.basis.errors import Fault


class RhythmFault(Fault):
    """Why a rhythm or a session is not taken as it is."""

    FILE = (
        "rhythm.file",
        "this file about supervision cannot be used ({reason}); mend the entry that is named",
    )
    DAY = (
        "rhythm.day",
        "choose a day within the next year, or within the last {weeks} weeks if you have met already",
    )
    TIME = (
        "rhythm.time",
        "write the time as 14:30; nothing was changed",
    )
    PLACE = (
        "rhythm.place",
        "say where in at most {most} letters on one line; nothing was changed",
    )
    MEDIUM = (
        "rhythm.medium",
        "choose from the list how you meet; nothing was changed",
    )
    SIDE = (
        "rhythm.side",
        "choose from both lists from which side it came and why; nothing was changed",
    )
    FORM_KEY = (
        "rhythm.form_key",
        "this form came without its key, so nothing was changed; open the page again and send it once more",
    )
    MEETING_UNKNOWN = (
        "rhythm.meeting_unknown",
        "there is no such meeting or agreement for you; nothing was changed, look at your supervision again",
    )
    NOT_AGREED = (
        "rhythm.not_agreed",
        "meetings are planned while an agreement holds; nothing was changed, look at the agreement first",
    )
    NOT_DUE = (
        "rhythm.not_due",
        "no meeting is due on that day any more; nothing was changed, choose from the list again",
    )
    NOT_PLANNED = (
        "rhythm.not_planned",
        "something else was written about this meeting meanwhile; nothing was changed, look at it again",
    )
    NOT_FALLEN_THROUGH = (
        "rhythm.not_fallen_through",
        "this meeting still stands, or was held; nothing was changed",
    )
    PLANNED_ALREADY = (
        "rhythm.planned_already",
        "a meeting is planned for this already; nothing was changed, and you can move it from its page",
    )
    NO_ACCOUNT = (
        "rhythm.no_account",
        "a calendar of supervision belongs to somebody with an account; nothing was changed",
    )
    TO_COME = (
        "rhythm.to_come",
        "this meeting is still to come; what became of it can be written down from its day on",
    )
    CONFIRMED = (
        "rhythm.confirmed",
        "all of you have confirmed these facts, so they stay; nothing was changed",
    )
    MINUTES = (
        "rhythm.minutes",
        "write how long it was, in whole minutes up to {most}; nothing was changed",
    )
    POINTS = (
        "rhythm.points",
        "write how many points as a whole number up to {most}; nothing was changed",
    )
    FUNCTION = (
        "rhythm.function",
        "choose what it touched from the list; nothing was changed",
    )
    RHYTHM = ("rhythm.rhythm", "choose a rhythm from the list; nothing was changed")
    WEEKS = ("rhythm.weeks", "choose 1 to {most} weeks between two meetings; nothing was changed")
    LENGTH = ("rhythm.length", "choose a length from {least} to {most} minutes; nothing was changed")
    FROM_DAY = (
        "rhythm.from_day",
        "choose a day from today on, within the next year, since what was due stays due; nothing was changed",
    )
    WHY = ("rhythm.why", "say why in 1 to {most} letters on one line; nothing was changed")
