"""Random histories of a unit tree: what is asked, in the order it is asked, some of it refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hypothesis import strategies as st

NAMES = ("Oak", "Elm", "Ash", "Yew", "oak")


@dataclass(frozen=True)
class Step:
    """One wish: units are chosen by their place among all units ever made, so that any step can be tried."""

    kind: Literal["add", "move", "rename", "dissolve"]
    unit: int
    parent: int | None
    name: str
    days_passed: int
    days_ahead: int


def histories(steps: int = 14) -> st.SearchStrategy[list[Step]]:
    """Between 1 and `steps` wishes with days passing between them."""
    return st.lists(
        st.builds(
            Step,
            kind=st.sampled_from(["add", "add", "move", "move", "rename", "dissolve"]),
            unit=st.integers(0, 9),
            parent=st.none() | st.integers(0, 9),
            name=st.sampled_from(NAMES),
            days_passed=st.integers(0, 3),
            days_ahead=st.integers(0, 4),
        ),
        min_size=1,
        max_size=steps,
    )
