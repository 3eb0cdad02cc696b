"""Signing in through a service of the installation's own (OpenID Connect); only where it has one.

The service is asked for one thing: a name that stays the same. No profile and no address is fetched, and of
the name a digest is kept. Whoever it vouches for has connected it themselves before; nobody is made an
account by it.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from replenish.basis.errors import Refused
from replenish.people.actions.logins import (
    connect_outside_name,
    disconnect_outside_names,
    open_by_outside_name,
)
from replenish.people.signing_in import Standing, Way, login_of, mark, sign_in
from replenish.web.shared.problems import FormProblem
from replenish.web.staff.changing import changing_page
from replenish.web.staff.door import Page, entrance
from replenish.web.staff.onwards import onwards
from replenish.web.staff.sign_in import refused_by_service, sign_in_form, too_many
from replenish.web.staff.tries import may_try

if TYPE_CHECKING:
    from replenish.web.staff.openid import Service

_CONNECTING = "connecting"


def _with_service(view: Page) -> Page:
    """Without a service there is no such page."""

    @wraps(view)
    def there(request: HttpRequest) -> HttpResponse:
        if not settings.REPLENISH_SERVICE:
            raise Http404
        return view(request)

    return there


@_with_service
@entrance
@require_safe
def by_service(request: HttpRequest) -> HttpResponse:
    """Go to the service. A link, because browsers let no form lead to another site under our policy."""
    if not may_try(request):
        return sign_in_form(request, [FormProblem("passkey", too_many())])
    request.session.pop(_CONNECTING, None)
    return _service(request).leave()


@_with_service
@changing_page
@require_http_methods(["GET", "POST"])
def connect(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Let the service vouch for oneself, or no longer."""
    if request.method == "POST":
        disconnect_outside_names(standing.login)
        return redirect("staff-account")
    request.session[_CONNECTING] = standing.login
    return _service(request).leave()


@_with_service
@entrance
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Back from the service, which says who it was."""
    name = _service(request).vouched_name()
    connecting = request.session.pop(_CONNECTING, None)
    if name is None:
        return refused_by_service(request)
    try:
        if connecting is not None and connecting == login_of(request):
            connect_outside_name(connecting, settings.REPLENISH_SERVICE, name)
            mark(request, Way.OUTSIDE)
            return redirect("staff-account")
        opened = open_by_outside_name(settings.REPLENISH_SERVICE, name)
    except Refused:
        return refused_by_service(request)
    sign_in(request, opened, Way.OUTSIDE)
    return onwards(request)


def _service(request: HttpRequest) -> Service:
    """Imported only here: an installation without a service never loads what talks to one."""
    from replenish.web.staff.openid import Service

    return Service(request)
