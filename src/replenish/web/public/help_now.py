"""Where help is, by country. Opening this page is written down nowhere and told to nobody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from replenish.web.public.help_lines import directory


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """The directory, with the source and the certainty of every number."""
    return render(request, "public/help_now.html", {"directory": directory()})
