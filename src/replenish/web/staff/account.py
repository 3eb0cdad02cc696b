"""One's own account: the ways of signing in, and the browsers that are signed in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from replenish.basis.errors import Refused
from replenish.people.actions.logins import (
    add_by_code,
    drop_password,
    end_browsers,
    new_recovery_codes,
    set_password,
)
from replenish.people.logins import ways_of
from replenish.people.signing_in import Standing, Way, browsers, choose, mark, sign_out, stay_signed_in
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.changing import changing_page
from replenish.web.staff.door import entrance, own_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.records.opened import close_records
from replenish.web.staff.sign_in import service_name, too_many
from replenish.web.staff.tries import may_try


@own_page
@require_safe
def set_up(request: HttpRequest, standing: Standing) -> HttpResponse:
    """After the first printed code: choose how to sign in from now on."""
    return drawn(request, "staff/set_up.html", {"ways": ways_of(standing.login)})


@own_page
@require_safe
def account(request: HttpRequest, standing: Standing) -> HttpResponse:
    """How one signs in, and where one is signed in."""
    shown = {
        "ways": ways_of(standing.login),
        "browsers": browsers(request, standing.login),
        "has_mail": settings.REPLENISH_MAIL,
        "service": service_name(),
        "by_code": standing.way is Way.CODE,
    }
    return drawn(request, "staff/account.html", shown)


@changing_page
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Set a password, or do without one."""
    problems: list[FormProblem] = []
    if request.method == "POST":
        if "drop" in request.POST:
            drop_password(standing.login)
        else:
            problems = _set_password(standing.login, request.POST.get("password", ""))
            if not problems and standing.way is Way.CODE:
                mark(request, Way.PASSWORD)
        if not problems:
            stay_signed_in(request)
            return redirect("staff-account")
    shown = {"problems": problems, "ways": ways_of(standing.login), "least": settings.LEAST_PASSWORD}
    return drawn(request, "staff/password.html", shown, status=400 if problems else 200)


@changing_page
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: HttpRequest, standing: Standing) -> HttpResponse:
    """New codes, shown once; looking at the page makes none."""
    made: tuple[str, ...] = ()
    if request.method == "POST":
        made = new_recovery_codes(standing.login)
        if standing.way is Way.CODE:
            mark(request, Way.RECOVERY_CODE)
    return drawn(request, "staff/recovery_codes.html", {"codes": made, "ways": ways_of(standing.login)})


@changing_page
@require_http_methods(["GET", "HEAD", "POST"])
def another_organisation(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Let the same ways of signing in open one more account, in another organisation."""
    problems: list[FormProblem] = []
    if request.method == "POST":
        problems = _added(request, standing.login)
        if not problems:
            return redirect("staff-organisations")
    shown = {"problems": problems, "account": request.POST.get("account", "")}
    return drawn(request, "staff/another_organisation.html", shown, status=400 if problems else 200)


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def organisations(request: HttpRequest, standing: Standing) -> HttpResponse:  # noqa: ARG001
    """Choose for which organisation to act."""
    if request.method == "POST" and choose(request, request.POST.get("account", "")):
        return redirect("staff-home")
    return drawn(request, "staff/organisations.html")


@own_page
@require_POST
def sign_out_everywhere(request: HttpRequest, standing: Standing) -> HttpResponse:
    """End every browser that is signed in, this one too."""
    end_browsers(standing.login)
    sign_out(request)
    return _signed_out()


@entrance
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out of this browser, with one button."""
    if request.method == "POST":
        sign_out(request)
        return _signed_out()
    return drawn(request, "staff/sign_out.html")


def _signed_out() -> HttpResponse:
    """On to the last page; whoever comes next to this browser finds no open records."""
    response = redirect("staff-signed-out")
    close_records(response)
    return response


@entrance
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """What somebody sees who has signed out."""
    return drawn(request, "staff/signed_out.html")


def _set_password(login: str, chosen: str) -> list[FormProblem]:
    try:
        set_password(login, chosen)
    except Refused as refused:
        return problems_of(refused, "password")
    return []


def _added(request: HttpRequest, login: str) -> list[FormProblem]:
    named, code = request.POST.get("account", ""), request.POST.get("code", "")
    if not named.strip() or not code.strip():
        return [FormProblem("code", _("Fill in every field."))]
    if not may_try(request):
        return [FormProblem("code", too_many())]
    try:
        add_by_code(login, named, code)
    except Refused as refused:
        return problems_of(refused, "code")
    return []
