"""Serving a demo: its own settings, a free port, one link for each part, and an end without leftovers."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import webbrowser
from http.client import HTTPConnection, HTTPException
from itertools import groupby
from pathlib import Path

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults.demo import DemoFault
from replenish.cli.demo.keeping import Door, Folder, Note, tables_now
from replenish.cli.printing import say
from replenish.cli.running import prepare
from replenish.cli.serve import LOOPBACK, PORT, server_command, watch

PORTS = 50
WAIT_SECONDS, TRIED_SECONDS, TRY_SECONDS = 120, 20, 0.1
SHOWN = 200
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
    chosen = port or _free_port()
    folder = Folder(path.resolve())
    _settings_of_its_own(folder, chosen)
    # Answers of invented people, but the keys beside them are real: for their owner alone.
    os.umask(0o077)
    folder.path.mkdir(parents=True, exist_ok=True)
    prepare(database=False)
    note = _demo(folder, new=new)
    from django.db import connection

    connection.close()
    server = subprocess.Popen(server_command(LOOPBACK[0], chosen, connection.vendor))  # noqa: S603 - our own
    try:
        _wait_for(server, chosen)
    except BaseException:
        server.terminate()
        server.wait()
        raise
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


def _free_port() -> int:
    """The usual port, or the next one that is free."""
    found = next((port for port in range(PORT, PORT + PORTS) if _is_free(port)), None)
    if found is None:
        refuse(DemoFault.NO_PORT, first=PORT, last=PORT + PORTS - 1)
    return found


def _is_free(port: int) -> bool:
    """Whether nobody answers there, by any address of this machine that a browser would try."""
    try:
        with socket.create_connection(("localhost", port), timeout=TRIED_SECONDS):
            return False
    except OSError:
        return True


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    """Until the first page is there: a link that is printed must open."""
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until and server.poll() is None:
        connection = HTTPConnection(LOOPBACK[0], port, timeout=TRIED_SECONDS)
        try:
            connection.request("GET", "/")
            if connection.getresponse().status == SHOWN:
                return
        except (OSError, HTTPException):
            time.sleep(TRY_SECONDS)
        finally:
            connection.close()
    refuse(DemoFault.SERVER, seconds=WAIT_SECONDS)


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
