"""Where somebody goes after signing in: back to the page they asked for, or to the first one."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from replenish.people.logins import ways_of
from replenish.people.signing_in import Way, standing_of

FIELD = "then"
STAFF = "/staff/"


def then_of(request: HttpRequest) -> str:
    """The page of ours that was asked for before signing in; nothing where it is none."""
    asked = request.POST.get(FIELD) or request.GET.get(FIELD) or ""
    parts = urlsplit(asked)
    if parts.scheme or parts.netloc or not parts.path.startswith(STAFF) or "\\" in asked:
        return ""
    try:
        resolve(parts.path)
    except Resolver404:
        return ""
    return "" if parts.path.startswith(reverse("staff-sign-in")) else parts.path


def onwards(request: HttpRequest) -> HttpResponse:
    """After signing in: set up a way of one's own first, then where one was going."""
    standing = standing_of(request)
    if standing is None:
        return redirect("staff-sign-in")
    if standing.way is Way.CODE and not ways_of(standing.login).has_one:
        return redirect("staff-set-up")
    if standing.chosen is None:
        return redirect("staff-organisations")
    return HttpResponseRedirect(then_of(request) or reverse("staff-home"))
