"""Dying at a chosen point of a close: around every statement, commit, key-file operation and step."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.db import connection

from replenish.conditions import alone, gate
from replenish.sealing import key_files

STEPS = (
    "_claim",
    "stop_accepting",
    "_terms",
    "read_contributions",
    "compute",
    "row_of",
    "delete_contributions",
    "remove_round",
    "record",
    "empty_journal",
    "destroy_key",
)
KEY_FILE_OPERATIONS = ("read", "_overwrite", "force_folder", "destroy")


class Died(BaseException):
    """The process is gone; nothing may catch this."""


def raise_died() -> None:
    """End as an exception that no handler of the code expects."""
    raise Died


def kill_process() -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Interruption:
    """Counts the points a close passes, and dies at one of them.

    Args:
        at: the point to die at, from 1; 0 lets everything pass.
        die: how.
        passed: the names of the points so far.
    """

    at: int = 0
    die: Callable[[], None] = raise_died
    passed: list[str] = field(default_factory=list)

    def point(self, name: str) -> None:
        """Pass a point, or die there; nothing is done any more by what is dead."""
        self.passed.append(name)
        if 0 < self.at <= len(self.passed):
            self.die()

    def around(self, name: str, function: Callable[..., Any], *, after: bool = True) -> Callable[..., Any]:
        """The function with a point before it, and one after it where that is another state of the disk.

        What follows a statement is the point before the next one: between the two nothing happens.
        """

        def wrapped(*arguments: object, **named: object) -> object:
            self.point(f"before {name}")
            result = function(*arguments, **named)
            if after:
                self.point(f"after {name}")
            return result

        return wrapped

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Points everywhere while the block runs."""

        def statement(
            execute: Callable[..., Any],
            sql: str,
            parameters: Sequence[object] | Mapping[str, object] | None,
            many: bool,
            context: dict[str, Any],
        ) -> object:
            name = sql.split(" WHERE")[0][:70]
            return self.around(name, execute, after=False)(sql, parameters, many, context)

        connection.ensure_connection()
        with ExitStack() as stack:
            stack.enter_context(connection.execute_wrapper(statement))
            here = connection._connections[connection._alias]  # type: ignore[attr-defined]
            stack.enter_context(patch.object(here, "_commit", self.around("COMMIT", here._commit)))
            for name in STEPS:
                stack.enter_context(
                    patch.object(gate, name, self.around(name, getattr(gate, name), after=False))
                )
            for name in KEY_FILE_OPERATIONS:
                operation = self.around(f"key file: {name}", getattr(key_files, name))
                stack.enter_context(patch.object(key_files, name, operation))
            stack.enter_context(patch.object(Path, "unlink", self.around("unlink", Path.unlink)))
            stack.enter_context(patch.object(alone, "_take", self.around("lock", alone._take)))
            yield
