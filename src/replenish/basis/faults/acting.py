"""Refusals of actions on conditions, and of their library."""

from __future__ import annotations

from replenish.basis.errors import Fault


class ActionFault(Fault):
    """Why an action is not kept, or not changed."""

    LIBRARY_FILE = (
        "action.library_file",
        "this part of the library of actions cannot be used ({reason}); mend the entry that is named",
    )
    UNKNOWN = (
        "action.unknown",
        "this action is not there; nothing was changed, look at the list again",
    )
    TITLE = (
        "action.title",
        "an action needs one to {most} letters on one line; choose one of the library, or say what is done",
    )
    CHOICE = (
        "action.choice",
        "one of the choices is not on its list; choose it again",
    )
    UNITS = (
        "action.units",
        "choose at least one team that you lead, or the whole organisation",
    )
    OWNER = (
        "action.owner",
        "nobody of this name acts here any more; choose who takes care of the action",
    )
    DAY = (
        "action.day",
        "an action begins today or later, within two years; choose another first day",
    )
    DAY_OVER = (
        "action.day_over",
        "the first day is over already; nothing was changed, choose a new first day and fix the plan then",
    )
    NO_GROUPS = (
        "action.no_groups",
        "a lot needs at least two groups that are read by themselves; choose one day for all instead",
    )
    WAITING = (
        "action.waiting",
        "at least one group has to begin, and none can wait if all begin on one day; choose a smaller number",
    )
    FIXED = (
        "action.fixed",
        "this action has begun, so its plan stays; stop it and plan a new one to do something else",
    )
    ENDED = (
        "action.ended",
        "this action has ended; its record stays as it is",
    )
    NOT_FIXED = (
        "action.not_fixed",
        "this action is only planned; fix the plan first, then it can be done",
    )
    NOTE = (
        "action.note",
        "write one to {most} letters on one line, without the name of anybody",
    )
    NOTES_FULL = (
        "action.notes_full",
        "there are {most} notes on this action already; say how it ended instead",
    )
    LISTS_FULL = (
        "action.lists_full",
        "there are {most} open actions already; finish or stop one, then plan the next",
    )
    RELEASE = (
        "action.release",
        "this round has no release that you can read; choose another round, or none",
    )
    NOT_ALLOWED = (
        "action.not_allowed",
        "actions are kept by stewards and deputies, each for the units they lead; nothing was changed",
    )
