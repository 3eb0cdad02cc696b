"""Drawing a page of named people: who they are, for whom they act, and where they can go from here."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from replenish.people.signing_in import Standing, standing_of
from replenish.web.staff.navigation import PLACES, Place


def drawn(
    request: HttpRequest, template: str, shown: Mapping[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    """The page, with the name of the person and of their organisation, and the places their parts open."""
    standing = standing_of(request)
    about = {"standing": standing, "places": places_of(standing)}
    return render(request, template, {**about, **(shown or {})}, status=status)


def places_of(standing: Standing | None) -> tuple[Place, ...]:
    """The places that are open to somebody, in their order."""
    if standing is None or standing.chosen is None:
        return ()
    chosen = standing.chosen
    return tuple(place for place in PLACES if chosen.is_any_of(place.roles))
