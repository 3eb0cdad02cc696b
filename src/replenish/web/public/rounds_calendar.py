"""The calendar of an organisation: public days, the same for everybody who has its address."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.conditions.telling.public_days import calendar_of
from replenish.people.telling import organisation_of_calendar


@require_safe
def rounds_calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The days; nothing tells who reads them, and they do not tell when they were read.

    A calendar program names no language of its reader, so the address does.
    """
    organisation = organisation_of_calendar(key)
    if organisation is None:
        raise Http404
    language = request.GET.get("language", "")
    days = calendar_of(organisation, base=settings.REPLENISH_ADDRESS, language=language)
    response = HttpResponse(days, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
