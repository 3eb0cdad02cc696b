"""Turns of those who write: SQLite lets one at a time, and whoever finds another one there sleeps too long.

SQLite waits for another writer by sleeping: one thousandth of a second, then two, five, ten and more, while a
check-in writes for an eighth of the first. So a writer takes a turn, which is given back when the transaction
ends, and looks again after a much shorter while. A turn is an advisory lock of the operating system on the
folder of the database: nothing is written for it, and it is free again when a process dies. It decides
nothing: whoever gets none in time goes on without it, and SQLite's own locks keep writers apart as ever.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from pathlib import Path

if sys.platform != "win32":
    import fcntl

LOOK_AGAIN_SECONDS = 0.000_1
PATIENCE_SECONDS = 0.25
WRITING = ("BEGIN", "INSERT", "UPDATE", "DELETE", "REPLACE")


class WriterInTurn(sqlite3.Connection):
    """A connection that can take its turn before it writes, and gives it back when it has written."""

    _folder: int | None = None
    _has_turn = False

    def line_up_in(self, folder: Path) -> None:
        """Take turns with all who write to a database in this folder."""
        if sys.platform != "win32" and self._folder is None:
            self._folder = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)

    def take_turn(self) -> None:
        """Wait for one's turn; without one after a while, or where there are none, go on all the same."""
        if self._folder is None or self._has_turn:
            return
        end = 0.0
        while not self._got_turn():
            now = time.monotonic()
            end = end or now + PATIENCE_SECONDS
            if now >= end:
                return
            time.sleep(LOOK_AGAIN_SECONDS)

    def _got_turn(self) -> bool:
        if sys.platform != "win32" and self._folder is not None:
            try:
                fcntl.flock(self._folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            except OSError:
                # A file system without such locks.
                os.close(self._folder)
                self._folder = None
            else:
                self._has_turn = True
        return True

    def give_back(self) -> None:
        """Let the next one write, unless a transaction is under way."""
        if self._has_turn and not self.in_transaction:
            self._has_turn = False
            if sys.platform != "win32" and self._folder is not None:
                fcntl.flock(self._folder, fcntl.LOCK_UN)

    def commit(self) -> None:
        """End the transaction, and the turn."""
        try:
            super().commit()
        finally:
            self.give_back()

    def rollback(self) -> None:
        """Undo the transaction, and end the turn."""
        try:
            super().rollback()
        finally:
            self.give_back()

    def close(self) -> None:
        """Close the connection; its turn ends with it."""
        super().close()
        self._leave()

    def __del__(self) -> None:
        """A connection that nobody closed, as of a thread that died, keeps no turn."""
        self._leave()

    def _leave(self) -> None:
        if self._folder is not None:
            os.close(self._folder)
            self._folder, self._has_turn = None, False
