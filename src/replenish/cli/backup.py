"""`replenish backup`: both artefacts, to two places; or a look at them without restoring."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from replenish.basis.errors import refuse
from replenish.basis.faults import SafekeepingFault
from replenish.cli.printing import Progress, say
from replenish.cli.running import prepare

if TYPE_CHECKING:
    from replenish.safekeeping.places import Places

HOLDER = (
    "Whoever holds both, the backups and the key file, can compare two backups and see which boxes were used "
    "between them; nobody can open a box without its card."
)


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser(
        "backup",
        help="back up the installation in two artefacts, or verify them",
        description="Write a data backup to one folder and the key file to another; restoring needs both. "
        "The places are remembered for the nights. Answers to rounds are in no backup, and neither are the "
        "keys of rounds.",
        epilog=HOLDER,
    )
    add_places(command)
    command.add_argument(
        "--verify",
        metavar="FILE",
        nargs="?",
        const="",
        help="make no backup, but read one whole (the newest unless named) and open its outer layer",
    )
    command.set_defaults(run=run)


def add_places(command: argparse.ArgumentParser) -> None:
    """The arguments that say where backups go."""
    command.add_argument("--to", metavar="DIR", help="the folder of the data backups")
    command.add_argument("--keys-to", metavar="DIR", help="the folder of the key file, somewhere else")
    command.add_argument("--keep", type=int, metavar="N", help="how many data backups are kept (14)")


def run(chosen: argparse.Namespace) -> int:
    """Back up or verify."""
    prepare(database=chosen.verify is None)
    from replenish.safekeeping.nightly import back_up
    from replenish.safekeeping.places import backups_in
    from replenish.safekeeping.verify import verify

    places = require_places(chosen)
    if chosen.verify is not None:
        newest = backups_in(places.data)[-1:]
        if not chosen.verify and not newest:
            refuse(SafekeepingFault.FILE_MISSING, file=places.data)
        file = Path(chosen.verify) if chosen.verify else newest[0]
        found = verify(file, places.keys, Progress())
        print(f"{file}: whole, made on {found.made_on}, {found.rows:,} rows, {found.boxes:,} boxes")
        return 0
    made = back_up(places, Progress())
    for warning in made.warnings:
        say(warning)
    print(made.data)
    print(made.key_file)
    if made.dropped:
        say(f"Dropped, and its key forgotten: {', '.join(made.dropped)}")
    return 0


def require_places(chosen: argparse.Namespace) -> Places:
    """Where backups go: as given now, or as given the last time.

    Raises:
        Refused: nobody has ever said it.
    """
    places = places_of(chosen)
    if places is None:
        refuse(SafekeepingFault.PLACES_UNKNOWN)
    return places


def places_of(chosen: argparse.Namespace) -> Places | None:
    """Where backups go; None where nobody has ever said it."""
    from replenish.safekeeping.places import KEEP, Places
    from replenish.safekeeping.upkeep import read_upkeep

    known = read_upkeep().places
    data = Path(chosen.to) if chosen.to else known and known.data
    keys = Path(chosen.keys_to) if chosen.keys_to else known and known.keys
    if not data or not keys:
        return None
    keep = chosen.keep if chosen.keep is not None else known.keep if known else KEEP
    return Places(data, keys, keep)
