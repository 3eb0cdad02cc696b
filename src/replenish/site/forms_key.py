"""The key that guards forms against other sites: one cookie for carers, another for named people.

A single cookie would reach both sides, and whoever reads requests could tell by it which card and which
account sit in one browser. Django's check knows one name of a cookie: below the staff pages it is renamed on
the way in and out.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from replenish.site.staff_side import STAFF, is_staff_side

STAFF_COOKIE = "replenish_staff_form"


def own_key_for_staff(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, just before Django's check of forms."""

    def answered(request: HttpRequest) -> HttpResponse:
        if not is_staff_side(request):
            return answer(request)
        name = settings.CSRF_COOKIE_NAME
        others = {key: value for key, value in request.COOKIES.items() if key not in (name, STAFF_COOKIE)}
        kept = request.COOKIES.get(STAFF_COOKIE)
        request.COOKIES = others if kept is None else {**others, name: kept}
        response = answer(request)
        given = response.cookies.pop(name, None)
        if given is not None:
            response.set_cookie(
                STAFF_COOKIE,
                given.value,
                path=STAFF,
                secure=settings.CSRF_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    return answered
