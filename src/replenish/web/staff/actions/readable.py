"""What a page about actions is drawn from: actions, and the releases that its reader may read."""

from __future__ import annotations

from collections.abc import Sequence

from replenish.basis.errors import Refused
from replenish.conditions.queries import Published
from replenish.conditions.response import Readable, readable_to
from replenish.people.askers import Asker
from replenish.people.roles import LEADERS
from replenish.people.scopes import Scope, scope_in


def may_read(asker: Asker) -> Sequence[Published]:
    """Releases behind the gate of leaders; none where one was changed at rest, which the report tells."""
    return _readable(asker).published


def waits_for(asker: Asker) -> bool:
    """Whether a round waits for an answer of theirs, so that it is not counted on their pages yet."""
    return bool(_readable(asker).waiting)


def _readable(asker: Asker) -> Readable:
    try:
        return readable_to(asker)
    except Refused:
        return Readable((), ())


def led_by(asker: Asker) -> Scope:
    """The units whose conditions somebody answers for."""
    return scope_in(asker, LEADERS)
