"""The week from which a person's usual is counted: a setting in their own box, which they can take back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from replenish.voices.box_content import BoxContent, Setting
from replenish.web.carer.picture.said import running

SETTING = "usual_from"
"""Weeks such as `2026-W31`, with spaces between: the last one holds, the others are there to go back to."""
MOST_KEPT = 12


def usual_from(settings: Mapping[str, Setting]) -> int | None:
    """The running number of the week from which the usual is counted; None for the first check-in."""
    asked = _asked(settings)
    return running(asked[-1]) if asked else None


def from_week(week: str) -> Callable[[BoxContent], BoxContent]:
    """An edit of a box: the usual is counted from this week on. An empty box stays as it is."""

    def edit(box: BoxContent) -> BoxContent:
        asked = _asked(box.settings)
        if not box.check_ins or (asked and asked[-1] == week):
            return box
        return box.with_settings(**{SETTING: " ".join([*asked, week][-MOST_KEPT:])})

    return edit


def as_before(box: BoxContent) -> BoxContent:
    """An edit of a box: the usual as it was counted before."""
    asked = _asked(box.settings)
    return box.with_settings(**{SETTING: " ".join(asked[:-1])}) if asked else box


def _asked(settings: Mapping[str, Setting]) -> list[str]:
    return str(settings.get(SETTING, "")).split()
