"""The codes an incident is written down in; their words stand beside them, one file for each language."""

from __future__ import annotations

KINDS = (
    "hurt",
    "threat",
    "abuse",
    "self_harm",
    "emergency",
    "death",
    "disclosure",
    "missing",
    "broken",
    "seen_from_afar",
    "other",
)
"""What happened, as coarsely as learning needs it."""

SETTINGS = (
    "lived_in",
    "class_or_group",
    "shared_space",
    "treatment",
    "outside",
    "home_visit",
    "journey",
    "front_desk",
    "phone_or_screen",
    "public_place",
    "other",
)
"""The sort of place it happened in."""

SEVERITIES = (1, 2, 3)
BANDS = (0, 3, 6, 9, 12, 15, 18, 21)
BAND_HOURS = 3

REASONS = (
    "no_cover",
    "no_leader",
    "no_reviewer",
    "no_supervisor",
    "nobody_there",
    "not_asked_in_time",
    "shift_ended",
    "forgotten",
    "law_does_not_ask",
    "other_inquiry",
    "other",
)
"""Why a step was not done; each is about what was provided.

None says that somebody declined: after an incident with one or two people that would name them.
"""


def band_of(hour: int) -> int:
    """The band an hour of the day falls in."""
    return hour - hour % BAND_HOURS
