"""`replenish nightly`: what is due, the rewrite, and the backup."""

from __future__ import annotations

import argparse

from replenish.cli.backup import add_places, places_of
from replenish.cli.printing import REFUSED, Progress, say
from replenish.cli.running import prepare


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser(
        "nightly",
        help="do the night's work; again is harmless",
        description="Close and open the rounds that are due, write all boxes and seats anew under a fresh "
        "outer key, and back up to the places of the last backup. `replenish serve` starts it by itself.",
    )
    add_places(command)
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Do the night's work and say what came of it."""
    prepare()
    from replenish.safekeeping.nightly import nightly

    night = nightly(Progress(), places=places_of(chosen))
    for what, numbers in {
        "opened": night.opened,
        "closed": night.closed,
        "given up, because its key is lost": night.cancelled,
        "with a new key": night.new_keys,
    }.items():
        for number in numbers:
            print(f"round {number}: {what}")
    if night.backup:
        for warning in night.backup.warnings:
            say(warning)
        print(night.backup.data)
        print(night.backup.key_file)
    elif not night.refused:
        say("No backup was made: nobody has said yet where backups go. Give --to and --keys-to once.")
    if night.letters_are_waiting:
        say("The mail server did not take all letters. The next night tries again.")
    for refusal in night.refused:
        for problem in refusal.problems:
            say(f"{problem}.")
    return REFUSED if night.refused else 0
