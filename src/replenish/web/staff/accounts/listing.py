"""Everybody who acts for the organisation, and one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.people import rules
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind
from replenish.web.staff.accounts.who import PersonShown, everybody, named_person
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn

NEEDED = (RoleKind.STEWARD, RoleKind.REPRESENTATIVE, RoleKind.OPERATOR)


@staff_page()
@require_safe
def people(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Names and parts; they are public in the organisation."""
    found = everybody(asker)
    shown = {
        "people": found,
        "missing": [kind.value for kind in NEEDED if not _is_played(found, kind)],
        "may_appoint": rules.acts_as_operator(asker),
    }
    return drawn(request, "staff/accounts/people.html", shown)


@staff_page()
@require_safe
def person(request: HttpRequest, asker: Asker) -> HttpResponse:
    """One person, with what the reader may change; the reader's own page where nobody is named."""
    found = named_person(request, asker)
    operates = rules.acts_as_operator(asker)
    shown = {
        "person": found,
        "may_end": operates or found.is_reader,
        "may_appoint": operates and not found.is_reader,
    }
    return drawn(request, "staff/accounts/person.html", shown)


def _is_played(found: tuple[PersonShown, ...], kind: RoleKind) -> bool:
    return any(part.role == kind and not part.is_to_come for one in found for part in one.parts)
