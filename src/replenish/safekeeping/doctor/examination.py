"""The whole examination, in the order in which one would want to hear of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from replenish.safekeeping.doctor.database import look_at_database
from replenish.safekeeping.doctor.finding import Finding, Weight
from replenish.safekeeping.doctor.keys import look_at_keys
from replenish.safekeeping.doctor.server import look_at_server
from replenish.safekeeping.doctor.work import look_at_work

LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    look_at_keys,
    look_at_server,
    look_at_database,
    look_at_work,
)


def examine() -> tuple[Finding, ...]:
    """Everything found, dangers first; nothing is changed by looking."""
    found = [finding for look in LOOKS for finding in look()]
    return tuple(sorted(found, key=lambda finding: finding.weight is not Weight.DANGER))
