"""What an organisation too small for statistics is told: the truth, and what it can do."""

from __future__ import annotations

LEAD = "There are too few people here to show anything about people without showing somebody."
WHY = (
    "A group needs at least 8 expected answers. No such group could be formed, so there are no bands, no "
    "charts and no links. That protects everybody, and it is not a fault of yours."
)
INSTEAD_TITLE = "What you can do now"
INSTEAD = (
    "Look at facts, not feelings. How often did supervision take place? Did people get their breaks?",
    "Talk about these facts together, led by somebody from outside the team.",
    "If you belong to a larger organisation, answer together with it, as part of a joined group.",
)
