"""`replenish organisation`: set an organisation up, keep its units, and turn the two keys."""

from __future__ import annotations

import argparse

from replenish.cli import (
    organisation_accounts,
    organisation_doubts,
    organisation_offers,
    organisation_proposals,
    organisation_settings,
    organisation_units,
)
from replenish.cli.arguments import whole
from replenish.cli.printing import print_json, print_table, say
from replenish.cli.running import prepare

SETTINGS_HELP = "school, childrens-home, social-work, hospice, charity or other; see `organisation settings`"


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command and everything below it."""
    top = commands.add_parser(
        "organisation",
        help="organisations, units, appointments, headcounts and slips",
        description="Set an organisation up and keep it: its units through time, who acts for it, and the "
        "headcounts and slips that a steward and a representative agree on. Everything done here is "
        "written to the ledger.",
    )
    parts = top.add_subparsers(title="parts", metavar="PART", required=True)
    _add_create(parts)
    _add_list(parts)
    organisation_settings.add_parts(parts)
    organisation_units.add_parts(parts)
    organisation_accounts.add_parts(parts)
    organisation_doubts.add_parts(parts)
    organisation_offers.add_parts(parts)
    organisation_proposals.add_parts(parts)


def _add_create(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = parts.add_parser("create", help="begin an organisation", description="Begin an organisation.")
    command.add_argument("name", metavar="NAME", help="what it is called")
    command.add_argument("--setting", required=True, metavar="KIND", help=SETTINGS_HELP)
    command.add_argument(
        "--floor", type=whole, metavar="N", help="the least number of voices behind a figure: 7, or more"
    )
    command.add_argument("--json", action="store_true", help="print JSON for machines")
    command.set_defaults(run=create)


def _add_list(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = parts.add_parser(
        "list", help="the organisations there are", description="The organisations of this installation."
    )
    command.add_argument("--json", action="store_true", help="print JSON for machines")
    command.set_defaults(run=list_all)


def create(chosen: argparse.Namespace) -> int:
    """Begin an organisation and print its id."""
    prepare()
    from replenish.disclosure.bands import FLOOR
    from replenish.people.actions import create_organisation

    floor = FLOOR if chosen.floor is None else chosen.floor
    organisation = create_organisation(name=chosen.name, setting=chosen.setting, floor=floor)
    if chosen.json:
        print_json({"organisation": organisation})
        return 0
    print(organisation)
    say(
        "Next: appoint an operator with `replenish organisation appoint operator --name NAME`, who sets up "
        "the rest on pages; or go on here with `replenish organisation units --import FILE`."
    )
    return 0


def list_all(chosen: argparse.Namespace) -> int:
    """Print every organisation."""
    prepare()
    from replenish.people.queries import organisations

    there = organisations()
    if chosen.json:
        print_json(
            [
                {
                    "organisation": one.organisation,
                    "name": one.name,
                    "setting": one.setting,
                    "floor": one.floor,
                    "created_on": one.created_on.isoformat(),
                }
                for one in there
            ]
        )
        return 0
    print_table(
        ["name", "id", "setting", "floor", "since"],
        [
            [one.name, one.organisation, one.setting, str(one.floor), one.created_on.isoformat()]
            for one in there
        ],
    )
    return 0
