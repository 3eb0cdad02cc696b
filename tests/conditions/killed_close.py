"""Close a round in a process of its own and be killed at one of the points it passes.

    python -m tests.conditions.killed_close ROUND POINT

The database, the keys and the day come from the environment.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime, time

import django

from replenish.basis import clock


def main() -> None:
    """Run, and normally not end."""
    django.setup()
    from tests.conditions.interruptions import Interruption, kill_process

    from replenish.conditions import gate

    day = date.fromisoformat(os.environ["DAY_OF_CLOSE"])
    clock.now = lambda: datetime.combine(day, time(12), UTC)
    with Interruption(int(sys.argv[2]), kill_process).installed():
        gate.close(sys.argv[1])


if __name__ == "__main__":
    main()
