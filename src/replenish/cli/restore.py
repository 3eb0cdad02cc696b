"""`replenish restore`: an installation out of a data backup and the newest key file."""

from __future__ import annotations

import argparse
from pathlib import Path

from replenish.cli.printing import Progress, say
from replenish.cli.running import prepare


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser(
        "restore",
        help="restore an installation from both artefacts",
        description="Restore into an empty installation; stop the server first. Boxes that were erased "
        "since the backup stay erased, rounds that were closed stay closed, and what was published stays "
        "published. Answers to open rounds come back with each person's next visit.",
    )
    command.add_argument("data", metavar="BACKUP", help="a data backup, from SQLite or PostgreSQL alike")
    command.add_argument("--keys", metavar="FILE", required=True, help="the newest key file, or its folder")
    command.add_argument("--replace", action="store_true", help="give up everything this installation holds")
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Restore, and say what everybody should know."""
    prepare(database=False)
    from replenish.safekeeping.restore import restore

    restored = restore(Path(chosen.data), Path(chosen.keys), replace=chosen.replace, tell=Progress())
    print(f"Restored the backup of {restored.made_on}: {restored.rows:,} rows.")
    rounds = len(restored.rounds_with_new_keys)
    if rounds:
        say(
            f"{rounds} open {'round has' if rounds == 1 else 'rounds have'} a new key. Everybody's next "
            "visit contributes again from their own box; nobody needs to fill in anything twice."
        )
    say("People who joined since that backup need a new slip. Run `replenish doctor`, then start the server.")
    return 0
