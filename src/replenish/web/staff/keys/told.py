"""Proposals and units in words, as the pages of the two keys show them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from replenish.basis import clock
from replenish.basis.errors import Refused, problem
from replenish.conditions import queries
from replenish.conditions.queries import SeasonSummary
from replenish.people.askers import Asker
from replenish.people.pending import ProposalShown, pending_proposals
from replenish.people.roles import RoleKind
from replenish.people.two_keys import Part, key_holders, parts_in_pending
from replenish.web.shared.problems import sentence_of
from replenish.web.staff.parts import NAMES

KINDS = {
    "headcount": gettext_lazy("How many people work where"),
    "slips": gettext_lazy("Slips for a season"),
    "replacements": gettext_lazy("Slips in place of lost cards"),
}


@dataclass(frozen=True)
class ProposalTold:
    """A proposal that waits, and what the reader can do about it.

    Attributes:
        shown: with its exact figures.
        kind: what it is about, in words.
        proposed_as: in what part somebody made it.
        waits_for: whose key it waits for.
        season: the number of the season; None for a headcount.
        part: what the reader can do.
        ended: why it can no longer be confirmed, in a sentence; empty while it can.
    """

    shown: ProposalShown
    kind: str
    proposed_as: str
    waits_for: str
    season: int | None
    part: Part
    ended: str

    @property
    def waits_for_me(self) -> bool:
        """Whether the reader's key is the one that is missing."""
        return self.part is Part.TURN and not self.ended

    @property
    def is_mine(self) -> bool:
        """Whether the reader made it."""
        return self.part is Part.TAKE_BACK

    @property
    def can_be_declined(self) -> bool:
        """Whether the reader can end it, as its maker or with the other key."""
        return self.part is not Part.LOOK


def proposals_told(asker: Asker) -> list[ProposalTold]:
    """Everything that waits for a second key, oldest first."""
    numbers = {one.season: one.number for one in queries.seasons(asker.organisation)}
    parts = parts_in_pending(asker)
    return [
        ProposalTold(
            one,
            str(KINDS[one.kind]),
            str(NAMES[RoleKind(one.proposed_as)]),
            str(NAMES[RoleKind(one.waits_for)]),
            numbers.get(one.season or ""),
            parts.get(one.proposal, Part.LOOK),
            _ended(one),
        )
        for one in pending_proposals(asker.organisation)
    ]


def _ended(one: ProposalShown) -> str:
    """The sentence of the refusal that confirming it would give."""
    if one.ended_by is None:
        return ""
    return sentence_of(Refused([problem(one.ended_by, until=one.open_until.isoformat())]))


def keys_missing(organisation: str) -> list[RoleKind]:
    """The keys that nobody holds today."""
    kinds = {one.kind for one in key_holders(organisation)}
    return [kind for kind in (RoleKind.STEWARD, RoleKind.REPRESENTATIVE) if kind not in kinds]


def seasons_for_slips(organisation: str) -> list[SeasonSummary]:
    """The seasons that run or are planned; without groups, a seat is for reading alone."""
    today = clock.today()
    return [one for one in queries.seasons(organisation) if one.ends_on > today]


def read_number(sent: str) -> int | None:
    """A whole number of a field; None where it is none."""
    text = sent.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len("100000") else None


def not_a_number(unit: str) -> str:
    """What is said beside a field that holds no number."""
    return _("Write a whole number for %(unit)s, or leave the field empty.") % {"unit": unit}
