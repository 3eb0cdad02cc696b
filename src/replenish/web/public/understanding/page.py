"""What compassion fatigue is, in short pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def understand(request: HttpRequest) -> HttpResponse:
    """What compassion fatigue is, in short pages."""
    return render(request, "public/understand.html")
