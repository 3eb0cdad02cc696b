"""What the nightly run does in this room."""

from __future__ import annotations

from replenish.people.actions import end_lapsed_proposals
from replenish.people.queries import organisations
from replenish.people.sessions import SessionStore


def end_all_lapsed_proposals() -> int:
    """End the proposals of every organisation that nobody can confirm any longer, and say how many."""
    return sum(end_lapsed_proposals(one.organisation) for one in organisations())


def forget_ended_sessions() -> None:
    """Forget browsers that are no longer signed in."""
    SessionStore.clear_expired()
