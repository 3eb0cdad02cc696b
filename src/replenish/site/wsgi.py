"""The door through which a server calls the application."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "replenish.site.settings")
application = get_wsgi_application()

# What is checked has tables, and those are known only from here on.
from replenish.site.checks import require_fit_to_serve  # noqa: E402
from replenish.site.warming import begin_warming  # noqa: E402

require_fit_to_serve()
begin_warming()
