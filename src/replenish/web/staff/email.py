"""Signing in with a code sent by e-mail, and the address it is sent to; only where there is a mail server."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.people.actions.logins import Opened, readable_email, set_email
from replenish.people.logins import login_of_email, ways_of
from replenish.people.signing_in import Standing, Way, mark, sign_in
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.changing import changing_page
from replenish.web.staff.door import Page, entrance
from replenish.web.staff.drawn import drawn
from replenish.web.staff.mailed import redeem, send_code
from replenish.web.staff.onwards import onwards, then_of
from replenish.web.staff.sign_in import too_many
from replenish.web.staff.tries import may_send_to, may_try

SIGN_IN, ADDRESS = "sign-in", "address"
_FORM = require_http_methods(["GET", "HEAD", "POST"])


def _with_mail(view: Callable[..., HttpResponse]) -> Page:
    """Without a mail server there is no such page."""

    @wraps(view)
    def there(request: HttpRequest) -> HttpResponse:
        if not settings.REPLENISH_MAIL:
            raise Http404
        return view(request)

    return there


@_with_mail
@entrance
@_FORM
def by_email(request: HttpRequest) -> HttpResponse:
    """Ask for a code; what is said is the same for an address that nobody here has."""
    address, problems = _address(request)
    if request.method != "POST" or problems:
        return _asked(request, "staff/sign_in_email.html", problems)
    login = login_of_email(address)
    send_code(request, purpose=SIGN_IN, address=address, login=login or "", known=login is not None)
    then = then_of(request)
    return redirect(reverse("staff-sign-in-email-code") + (f"?{urlencode({'then': then})}" if then else ""))


@_with_mail
@entrance
@_FORM
def email_code(request: HttpRequest) -> HttpResponse:
    """Type the code that was sent."""
    problems: list[FormProblem] = []
    if request.method == "POST":
        found = (
            redeem(request, purpose=SIGN_IN, code=request.POST.get("code", "")) if may_try(request) else None
        )
        if found is not None:
            sign_in(request, Opened(found.login), Way.EMAIL)
            return onwards(request)
        problems = [_wrong()]
    return _asked(request, "staff/sign_in_email_code.html", problems)


@_with_mail
@changing_page
@_FORM
def own_email(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Add, change or remove one's address; a new one is kept once its owner has shown that they read it."""
    if "drop" in request.POST:
        set_email(standing.login, None)
        return redirect("staff-account")
    address, problems = _address(request)
    if request.method != "POST" or problems:
        return _asked(request, "staff/email.html", problems, ways=ways_of(standing.login))
    send_code(request, purpose=ADDRESS, address=address)
    return redirect("staff-email-code")


@_with_mail
@changing_page
@_FORM
def own_email_code(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Type the code that was sent to one's new address."""
    problems: list[FormProblem] = []
    if request.method == "POST":
        found = (
            redeem(request, purpose=ADDRESS, code=request.POST.get("code", "")) if may_try(request) else None
        )
        if found is not None:
            set_email(standing.login, found.address)
            if standing.way is Way.CODE:
                mark(request, Way.EMAIL)
            return redirect("staff-account")
        problems = [_wrong()]
    return _asked(request, "staff/email_code.html", problems)


def _address(request: HttpRequest) -> tuple[str, list[FormProblem]]:
    if request.method != "POST":
        return "", []
    try:
        address = readable_email(request.POST.get("email", ""))
    except Refused as refused:
        return "", problems_of(refused, "email")
    return (address, []) if may_send_to(request, address) else ("", [FormProblem("email", too_many())])


def _wrong() -> FormProblem:
    return FormProblem(
        "code", _("This code opens nothing. It may be too old, or mistyped; ask for a new one.")
    )


def _asked(request: HttpRequest, page: str, problems: list[FormProblem], **more: object) -> HttpResponse:
    shown = {"problems": problems, "email": request.POST.get("email", ""), "then": then_of(request), **more}
    return drawn(request, page, shown, status=400 if problems else 200)
