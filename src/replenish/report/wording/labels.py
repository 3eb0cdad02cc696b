"""Names of groups as a reader expects them."""

from __future__ import annotations


def shown_label(label: str) -> str:
    """The label on one line; a bare number becomes `Group 12`, so that it is not taken for a figure."""
    plain = " ".join(label.split())
    return plain if any(letter.isalpha() for letter in plain) else f"Group {plain}"
