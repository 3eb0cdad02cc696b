"""Many writers at once, in a database of their own: `python -m tests.ledger.concurrent_writing`.

It stands outside the test runner because each thread needs a connection that really commits. Prints the
number of entries, how many breaks there are, and whether a rolled-back entry is among them.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after the settings
from django.db import connection, transaction  # noqa: E402 - the same

from replenish.ledger.actions import OPERATOR, record  # noqa: E402 - the same
from replenish.ledger.events import Event  # noqa: E402 - the same
from replenish.ledger.models import Entry  # noqa: E402 - the same
from replenish.ledger.queries import verify  # noqa: E402 - the same

WRITERS, EACH = 6, 20


def write(writer: int) -> None:
    """Write `EACH` entries and undo every fifth."""
    for turn in range(EACH):
        undone = turn % 5 == 4
        with transaction.atomic():
            record(
                organisation=f"{writer:032x}",
                event=Event.UNIT_DISSOLVED,
                actor=OPERATOR,
                content={"unit": "undone" if undone else f"{writer}-{turn}", "on": "2026-09-07"},
            )
            transaction.set_rollback(undone)
    connection.close()


def main() -> None:
    """Prepare, write, and say what is there."""
    call_command("migrate", "ledger", verbosity=0, skip_checks=True)
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(1, WRITERS + 1)))
    found = verify()
    undone = Entry.objects.filter(content__unit="undone").count()
    sys.stdout.write(f"{found.entries} {len(found.findings)} {undone}\n")


if __name__ == "__main__":
    main()
