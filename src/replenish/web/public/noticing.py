"""How a slow change is noticed, and how often the notice is wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from replenish.statistics.noticing import DESIGN


@require_safe
def how_noticing_works(request: HttpRequest) -> HttpResponse:
    """How a slow change is noticed, and how often the notice is wrong."""
    return render(request, "public/how_noticing_works.html", {"baseline": DESIGN.baseline})
