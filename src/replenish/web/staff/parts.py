"""What the parts people play are called on a page, and what each may do, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from replenish.basis.errors import Refused
from replenish.people.logins import HeldAccount
from replenish.people.queries import path_of
from replenish.people.roles import RoleKind

NAMES = {
    RoleKind.STEWARD: gettext_lazy("Steward"),
    RoleKind.DEPUTY: gettext_lazy("Deputy"),
    RoleKind.REPRESENTATIVE: gettext_lazy("Representative"),
    RoleKind.FACILITATOR: gettext_lazy("Facilitator"),
    RoleKind.SUPERVISOR: gettext_lazy("Supervisor"),
    RoleKind.OPERATOR: gettext_lazy("Operator"),
}
TELLS = {
    RoleKind.STEWARD: gettext_lazy(
        "You answer for the conditions people work in, and hold one of the two keys."
    ),
    RoleKind.DEPUTY: gettext_lazy("You stand in for a steward who is away. You hold no key."),
    RoleKind.REPRESENTATIVE: gettext_lazy("You speak for the staff, and hold the other of the two keys."),
    RoleKind.FACILITATOR: gettext_lazy("You lead debriefs for teams."),
    RoleKind.SUPERVISOR: gettext_lazy("You hold supervision with people who asked for it."),
    RoleKind.OPERATOR: gettext_lazy("You keep the installation running. You see nothing people answered."),
}


@dataclass(frozen=True)
class PartPlayed:
    """One part, as the page shows it."""

    name: str
    where: str
    since: date
    tells: str


def parts_played(held: HeldAccount) -> list[PartPlayed]:
    """The parts somebody plays today, with the unit each is for."""
    return [
        PartPlayed(
            str(NAMES[RoleKind(role.kind)]),
            _where(held.organisation, role.unit),
            role.from_date,
            str(TELLS[RoleKind(role.kind)]),
        )
        for role in held.roles
    ]


def _where(organisation: str, unit: str | None) -> str:
    if unit is None:
        return _("the whole organisation")
    try:
        return " / ".join(path_of(unit, organisation=organisation))
    except Refused:
        return _("a unit that has ended")
