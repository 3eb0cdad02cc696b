"""Somebody's own calendar of supervision, for whoever has its private address."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from replenish.supervision.calendar_keys import owner_of_calendar
from replenish.supervision.comes_next import my_supervision
from replenish.web.shared.supervision_calendar import CONTENT_TYPE, supervision_calendar


@require_safe
def own_supervision_calendar(request: HttpRequest, key: str) -> HttpResponse:
    """Days, times and places; who meets is in it only where its owner chose so.

    A calendar program names no language of its reader, so the address does.
    """
    found = owner_of_calendar(key)
    if found is None:
        raise Http404
    asker, chosen = found
    asked = request.GET.get("language", "")
    language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        content = supervision_calendar(my_supervision(asker), with_names=chosen.with_names)
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "no-store"
    return response
