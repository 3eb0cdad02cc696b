"""Names of groups as a reader expects them."""

from __future__ import annotations


def shown_label(label: str) -> str:
    """The label on one line; a bare number becomes `Group 12`, so that it is not taken for a figure."""
    plain = " ".join(label.split())
    return plain if any(letter.isalpha() for letter in plain) else f"Group {plain}"


def within_parent(label: str, parent: tuple[str, ...]) -> str:
    """The label without the parent it begins with, for use under that parent's own row."""
    start = " / ".join(parent) + ": "
    return label.removeprefix(start) if parent else label
