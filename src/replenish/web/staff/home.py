"""The first page behind the door: who one is here, and what there is to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.people.askers import Asker
from replenish.people.signing_in import standing_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.parts import parts_played


@staff_page()
@require_safe
def home(request: HttpRequest, asker: Asker) -> HttpResponse:  # noqa: ARG001 - every page behind the door has one
    """The parts one plays, and the places they open."""
    standing = standing_of(request)
    held = standing.chosen if standing else None
    return drawn(request, "staff/home.html", {"parts": parts_played(held) if held else []})
