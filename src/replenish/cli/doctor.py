"""`replenish doctor`: what could let answers be read or be lost, and what to do about it."""

from __future__ import annotations

import argparse
import textwrap

from replenish.cli.printing import print_json, say
from replenish.cli.running import prepare

FOUND = 1
WIDTH = 96


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser(
        "doctor",
        help="look for what could let answers be read or be lost",
        description="Look at keys, folders, settings, database, nights and backups. Nothing is changed and "
        "nothing leaves this machine. Ends with 1 when there is a danger.",
    )
    command.add_argument("--json", action="store_true", help="the findings as JSON")
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Examine, and report calmly."""
    prepare()
    from replenish.safekeeping.doctor.examination import examine
    from replenish.safekeeping.doctor.finding import Weight

    found = examine()
    dangers = sum(finding.weight is Weight.DANGER for finding in found)
    if chosen.json:
        print_json(
            [{"name": one.name, "weight": one.weight.value, "what": one.what, "do": one.do} for one in found]
        )
        return FOUND if dangers else 0
    for finding in found:
        print(f"{finding.weight.value}: {finding.name}")
        print(textwrap.indent(textwrap.fill(finding.what, WIDTH), "  "))
        print(textwrap.indent(textwrap.fill(finding.do, WIDTH), "  > "))
    say(
        f"{dangers or 'No'} {'danger' if dangers == 1 else 'dangers'}, "
        f"{len(found) - dangers or 'no'} {'piece' if len(found) - dangers == 1 else 'pieces'} of advice."
    )
    return FOUND if dangers else 0
