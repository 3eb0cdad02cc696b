"""A load that costs next to nothing itself: prepared bytes over kept connections.

Each connection sends its next request when the answer to the last one is there. Nothing is parsed but the
status, the length and the end of an answer, so that the two cores belong to the server.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

HEAD_END = b"\r\n\r\n"
PATIENCE_SECONDS = 30.0


class Unexpected(Exception):
    """The server gave another answer than the one that was to be measured."""


@dataclass(frozen=True)
class Measured:
    """What one window of load saw."""

    per_second: float
    p99_milliseconds: float
    requests: int
    busy: float
    """The share of one core that the load itself took."""


class _Line:
    """One kept connection, and what has arrived on it so far."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.begun = 0.0
        self.got = b""

    def send(self, request: bytes) -> None:
        self.got = b""
        self.begun = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Whether the answer is complete."""
        self.got += self.socket.recv(1 << 16)
        end = self.got.find(HEAD_END)
        if end < 0:
            return False
        head = self.got[:end].lower()
        at = head.find(b"content-length:")
        if at < 0:
            return self.got.endswith(b"0\r\n\r\n")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0])
        return len(self.got) >= end + len(HEAD_END) + length


def measure(
    port: int, requests: Callable[[], bytes], status: int, *, seconds: float, connections: int = 8
) -> Measured:
    """Send requests for so many seconds and count the answers.

    Args:
        port: of the server on this machine.
        requests: gives the bytes of the next request.
        status: what every answer must begin with.
        seconds: how long.
        connections: how many requests are under way at once.

    Raises:
        Unexpected: an answer had another status.
    """
    lines = [_Line(port) for _ in range(connections)]
    expected = f"HTTP/1.1 {status}".encode()
    taken: list[float] = []
    with selectors.DefaultSelector() as ready:
        for line in lines:
            ready.register(line.socket, selectors.EVENT_READ, line)
        begun, worked = time.perf_counter(), time.process_time()
        for line in lines:
            line.send(requests())
        for line in _answers(ready, begun + seconds):
            taken.append(time.perf_counter() - line.begun)
            if not line.got.startswith(expected):
                raise Unexpected(line.got[:2000].decode("utf-8", "replace"))
            line.send(requests())
        lasted, worked = time.perf_counter() - begun, time.process_time() - worked
    for line in lines:
        line.socket.close()
    return Measured(len(taken) / lasted, float(np.quantile(taken, 0.99)) * 1000, len(taken), worked / lasted)


def _answers(ready: selectors.BaseSelector, end: float) -> Iterator[_Line]:
    while time.perf_counter() < end:
        for key, _ in ready.select(PATIENCE_SECONDS):
            if key.data.receive():
                yield key.data


def wait_until_there(port: int) -> None:
    """Wait until a server listens on this port.

    Raises:
        TimeoutError: none came in time.
    """
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"no server came up on port {port}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        port: int = some.getsockname()[1]
    return port
