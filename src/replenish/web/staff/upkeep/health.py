"""How the installation is, for the operator: what the doctor finds, the last night and the last backup.

Several organisations may share an installation. What the doctor says about rounds counts those of all of
them, so it is left to the command line: a page of one organisation tells nothing of another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from replenish.people.askers import Asker
from replenish.people.roles import RoleKind
from replenish.safekeeping.doctor.examination import examine
from replenish.safekeeping.doctor.finding import Finding, Weight
from replenish.safekeeping.upkeep import read_upkeep
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn

ABOUT_ROUNDS = frozenset(
    {
        "keys.ended_rounds",
        "keys.unknown_rounds",
        "work.close_unfinished",
        "work.close_overdue",
        "work.key_not_destroyed",
        "server.clock_back",
    }
)
"""Findings that tell of rounds, or of the last entry of the ledger, whoever these belong to."""

AREAS: dict[str, str | Promise] = {
    "keys": _("The keys"),
    "instance": _("The folder of the installation"),
    "server": _("The server"),
    "database": _("The database"),
    "work": _("Nights and backups"),
}


@dataclass(frozen=True)
class FoundArea:
    """What was found in one area; nothing, where all is well."""

    title: str
    findings: tuple[Finding, ...]


def found_here() -> list[Finding]:
    """What the doctor finds, but nothing about the rounds of anybody."""
    return [one for one in examine() if one.name not in ABOUT_ROUNDS]


def dangers(found: Iterable[Finding]) -> list[Finding]:
    """Those that somebody must do something about."""
    return [one for one in found if one.weight is Weight.DANGER]


@staff_page(RoleKind.OPERATOR)
@require_safe
def health(request: HttpRequest, asker: Asker) -> HttpResponse:  # noqa: ARG001 - it is about the machine
    """Every area with what was found there; nothing is changed by looking."""
    found = found_here()
    areas = (
        FoundArea(str(title), tuple(one for one in found if one.name.split(".")[0] == name))
        for name, title in AREAS.items()
    )
    shown = {
        "upkeep": read_upkeep(),
        "dangers": len(dangers(found)),
        "areas": [area for area in areas if area.findings],
    }
    return drawn(request, "staff/upkeep/health.html", shown)
