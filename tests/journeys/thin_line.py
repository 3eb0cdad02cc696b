"""A thin line between browser and server: slow, and now and then it breaks. It remembers what passes.

It stands on the level of connections, so that everything passes through it, what a worker asks as well.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import urlsplit

CHUNK = 65_536


class Fate(Enum):
    """What becomes of a request."""

    PASSES = "passes"
    LOST = "lost on the way there"
    ANSWER_LOST = "lost on the way back"


@dataclass
class ThinLine:
    """A listening socket before a server.

    Attributes:
        server: its address.
        seconds: how long everything takes, each way.
        fate: what becomes of a request, by its first line.
        heads: the head of every request that passed.
        received: how many bytes came back in all.
    """

    server: str
    seconds: float = 0.0
    fate: Callable[[str], Fate] = lambda _: Fate.PASSES
    heads: list[str] = field(default_factory=list)
    received: int = 0
    url: str = ""

    @contextlib.contextmanager
    def open(self) -> Iterator[ThinLine]:
        """Listen until the end of the block."""
        with socket.create_server(("127.0.0.1", 0)) as listening:
            self.url = f"http://localhost:{listening.getsockname()[1]}"
            threading.Thread(target=self._listen, args=(listening,), daemon=True).start()
            yield self
            with contextlib.suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)

    def _listen(self, listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = listening.accept()
                threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        place = urlsplit(self.server)
        with near, socket.create_connection((place.hostname or "", place.port or 0)) as far:
            silent = threading.Event()
            back = threading.Thread(target=self._carry_back, args=(far, near, silent), daemon=True)
            back.start()
            with contextlib.suppress(OSError):
                while sent := near.recv(CHUNK):
                    time.sleep(self.seconds)
                    fate = self._fate_of(sent)
                    if fate is Fate.LOST:
                        break
                    if fate is Fate.ANSWER_LOST:
                        silent.set()
                        far.sendall(sent)
                        back.join(5)
                        break
                    far.sendall(sent)
            for end in (near, far):
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            back.join()

    def _fate_of(self, sent: bytes) -> Fate:
        head = sent.partition(b"\r\n\r\n")[0].decode("latin-1")
        if not head.startswith(("GET ", "POST ", "HEAD ")):
            return Fate.PASSES
        self.heads.append(head)
        return self.fate(head.partition("\r\n")[0])

    def _carry_back(self, far: socket.socket, near: socket.socket, silent: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while answered := far.recv(CHUNK):
                time.sleep(self.seconds)
                if silent.is_set():
                    break
                near.sendall(answered)
                self.received += len(answered)
        with contextlib.suppress(OSError):
            near.shutdown(socket.SHUT_RDWR)
