"""Whether a port of this machine is taken. It is tried by taking it for a moment: no connection is opened."""

from __future__ import annotations

import os
import socket

from replenish.basis.errors import refuse
from replenish.basis.faults.demo import DemoFault
from replenish.cli.serve import LOOPBACK, PORT

PORTS = 50


def free_port(named: int | None = None) -> int:
    """The port that was named, if it is free; else the usual one, or the next one that is free.

    The server itself would not say: it shares a port that another copy of it listens on, and each link would
    then open now one installation and now the other.
    """
    tried = (named,) if named else range(PORT, PORT + PORTS)
    found = next((port for port in tried if is_free(port)), None)
    if found is None:
        refuse(DemoFault.NO_PORT, first=tried[0], last=tried[-1])
    return found


def is_free(port: int) -> bool:
    """Whether nobody listens there."""
    with socket.socket() as tried:
        # A port that was served a moment ago is free again at once; on Windows this would take a busy one.
        if os.name != "nt":
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((LOOPBACK[0], port))
        except OSError:
            return False
        return True
