"""`replenish serve`: the pages, on this machine, without a line written about anybody who opens them."""

from __future__ import annotations

import argparse
import os
import secrets
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from types import FrameType

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import WebFault
from replenish.cli.printing import say
from replenish.cli.running import prepare

PORT = 8410
LOOPBACK = ("127.0.0.1", "localhost", "::1")
APPLICATION = "replenish.site.wsgi:application"
WORKERS = 2
# A page waits for PostgreSQL, and meanwhile its worker can answer others. With SQLite everything is work of
# the worker itself: its threads would only take turns, and wait for each other while they hold its one lock.
THREADS = {"sqlite": 1, "postgresql": 4}
STOP_SECONDS = 20
TICK_SECONDS = 30
NIGHT_COMMAND = (sys.executable, "-m", "replenish.cli", "nightly")
CALM_ENDS = (0, -signal.SIGTERM, -signal.SIGINT)
# After the last late shift has ended and before the first early one begins, in most of Europe.
NIGHT_HOUR = 2


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser(
        "serve",
        help="serve the pages",
        description="Prepare the folder of this installation, its keys and its database, and serve pages. "
        "Ctrl+C or a signal stops it. Requests are not logged. Settings come from environment variables: "
        "docs/how-to/serve.md lists them.",
    )
    command.add_argument("--port", type=int, default=PORT, help=f"the port to listen on ({PORT})")
    command.add_argument(
        "--host", default=LOOPBACK[0], help="the address to listen on; https is needed beyond this machine"
    )
    command.add_argument(
        "--no-nightly", action="store_true", help="leave the night's work to another process"
    )
    command.add_argument(
        "--prepare-only", action="store_true", help="make the folder, the keys and the database, and end"
    )
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Prepare, serve, and stop calmly."""
    # Where no address is given, cards and slips carry the one that works on this machine.
    os.environ.setdefault("REPLENISH_ADDRESS", f"http://localhost:{chosen.port}")
    prepare(database=False)
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    if chosen.host not in LOOPBACK and not settings.REPLENISH_SECURE:
        refuse(WebFault.OPEN_NETWORK, host=chosen.host)
    prepare_folders(settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS)
    # The database, its log and whatever the server and the night write are for their owner alone, also where
    # the database lies in a folder that others can enter.
    os.umask(0o077)
    call_command("migrate", verbosity=0, interactive=False)
    if chosen.prepare_only:
        say(f"Prepared: {settings.REPLENISH_INSTANCE}.")
        return 0
    done = _night_done(settings.REPLENISH_KEYS)
    command = server_command(chosen.host, chosen.port, connection.vendor)
    server = subprocess.Popen(command)  # noqa: S603 - our own interpreter and a fixed target
    where = f"listening on {chosen.host}, port {chosen.port}"
    say(f"Replenish is at {settings.REPLENISH_ADDRESS}/ ({where}). Ctrl+C stops it.")
    return watch(server, done, nightly=not chosen.no_nightly)


def _night_done(keys: Path) -> date | None:
    from replenish.safekeeping.upkeep import read_upkeep

    begun = datetime.fromtimestamp((keys / "forms.key").stat().st_mtime, UTC).date()
    return first_night(clock.now(), last=read_upkeep().night, begun=begun)


def prepare_folders(instance: Path, keys: Path) -> None:
    """Make the folders of the installation and of its keys, for their owner alone, and the key of forms."""
    for folder in (instance, keys):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    forms_key = keys / "forms.key"
    if not forms_key.exists():
        # Written under another name first: a server that starts at the same moment never reads half a key.
        unfinished = forms_key.with_name(f"forms.key.{os.getpid()}.part")
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        unfinished.replace(forms_key)


def server_command(host: str, port: int, database: str, application: str = APPLICATION) -> list[str]:
    """Granian in a process of its own, which reads the settings afresh and knows nothing else.

    Args:
        host: the address to listen on.
        port: the port there.
        database: `sqlite` or `postgresql`.
        application: what is served.
    """
    return [
        sys.executable, "-m", "granian", application,
        "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(WORKERS), "--blocking-threads", str(THREADS[database]), "--no-ws",
        "--workers-kill-timeout", str(STOP_SECONDS), "--no-access-log", "--log-level", "error",
    ]  # fmt: skip


def watch(server: subprocess.Popen[bytes], done: date | None, *, nightly: bool) -> int:
    """Wait for the server to end; once a day start the night's work beside it."""

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signature of a handler
        server.terminate()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    night: subprocess.Popen[bytes] | None = None
    while True:
        try:
            code = server.wait(timeout=TICK_SECONDS)
        except subprocess.TimeoutExpired:
            if nightly and night_is_due(clock.now(), done):
                done = clock.today()
                night = subprocess.Popen(NIGHT_COMMAND)  # noqa: S603 - a fixed command
            continue
        if night is not None:
            # Broken off it would be taken up again the next night; it is short, so it may end.
            night.wait()
        if code in CALM_ENDS:
            say("Stopped. What people sent is kept.")
            return 0
        say(f"The server ended by itself (code {code}). Another program may be using its port.")
        return 1


def first_night(now: datetime, *, last: date | None, begun: date) -> date | None:
    """The day whose night counts as done when the server starts.

    A night that was missed is due at once. A machine that is off at night would otherwise never close a round
    or destroy its key, and its answers could be read for as long. A new installation waits for its first one.

    Args:
        now: the time.
        last: the day of the last night that was finished.
        begun: the day on which the installation was made.
    """
    if last is not None:
        return last
    here = now.astimezone(UTC)
    return begun if begun == here.date() and here.hour > NIGHT_HOUR else None


def night_is_due(now: datetime, done: date | None) -> bool:
    """Whether the night's work of this day has not been started yet and its hour has come."""
    return now.astimezone(UTC).hour >= NIGHT_HOUR and now.astimezone(UTC).date() != done
