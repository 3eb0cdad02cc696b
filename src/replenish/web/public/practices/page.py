"""Short practices of self-compassion and recovery."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def practise(request: HttpRequest) -> HttpResponse:
    """Short practices of self-compassion and recovery."""
    return render(request, "public/practise.html")
