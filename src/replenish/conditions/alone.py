"""Only one process of an installation closes rounds at a time; a process that dies lets go by dying.

The lock belongs to the open file, so the operating system releases it however the process ends. It spares
work and answers a second closer calmly; that a round is published once does not rest on it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from replenish.basis.errors import refuse
from replenish.basis.faults.rounds import RoundFault

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def alone(keys: Path) -> Iterator[None]:
    """Hold the lock of closings, in the folder of the keys: who closes needs that folder anyway.

    Raises:
        Refused: another process, or another thread of this one, holds it.
    """
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (keys / "closing.lock").open("a") as file:
        try:
            _take(file.fileno())
        except OSError:
            refuse(RoundFault.ROUND_BEING_CLOSED)
        yield
