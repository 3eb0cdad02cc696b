"""Who is signed in is asked below the staff pages alone: no other page has a session or its cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from allauth.account.middleware import AccountMiddleware
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

STAFF = "/staff/"
Answer = Callable[[HttpRequest], HttpResponse]


def is_staff_side(request: HttpRequest) -> bool:
    """Whether the address belongs to named people."""
    return request.path.startswith(STAFF)


class StaffSide:
    """Middleware that puts the session and its login around the staff pages, and around nothing else."""

    def __init__(self, answer: Answer) -> None:
        self._without = answer
        signed_in = SessionMiddleware(AuthenticationMiddleware(AccountMiddleware(answer)))
        self._with = cast("Answer", signed_in)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with a session where the address belongs to named people."""
        return self._with(request) if is_staff_side(request) else self._without(request)
