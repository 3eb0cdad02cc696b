"""What each part does, sees and never sees: for whoever appoints, and for whoever is invited."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from replenish.people.roles import OF_UNITS, RoleKind
from replenish.web.staff.parts import NAMES, TELLS

NEVER = _("Nobody sees what one person answered, who answered, or how many did.")


@dataclass(frozen=True)
class PartTold:
    """One part in words.

    Attributes:
        kind: its short name.
        does: what somebody in it does, for whoever appoints.
        sees: what its holder may see.
        not_seen: what its holder may not see.
    """

    kind: RoleKind
    does: str | Promise
    sees: str | Promise
    not_seen: str | Promise = NEVER

    @property
    def name(self) -> str:
        """What the part is called."""
        return str(NAMES[self.kind])

    @property
    def tells(self) -> str:
        """The same for the one who has it."""
        return str(TELLS[self.kind])

    @property
    def is_of_units(self) -> bool:
        """Whether it may be for a part of the tree."""
        return self.kind in OF_UNITS


PARTS = (
    PartTold(
        RoleKind.STEWARD,
        _("Answers for the conditions people work in, and holds one of the two keys."),
        _(
            "You see what is provided, and what was published for groups. Your own view opens once you have "
            "said what you will do."
        ),
    ),
    PartTold(
        RoleKind.DEPUTY,
        _("Stands in where a steward is away. Holds no key."),
        _("You see what the steward sees, and you may write the answer in their place."),
    ),
    PartTold(
        RoleKind.REPRESENTATIVE,
        _("Elected by staff or their union. Speaks for them, and holds the other key."),
        _("You see what staff see, and the ledger of what was done here."),
    ),
    PartTold(
        RoleKind.FACILITATOR,
        _("Leads debriefs and talks in teams."),
        _("You see what staff see, and what you need to lead a talk."),
        _("You never see who took up an offer of support. Nobody sees what one person answered."),
    ),
    PartTold(
        RoleKind.SUPERVISOR,
        _("Holds supervision with people who ask for it."),
        _("You see what staff see."),
    ),
    PartTold(
        RoleKind.OPERATOR,
        _("Keeps the installation running, and appoints people."),
        _("You see who has which part, the units, how the installation is, and the ledger."),
        _("You see nothing that people answered, and no figure about them."),
    ),
)
BY_KIND = {part.kind: part for part in PARTS}
