"""The named peer: a bare Django view of this project that does one insert.

It has our settings, our middleware and our database, which any view of this project has; it reads one field
of a form, inserts one row by the ORM and answers with a word. No template, no card, nothing sealed.
"""

from __future__ import annotations

import os
import secrets

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.web.project_settings"
application = get_wsgi_application()

from bench.web.peer_models import Line  # noqa: E402 - Django's models exist after its setup


def insert(request: HttpRequest) -> HttpResponse:
    """One row, and a word."""
    Line.objects.create(name=secrets.token_hex(32), text=request.POST.get("text", ""))
    return HttpResponse(b"kept")


urlpatterns = [path("bare/", insert), path("", include("replenish.site.urls"))]
