"""After a start, each process that serves pages reads what was published, before a person waits for it.

The first reading of five years of a large organisation checks every signature and every rule, for seconds. It
is done in the background, once, and only where pages are served: no command and no test does it by itself.
"""

from __future__ import annotations

import threading
import time

from django.db import connections

from replenish.conditions.published import MOST_REMEMBERED
from replenish.conditions.reading_ahead import read_ahead
from replenish.people.queries import organisations

AFTER_SECONDS = 2.0
"""The first requests after a start come first."""


def begin_warming(after: float = AFTER_SECONDS) -> threading.Thread:
    """Begin to read in a thread of its own, which ends with the process.

    Args:
        after: so many seconds from now.
    """
    thread = threading.Thread(target=_warm, args=(after,), name="reading-ahead", daemon=True)
    thread.start()
    return thread


def _warm(after: float) -> None:
    time.sleep(after)
    try:
        for one in organisations()[:MOST_REMEMBERED]:
            read_ahead(one.organisation)
    except Exception:  # noqa: BLE001, S110 - whatever is wrong, the page that needs it says so when it is asked
        pass
    finally:
        connections.close_all()
