"""A PostgreSQL server of one's own: on a socket in a folder that is thrown away, in about a second.

It listens on no network, keeps nothing safe on disk (which tests do not need), and never runs as root.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

OWNER = "replenish"
UNPRIVILEGED = ("postgres", "nobody")
DEBIAN = Path("/usr/lib/postgresql")
# Nothing here survives a crash of the machine, and no test asks it to.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")
PATIENCE_SECONDS = 20.0


class PostgresqlMissing(Exception):
    """The programs are not on this machine; the message says what to install."""


@dataclass(frozen=True)
class Server:
    """A running server."""

    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        """What `REPLENISH_DATABASE` takes."""
        return f"postgresql://{OWNER}@/postgres?host={self.folder}"

    def stop(self) -> None:
        """End the server at once and remove its folder."""
        # Fast: whoever is still connected (a pool at the end of a run) is sent away.
        self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)


def start_server(settings: Sequence[str] = FAST) -> Server:
    """Make a new, empty server and wait until it takes connections.

    Args:
        settings: its settings, as `name=value`.

    Raises:
        PostgresqlMissing: `initdb` or `postgres` cannot be found, or there is no user to run them as.
    """
    initdb, postgres = _program("initdb"), _program("postgres")
    user = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="replenish-pg-"))
    if user:
        shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)
    files = folder / "files"
    made = subprocess.run(
        [initdb, "--pgdata", files, "--username", OWNER, "--auth", "trust", "--encoding", "UTF8",
         "--locale", "C", "--no-sync", "--no-instructions"],
        user=user, cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode:
        raise PostgresqlMissing(f"initdb made no database: {made.stderr.strip()}")
    options = [part for setting in settings for part in ("-c", setting)]
    said = folder / "said.txt"
    with said.open("wb") as output:
        process = subprocess.Popen(
            [postgres, "-D", files, "-k", folder, "-c", "listen_addresses=", *options],
            user=user, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            start_new_session=True,
        )  # fmt: skip
    server = Server(folder, process)
    _wait(server, said)
    return server


def _wait(server: Server, said: Path) -> None:
    ready = "ready to accept connections"
    end = time.monotonic() + PATIENCE_SECONDS
    while ready not in (text := said.read_text(encoding="utf-8", errors="replace")):
        if server.process.poll() is not None or time.monotonic() > end:
            server.process.kill()
            raise PostgresqlMissing(f"the PostgreSQL server did not start: {text.strip()}")
        time.sleep(0.02)


def _program(name: str) -> Path:
    """The newest program of this name: on the path, or where Debian keeps it."""
    folders = sorted(DEBIAN.glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    for folder in folders:
        if (folder / name).exists():
            return folder / name
    found = shutil.which(name)
    if found is None:
        raise PostgresqlMissing(f"{name} is not on this machine: install PostgreSQL (Debian: postgresql)")
    return Path(found)


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root: the user to become, or none where one is not root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    for name in UNPRIVILEGED:
        if name in names:
            return name
    raise PostgresqlMissing(f"there is no user to run PostgreSQL as: {' or '.join(UNPRIVILEGED)}")
