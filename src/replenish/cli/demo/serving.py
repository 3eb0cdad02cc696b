"""Serving a demo: its own settings, a free port, one link for each part, and an end without leftovers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import webbrowser
from itertools import groupby
from pathlib import Path

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults.demo import DemoFault
from replenish.cli.demo.keeping import Door, Folder, Note, tables_now
from replenish.cli.demo.ports import free_port
from replenish.cli.printing import say
from replenish.cli.running import prepare
from replenish.cli.serve import LOOPBACK, STOP_SECONDS, WORKERS, server_command, watch

WAIT_SECONDS = 120
STARTED = b"Started worker-"
OLD_DAYS = 28
OWN = "REPLENISH_"


def serve_demo(path: Path, *, new: bool, port: int | None, opens: bool) -> int:
    """Make the demo where it is not there yet, serve it, and print its links.

    Args:
        path: its folder.
        new: begin afresh, and keep the earlier one under another name.
        port: the port; the first that is free from the usual one on unless given.
        opens: whether a browser is opened.
    """
    chosen = free_port(port)
    folder = Folder(path.resolve())
    _settings_of_its_own(folder, chosen)
    # What ends this command while it waits for the server must not leave the server behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # Answers of invented people, but the keys beside them are real: for their owner alone.
    os.umask(0o077)
    folder.path.mkdir(parents=True, exist_ok=True)
    prepare(database=False)
    note = _demo(folder, new=new)
    from django.db import connection

    connection.close()
    server = _served(server_command(LOOPBACK[0], chosen, connection.vendor))
    address = f"http://localhost:{chosen}"
    _print_links(address, note)
    if opens:
        webbrowser.open(address)
    return watch(server, clock.today(), nightly=True)


def _settings_of_its_own(folder: Folder, port: int) -> None:
    """No setting of a real installation reaches a demo, so that nothing is ever invented in one."""
    for name in [name for name in os.environ if name.startswith(OWN)]:
        del os.environ[name]
    os.environ["REPLENISH_INSTANCE"] = str(folder.installation)
    os.environ["REPLENISH_ADDRESS"] = f"http://localhost:{port}"
    os.environ["REPLENISH_DEMO"] = "yes"


def _demo(folder: Folder, *, new: bool) -> Note:
    from replenish.cli.demo.making import catch_up

    note = folder.note()
    if note is not None and note.made_on is None:
        folder.clear_unfinished()
        note = None
    if note is not None and (new or note.tables != tables_now()):
        if not new:
            say("The demo in this folder was made by another version of Replenish, so a new one is made.")
        say(f"The earlier demo is kept in {folder.put_aside()}. Remove that folder whenever you like.")
        note = None
    if note is None:
        return _made(folder)
    catch_up()
    if note.made_on is not None and (clock.today() - note.made_on).days > OLD_DAYS:
        say(f"This demo ends on {note.made_on}. `./run start --new` makes one that reaches up to today.")
    return note


def _made(folder: Folder) -> Note:
    from replenish.cli.demo.making import catch_up, make

    begun = time.monotonic()
    what = "Inventing half a year of an organisation"
    say(f"{what} ...")
    folder.write(Note(tables=tables_now()))
    day = clock.today()
    doors = make(lambda step: say(f"{what}: {step}"), today=day)
    catch_up()
    note = Note(tables=tables_now(), made_on=day, doors=doors)
    folder.write(note)
    say(f"Invented in {time.monotonic() - begun:.0f} seconds. It lies in {folder.path}.")
    return note


def _served(command: list[str]) -> subprocess.Popen[bytes]:
    """The server, once all of its workers take requests: a link that is printed must open.

    It tells of its workers in its own log. One that is told to stop while a worker begins would wait for that
    worker for ever, so it has a group of its own that can be ended whole.
    """
    server = subprocess.Popen(  # noqa: S603 - our own interpreter and a fixed target
        [*command, "--log-level", "info"], stdout=subprocess.PIPE, start_new_session=True
    )
    begun = threading.Event()
    threading.Thread(target=_listen, args=(server, begun), daemon=True).start()
    try:
        if not begun.wait(WAIT_SECONDS) or server.poll() is not None:
            refuse(DemoFault.SERVER, seconds=WAIT_SECONDS)
    except BaseException:
        _end(server)
        raise
    # From here on a signal stops the server; before its links are printed, so that whoever reads them may.
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: server.terminate())
    return server


def _listen(server: subprocess.Popen[bytes], begun: threading.Event) -> None:
    """Read what the server says to its end; the event is set when all workers began, or when it ended."""
    waiting = WORKERS
    for line in server.stdout or ():
        waiting -= STARTED in line
        if not waiting:
            begun.set()
    begun.set()


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        if os.name == "nt":
            server.kill()
        else:
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _print_links(address: str, note: Note) -> None:
    """On standard output: whoever reads it, a person or a program, gets the links and nothing else."""
    for organisation, doors in groupby(note.doors, key=lambda door: door.organisation):
        print(f"\n{organisation} (invented)")
        for door in doors:
            _print_link(address, door)
    print(f"\nReplenish is at {address}/", flush=True)
    say("Open each link in a private window of its own: one browser holds one part at a time.")
    say("Ctrl+C stops it.")
    sys.stdout.flush()


def _print_link(address: str, door: Door) -> None:
    who = f"{door.part}, {door.name}" if door.name else door.part
    print(f"  {who}: {door.shows}\n    {address}{door.address}")
    print("    or type " + ", ".join(f"{field} {value}" for field, value in door.typed.items()))
