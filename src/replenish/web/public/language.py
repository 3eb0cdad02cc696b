"""The language of the pages: chosen by a button, kept on the device, and told to nobody."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import check_for_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

FIELD = "language"
YEAR_SECONDS = 365 * 24 * 60 * 60


# Without the key of a form, another site could change the language of a reader, and nothing else: the key's
# cookie belongs to the carer's pages, and a page for anybody should leave no cookie on a device unasked.
@csrf_exempt
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language and go back to the page it was chosen on; an unknown language changes nothing."""
    response = redirect(_came_from(request))
    language = request.POST.get(FIELD, "")
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=YEAR_SECONDS,
            secure=settings.REPLENISH_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _came_from(request: HttpRequest) -> str:
    """The path of the page before, if it is one of ours; otherwise the first page."""
    came = urlsplit(request.headers.get("Referer", ""))
    if came.netloc != request.get_host():
        return "welcome"
    try:
        resolve(came.path)
    except Resolver404:
        return "welcome"
    return came.path
