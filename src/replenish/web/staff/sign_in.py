"""Signing in: with the printed code, with a password, or with a code that opens once."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.people.actions.logins import (
    Opened,
    open_by_code,
    open_by_password,
    open_by_recovery_code,
)
from replenish.people.signing_in import Way, sign_in
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.door import entrance
from replenish.web.staff.onwards import onwards, then_of
from replenish.web.staff.tries import may_try, may_try_for


@require_http_methods(["GET", "HEAD", "POST"])
@entrance
def by_code(request: HttpRequest) -> HttpResponse:
    """All ways in, and the one that is always there: account and code from the printed sheet."""
    if request.method != "POST":
        return _form(request, "staff/sign_in.html")
    account, code = request.POST.get("account", ""), request.POST.get("code", "")
    if not account.strip() or not code.strip():
        return _form(request, "staff/sign_in.html", [_empty("code")])
    return _tried(
        request,
        "staff/sign_in.html",
        "code",
        Way.CODE,
        lambda: open_by_code(account, code),
        allowed=may_try(request),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@entrance
def by_password(request: HttpRequest) -> HttpResponse:
    """With a password; its name is an e-mail address or the account on the printed sheet."""
    page = "staff/sign_in_password.html"
    if request.method != "POST":
        return _form(request, page)
    name, password = request.POST.get("name", ""), request.POST.get("password", "")
    if not name.strip() or not password:
        return _form(request, page, [_empty("password")])
    allowed = may_try_for(request, name)
    return _tried(
        request,
        page,
        "password",
        Way.PASSWORD,
        lambda: open_by_password(name, password),
        allowed=allowed,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@entrance
def by_recovery_code(request: HttpRequest) -> HttpResponse:
    """With one of the codes that were kept for the day when all else is lost."""
    page = "staff/sign_in_recovery.html"
    if request.method != "POST":
        return _form(request, page)
    code = request.POST.get("code", "")
    if not code.strip():
        return _form(request, page, [_empty("code")])
    return _tried(
        request,
        page,
        "code",
        Way.RECOVERY_CODE,
        lambda: open_by_recovery_code(code),
        allowed=may_try(request),
    )


def service_name() -> str:
    """What the installation's own service is called; nothing where it has none."""
    return (settings.REPLENISH_SERVICE_NAME or _("your own service")) if settings.REPLENISH_SERVICE else ""


def too_many() -> str:
    """What is said when signing in is tried too often."""
    return _("Many people are trying to sign in at this moment. Wait a minute, then try again.")


def _tried(
    request: HttpRequest,
    page: str,
    field: str,
    way: Way,
    opened: Callable[[], Opened],
    *,
    allowed: bool,
) -> HttpResponse:
    if not allowed:
        return _form(request, page, [FormProblem(field, too_many())])
    try:
        found = opened()
    except Refused as refused:
        return _form(request, page, problems_of(refused, field))
    sign_in(request, found, way)
    return onwards(request)


def _empty(field: str) -> FormProblem:
    return FormProblem(field, _("Fill in every field."))


def sign_in_form(request: HttpRequest, problems: list[FormProblem]) -> HttpResponse:
    """The page with all ways in, after one that did not open anything."""
    return _form(request, "staff/sign_in.html", problems)


def _form(request: HttpRequest, page: str, problems: list[FormProblem] | None = None) -> HttpResponse:
    """The page again; what was typed into a field for a secret is typed anew."""
    return render(
        request,
        page,
        {
            "problems": problems or [],
            "then": then_of(request),
            "account": request.POST.get("account", ""),
            "name": request.POST.get("name", ""),
            "has_mail": settings.REPLENISH_MAIL,
            "service": service_name(),
        },
        status=400 if problems else 200,
    )


def refused_by_service(request: HttpRequest) -> HttpResponse:
    """The page with all ways in, and what may have gone wrong with this one."""
    said = _("This opened nothing. Sign in another way once, then connect the service under “My account”.")
    return sign_in_form(request, [FormProblem("account", said)])
