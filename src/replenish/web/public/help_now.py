"""Where help is, by country. Opening this page is written down nowhere and told to nobody."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from replenish.web.public.help_lines import directory
from replenish.web.shared.texts import texts

TEXTS = Path(__file__).with_name("help_texts")


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """The directory, with the source and the certainty of every number, and what to expect of a call."""
    known = directory()
    nearest, *others = known.likely_first(request.headers.get("Accept-Language", ""))
    response = render(
        request,
        "public/help_now.html",
        {"directory": known, "nearest": nearest, "others": others, "texts": texts(TEXTS)},
    )
    patch_vary_headers(response, ["Accept-Language"])
    return response
