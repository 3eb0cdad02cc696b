"""The two drafts on one page: what they are, what is filled in and what is not, and to take them along."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.people.askers import Asker
from replenish.people.roles import LEADERS, RoleKind
from replenish.people.signing_in import standing_of
from replenish.web.conditions_report.paper import can_print
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn

READ_BY = (*LEADERS, RoleKind.REPRESENTATIVE)
"""The psychosocial draft holds what was published, so the operator does not read it."""
ALSO_THE_OPERATOR = (*READ_BY, RoleKind.OPERATOR)


@dataclass(frozen=True)
class Offered:
    """Which of the two drafts somebody may take along."""

    psychosocial: bool
    printable: bool


@staff_page(*ALSO_THE_OPERATOR)
@require_safe
def documents(request: HttpRequest, asker: Asker) -> HttpResponse:  # noqa: ARG001 - it shows no data
    """What there is, for whom."""
    standing = standing_of(request)
    may = standing is not None and standing.chosen is not None and standing.chosen.is_any_of(READ_BY)
    return drawn(request, "staff/documents/documents.html", {"offered": Offered(may, can_print())})
