"""Refusals of the rhythm of supervision: its files, its days, and the session itself."""

from __future__ import annotations

from replenish.basis.errors import Fault


class RhythmFault(Fault):
    """Why a rhythm or a session is not taken as it is."""

    FILE = (
        "supervision.rhythm_file",
        "this file about supervision cannot be used ({reason}); mend the entry that is named",
    )
