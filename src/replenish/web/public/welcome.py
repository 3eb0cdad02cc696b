"""The first page, and the neutral page that takes the place of a screen somebody should not see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """What this is, for whom, and where to begin."""
    return render(request, "public/welcome.html")


@require_safe
def quiet(request: HttpRequest) -> HttpResponse:
    """A page that says nothing about who opened it or why."""
    return render(request, "public/quiet.html")
