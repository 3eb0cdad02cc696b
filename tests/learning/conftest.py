from __future__ import annotations

from tests.web.staff_world import ours, quick, theirs

__all__ = ["ours", "quick", "theirs"]
