"""Who acts for the organisation, as pages name them: by a mark that opens nothing.

The number of an account is half of what signs its holder in, so it never stands in an address, and on no page
but the sheet that is handed over.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from replenish.basis import clock
from replenish.people.askers import Asker
from replenish.people.queries import AccountSummary, RoleHeld, accounts, unit_tree
from replenish.people.roles import RoleKind
from replenish.web.staff.parts import NAMES

FIELD = "person"


@dataclass(frozen=True)
class PartShown:
    """One part somebody plays or will play.

    Attributes:
        role: its short name, for forms.
        unit: the id of its unit; empty for the whole organisation.
        name: what the part is called.
        where: for which unit.
        held: the part itself.
        is_to_come: whether it begins later.
    """

    role: str
    unit: str
    name: str
    where: str
    held: RoleHeld
    is_to_come: bool


@dataclass(frozen=True)
class PersonShown:
    """Somebody who acts for the organisation.

    Attributes:
        mark: how addresses name them.
        account: their account, for actions.
        name: who they are.
        parts: what they play, today or from a later day.
        is_reader: whether it is whoever reads the page.
    """

    mark: str
    account: str
    name: str
    parts: tuple[PartShown, ...]
    is_reader: bool

    def part(self, role: str, unit: str) -> PartShown | None:
        """The part of this kind for this unit; None where they do not have it."""
        return next((one for one in self.parts if (one.role, one.unit) == (role, unit)), None)


def everybody(asker: Asker) -> tuple[PersonShown, ...]:
    """All who act for the asker's organisation, by name."""
    paths = {one.unit: " / ".join(one.path) for one in unit_tree(asker.organisation)}
    return tuple(_shown(one, asker, paths) for one in accounts(asker.organisation))


def named_person(request: HttpRequest, asker: Asker) -> PersonShown:
    """Whom the form or the address names; the reader where it names nobody."""
    mark = request.POST.get(FIELD) or request.GET.get(FIELD) or mark_of(asker.account or "")
    found = next((one for one in everybody(asker) if one.mark == mark), None)
    if found is None:
        raise Http404
    return found


def mark_of(account: str) -> str:
    """How addresses name the holder of an account."""
    return hashlib.sha256(f"replenish person {account}".encode()).hexdigest()[:16]


def _shown(one: AccountSummary, asker: Asker, paths: dict[str, str]) -> PersonShown:
    today = clock.today()
    parts = (
        PartShown(
            role.kind,
            role.unit or "",
            str(NAMES[RoleKind(role.kind)]),
            _where(role.unit, paths),
            role,
            role.from_date > today,
        )
        for role in one.roles
    )
    return PersonShown(
        mark_of(one.account), one.account, one.name, tuple(parts), one.account == asker.account
    )


def _where(unit: str | None, paths: dict[str, str]) -> str:
    if unit is None:
        return _("the whole organisation")
    return paths.get(unit) or _("a unit that does not stand today")
