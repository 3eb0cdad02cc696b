"""The stricter peer: a bare Django view that does one insert. No middleware, no other address."""

from __future__ import annotations

import os
import secrets

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.web.peer_settings"
application = get_wsgi_application()

from bench.web.peer_models import Line  # noqa: E402 - Django's models exist after its setup


def insert(request: HttpRequest) -> HttpResponse:
    """One row, and a word."""
    Line.objects.create(name=secrets.token_hex(32), text=request.POST.get("text", ""))
    return HttpResponse(b"kept", headers={"Content-Length": "4"})


urlpatterns = [path("", insert)]
