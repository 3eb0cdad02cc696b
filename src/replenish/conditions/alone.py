"""One process of an installation at a time; a process that dies lets go by dying.

The lock belongs to the open file, so the operating system releases it however the process ends. It spares
work and answers whoever comes second calmly; that a round is published once does not rest on it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from replenish.basis.errors import Fault, refuse
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
def alone(
    folder: Path, what: str = "closing", otherwise: Fault = RoundFault.ROUND_BEING_CLOSED
) -> Iterator[None]:
    """Hold a lock in a folder, which is made where it is missing.

    Args:
        folder: where it lies; closings lock the folder of the keys, which they need anyway.
        what: what is done alone, the name of the lock.
        otherwise: what is said to whoever comes second.

    Raises:
        Refused: another process, or another thread of this one, holds it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / f"{what}.lock").open("a") as file:
        try:
            _take(file.fileno())
        except OSError:
            refuse(otherwise)
        yield
