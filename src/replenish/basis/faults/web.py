"""Refusals of the pages and of the command that serves them."""

from __future__ import annotations

from replenish.basis.errors import Fault


class WebFault(Fault):
    """Why a page, or the server behind it, does not do what was asked."""

    HELP_LINES = (
        "web.help_lines",
        (
            "the directory of help cannot be used ({reason}); mend the entry, or remove the file to use the "
            "list that is shipped"
        ),
    )
    FORMS_KEY_MISSING = (
        "web.forms_key_missing",
        (
            "there is no lasting key for forms, so pages would refuse what people send; start with "
            "`replenish serve`, which makes one"
        ),
    )
    DEBUGGING = (
        "web.debugging",
        "the server does not start while debugging is on, because its error pages would show answers",
    )
    OPEN_NETWORK = (
        "web.open_network",
        (
            "at {host} others on the network could read what people send; put a server with https in front "
            "and set REPLENISH_SECURE=yes, or leave out --host"
        ),
    )
    BUSY = (
        "web.busy",
        "many people are doing this at this moment; wait a minute, then try again",
    )
    CYCLE_STEPS = (
        "web.cycle_steps",
        (
            "the steps of a cycle of reflection cannot be read; each has a heading and at least one thing "
            "to ask, and the cycle names its source"
        ),
    )
    TEXT_HEAD = (
        "web.text_head",
        "the head of a text cannot be read; it stands between two lines of dashes and has at least a title",
    )
