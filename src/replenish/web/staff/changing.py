"""The inner door: changing how one signs in, for whoever has just signed in by a way that may."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from replenish.people.signing_in import Standing, Way
from replenish.web.staff.door import Page, own_page
from replenish.web.staff.drawn import drawn

ChangingPage = Callable[[HttpRequest, Standing], HttpResponse]


def changing_page(view: ChangingPage) -> Page:
    """A page that changes the ways of a login; who may not yet is told what to do first."""

    @own_page
    def guarded(request: HttpRequest, standing: Standing) -> HttpResponse:
        if standing.may_change_ways:
            return view(request, standing)
        return drawn(request, "staff/sign_in_again.html", {"by_code": standing.way is Way.CODE}, status=403)

    return guarded
