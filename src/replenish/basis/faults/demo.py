"""Refusals of the demo: what an invented organisation cannot do, said before anything is served."""

from __future__ import annotations

from replenish.basis.errors import Fault


class DemoFault(Fault):
    """Why the demo cannot be made or shown."""

    PAGE = (
        "demo.page",
        (
            "the demo was not finished: an invented person met a page that answered with {status} ({page}). "
            "Nothing of yours was touched; `./run start --new` begins again"
        ),
    )
    NO_PORT = (
        "demo.no_port",
        "no port from {first} to {last} is free here; stop another program, or name one with --port",
    )
    SERVER = (
        "demo.server",
        "the demo is made, but its server did not answer in {seconds} seconds; the same command tries again",
    )
    FOLDER = (
        "demo.folder",
        (
            "in {folder} there is something that this demo did not make, so it was left alone; name another "
            "folder with --out"
        ),
    )
