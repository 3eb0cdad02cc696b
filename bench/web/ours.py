"""Our own pages as they are served, but for the limits that keep one address from trying too often."""

from __future__ import annotations

from replenish.site.wsgi import application
from replenish.voices import rate_limit

# The load comes from one address, and every one of its slips is a good one. The work of counting stays.
rate_limit._SLIPS = rate_limit.RateLimit(each=10**9, together=10**9)  # noqa: SLF001

__all__ = ["application"]
