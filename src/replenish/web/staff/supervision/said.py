"""Codes of supervision in the words of a page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from replenish.supervision.comes_next import MeetingTold, MySupervision
from replenish.web.shared.names import names_listed

MEDIUMS: Mapping[str, Promise] = {
    "in-person": gettext_lazy("In one room"),
    "video": gettext_lazy("By video"),
    "phone": gettext_lazy("By phone"),
    "outside": gettext_lazy("Outside, on a walk"),
}

SIDES: Mapping[str, Promise] = {
    "supervisor": gettext_lazy("From the side of whoever supervises"),
    "supervisee": gettext_lazy("From the side of whoever is supervised"),
    "organisation": gettext_lazy("From the organisation"),
}

REASONS: Mapping[str, Promise] = {
    "work-came-first": gettext_lazy("Other work was put first"),
    "emergency": gettext_lazy("Something urgent happened at work"),
    "short-staffed": gettext_lazy("Nobody could cover"),
    "no-room": gettext_lazy("No room, or no line"),
    "another-meeting": gettext_lazy("Another meeting was set over it"),
    "away": gettext_lazy("Somebody was away. Nobody has to say why"),
    "other": gettext_lazy("Something else"),
}

STATES: Mapping[str, Promise] = {
    "planned": gettext_lazy("Planned"),
    "held": gettext_lazy("Held"),
    "moved": gettext_lazy("Moved to another day"),
    "cancelled": gettext_lazy("Called off"),
    "not_held": gettext_lazy("Did not take place"),
}

STANDINGS: Mapping[str, Promise] = {
    "required": gettext_lazy("Required in law"),
    "expected": gettext_lazy("Expected by a professional body"),
    "advised": gettext_lazy("Advised"),
    "usual": gettext_lazy("A common habit"),
    "suggested": gettext_lazy("A place to start"),
}

COUNTRIES: Mapping[str, Promise] = {
    "england": gettext_lazy("England"),
    "scotland": gettext_lazy("Scotland"),
    "wales": gettext_lazy("Wales"),
    "northern-ireland": gettext_lazy("Northern Ireland"),
    "united-kingdom": gettext_lazy("United Kingdom"),
    "anywhere": gettext_lazy("Anywhere"),
    "own": gettext_lazy("Your own"),
}

ABOUT: Mapping[str, Promise] = {
    "rhythm": gettext_lazy("How often"),
    "length": gettext_lazy("How long"),
    "duty": gettext_lazy("That there is supervision"),
    "supervisor": gettext_lazy("Who supervises"),
}


def title_of(mine: MySupervision) -> str:
    """What an agreement is called for one of its parties."""
    names = {"names": names_listed(mine.others)}
    if mine.part == "supervisor":
        return _("You supervise %(names)s") % names
    if mine.kind == "peer":
        return _("Among peers, with %(names)s") % names
    return _("With %(names)s") % names


def state_of(one: MeetingTold) -> str:
    """How a meeting stands, in words."""
    if one.is_open and one.is_over:
        return _("Nobody has said yet how it went")
    return str(STATES[one.state])
