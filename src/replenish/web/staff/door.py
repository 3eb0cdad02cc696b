"""The door of every page of named people: who may see it, and the same silence for everybody else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from replenish.basis.errors import Refused
from replenish.basis.faults import PeopleFault
from replenish.people.roles import RoleKind
from replenish.people.signing_in import Standing, standing_of
from replenish.web.shared.problems import sentence_of

Page = Callable[..., HttpResponse]

# What somebody may not see is not there: a refusal would tell that it is.
NOT_THERE = frozenset(
    {
        PeopleFault.ACCOUNT_UNKNOWN,
        PeopleFault.NO_KEY,
        PeopleFault.NOT_ALLOWED,
        PeopleFault.ORGANISATION_UNKNOWN,
        PeopleFault.PROPOSAL_UNKNOWN,
        PeopleFault.UNIT_UNKNOWN,
    }
)


def staff_page(*roles: RoleKind) -> Callable[[Page], Page]:
    """A page of an organisation, for those who play one of these parts there today; all its people if none.

    The view is given the request and the `Asker`: all it reads and changes goes through queries and actions
    that take the asker, so nothing of another organisation can be named. Put this outermost: strangers get
    the same answer as for an address that does not exist, whatever the method.
    """

    def door(view: Page) -> Page:
        @wraps(view)
        def guarded(request: HttpRequest, **named: object) -> HttpResponse:
            standing = standing_of(request)
            if standing is None:
                raise Http404
            if standing.chosen is None:
                return unkept(redirect("staff-organisations"))
            if not standing.chosen.is_any_of(roles) or _holds_no_text(request):
                raise Http404
            asker = standing.chosen.asker
            return unkept(_answered(request, lambda: view(request, asker, **named)))

        return guarded

    return door


def own_page(view: Callable[[HttpRequest, Standing], HttpResponse]) -> Page:
    """A page of whoever is signed in, about their own signing in; for nobody else."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        standing = standing_of(request)
        if standing is None:
            raise Http404
        return unkept(_answered(request, lambda: view(request, standing)))

    return guarded


def entrance(view: Callable[[HttpRequest], HttpResponse]) -> Page:
    """A page on the way in: open to everybody, and kept nowhere."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        return unkept(view(request))

    return guarded


def unkept(response: HttpResponse) -> HttpResponse:
    """The same answer, kept by no browser and nowhere on the way."""
    response["Cache-Control"] = "no-store"
    return response


def _holds_no_text(request: HttpRequest) -> bool:
    """Whether something was sent that is no text: a NUL, which PostgreSQL refuses with an error."""
    sent = (*request.GET.lists(), *request.POST.lists())
    return any("\0" in value for _name, values in sent for value in values)


def _answered(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """The view's answer; what it refuses is said in the sentence of the catalogue."""
    try:
        return view()
    except Refused as refused:
        if refused.problems[0].fault in NOT_THERE:
            raise Http404 from None
        return render(request, "staff/refused.html", {"sentence": sentence_of(refused)}, status=409)
