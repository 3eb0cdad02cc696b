"""`replenish attack --instance`: play a thief of everything stored at one's own installation."""

from __future__ import annotations

import argparse
from pathlib import Path

from replenish.cli import running
from replenish.cli.printing import print_json, say

RECOVERED = 1


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The options of an attack on one's own installation."""
    command.add_argument(
        "--instance",
        action="store_true",
        help="attack everything stored at this installation instead of a file: database, keys, backups, logs",
    )
    command.add_argument(
        "--backups", type=Path, metavar="DIR", help="with --instance: the folder of the data backups"
    )
    command.add_argument(
        "--log",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="with --instance: a log of the server, or of anything in front of it; may be repeated",
    )
    command.add_argument(
        "--report",
        type=Path,
        metavar="FILE.html",
        help="with --instance: write a page that a staff representative can read",
    )


def run(chosen: argparse.Namespace) -> int:
    """Attack the installation that the settings name, and say what was found."""
    running.prepare()
    # Rooms with tables can be imported only now.
    from replenish.cli.instance_reading import read_installation
    from replenish.cli.instance_report import draw, text
    from replenish.disclosure.attack.at_rest.installation import attack_installation

    findings = attack_installation(read_installation(backups=chosen.backups, logs=chosen.log))
    if chosen.report:
        chosen.report.write_text(draw(findings), encoding="utf-8")
        say(f"The report: {chosen.report.resolve()}")
    if chosen.json:
        print_json(findings.to_plain())
    else:
        print(text(findings))
    return 0 if findings.holds else RECOVERED
