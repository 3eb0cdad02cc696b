"""Passkeys: made and used in the browser, checked here. What is kept of one is public."""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from replenish.people.actions.logins import Opened, keep_passkey, remove_passkey
from replenish.people.signing_in import Standing, Way, mark, sign_in
from replenish.web.shared.problems import FormProblem
from replenish.web.staff.changing import changing_page
from replenish.web.staff.door import entrance
from replenish.web.staff.drawn import drawn
from replenish.web.staff.onwards import onwards
from replenish.web.staff.sign_in import sign_in_form, too_many
from replenish.web.staff.tries import may_try

LONGEST_NAME = 60
# What the library makes of an answer that no browser sends.
_UNREADABLE = (ValidationError, ValueError, TypeError, KeyError, AttributeError)


@require_POST
@entrance
def sign_in_options(request: HttpRequest) -> HttpResponse:
    """What the browser is asked to sign; the same for everybody, since nobody has said who they are."""
    if not may_try(request):
        return JsonResponse({"problem": too_many()}, status=429)
    return JsonResponse(auth.begin_authentication())


@require_POST
@entrance
def by_passkey(request: HttpRequest) -> HttpResponse:
    """With what a passkey has signed."""
    if not may_try(request):
        return sign_in_form(request, [FormProblem("passkey", too_many())])
    login = _signed_by(request)
    if login is None:
        said = _("This passkey opens nothing here. Use another way to sign in.")
        return sign_in_form(request, [FormProblem("passkey", said)])
    sign_in(request, Opened(login), Way.PASSKEY)
    return onwards(request)


@changing_page
@require_POST
def new_options(request: HttpRequest, standing: Standing) -> HttpResponse:  # noqa: ARG001
    """What the browser is asked to make a passkey for."""
    return JsonResponse(auth.begin_registration(request.user, passwordless=True))


@changing_page
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Keep a passkey that the browser has just made; from then on this session counts as opened by it."""
    if request.method != "POST":
        return drawn(request, "staff/add_passkey.html", {"problems": []})
    credential = _made(request)
    if credential is None:
        said = _("The passkey could not be made. Nothing has changed; try once more.")
        return drawn(request, "staff/add_passkey.html", {"problems": [FormProblem("name", said)]}, status=400)
    name = " ".join(request.POST.get("name", "").split())[:LONGEST_NAME] or _("Passkey")
    keep_passkey(standing.login, name, credential)
    mark(request, Way.PASSKEY)
    return redirect("staff-account")


@changing_page
@require_POST
def drop_passkey(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Let a passkey open nothing any more."""
    number = request.POST.get("number", "")
    if number.isdecimal():
        remove_passkey(standing.login, int(number[:18]))
    return redirect("staff-account")


def _signed_by(request: HttpRequest) -> str | None:
    """The login whose passkey has signed what this browser was asked to sign."""
    form = LoginWebAuthnForm(data={"credential": request.POST.get("credential", "")})
    try:
        return str(form.cleaned_data["credential"].user_id) if form.is_valid() else None
    except _UNREADABLE:
        return None


def _made(request: HttpRequest) -> dict[str, Any] | None:
    """A passkey as the browser describes it, once it has shown that it is for this page and this person."""
    try:
        credential: dict[str, Any] = json.loads(request.POST.get("credential", ""))
        auth.parse_registration_response(credential)
        auth.complete_registration(credential)
    except _UNREADABLE:
        return None
    return credential
