"""What one can do next, by the answer of the two tracks: a text of its own for each of the five."""

from __future__ import annotations

from pathlib import Path

from replenish.measures.position import TwoTracks
from replenish.web.shared.texts import Text, text

FOLDER = Path(__file__).with_name("next_steps")
NAMES = {
    TwoTracks.RELATIONAL: "relational",
    TwoTracks.OVERLOAD: "overload",
    TwoTracks.BOTH: "both",
    TwoTracks.NEITHER: "neither",
    TwoTracks.NOT_CLEAR: "not-clear",
}


def step_of(answer: TwoTracks) -> Text:
    """The text for an answer, in the reader's language."""
    found = text(FOLDER, NAMES[answer])
    assert found is not None, "the five texts come with the package"  # noqa: S101
    return found
