"""The door through which a server calls the application."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from replenish.site.checks import require_fit_to_serve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "replenish.site.settings")
application = get_wsgi_application()
require_fit_to_serve()
