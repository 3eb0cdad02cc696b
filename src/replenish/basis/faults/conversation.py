"""Refusals of the conversation kit, and of the list that a team agrees on."""

from __future__ import annotations

from replenish.basis.errors import Fault


class ConversationFault(Fault):
    """Why a file of the kit, or a point of the list, is not taken."""

    KIT_FILE = (
        "conversation.kit_file",
        "this part of the conversation kit cannot be used ({reason}); mend the entry that is named",
    )
    POINT_WORDS = (
        "conversation.point_words",
        "a point has one to {most} letters on one line; write what you agreed on, without names",
    )
    POINT_CHOICE = (
        "conversation.point_choice",
        "a point says which condition it is about and who takes it on; choose both from the list",
    )
    POINT_DAY = (
        "conversation.point_day",
        "this day is over already or more than a year away; choose another, or leave the day out",
    )
    POINT_UNKNOWN = (
        "conversation.point_unknown",
        "this point is not on the list any more; nothing was changed, look at the list again",
    )
    POINT_OLDER = (
        "conversation.point_older",
        "words can be changed on the day they were written; later, say that it is done or let it go",
    )
    LIST_FULL = (
        "conversation.list_full",
        "there are {most} open points already; finish one or let one go, then add the next",
    )
