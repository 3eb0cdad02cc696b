"""One thing that can be ticked on a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """What is sent, what is read, and whether it is ticked."""

    value: str
    label: str
    chosen: bool
