"""`replenish ledger`: read what administrators did, and see that nobody changed the record of it."""

from __future__ import annotations

import argparse

from replenish.cli.arguments import whole
from replenish.cli.organisation_naming import add_organisation, organisation_of
from replenish.cli.printing import print_json, say
from replenish.cli.running import prepare

BROKEN = 1
FEW = 50


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command and its two parts."""
    top = commands.add_parser(
        "ledger",
        help="read and verify what administrators did",
        description="The ledger holds what administrators did and what was released, and never that anybody "
        "answered. docs/reference/ledger-events.md lists its events.",
    )
    parts = top.add_subparsers(title="parts", metavar="PART", required=True)
    verify = parts.add_parser(
        "verify",
        help="see that nothing was changed",
        description="Read the whole chain and find every entry that was changed, removed, inserted or moved. "
        "Each night and each close the head is signed and kept beside the keys; the chain is held against "
        "these. Who holds the keys too is found out only by a head that was kept elsewhere: give it with "
        "--head. Exit code 1 when something is found.",
    )
    verify.add_argument("--head", metavar="HASH", help="the head that an earlier run printed")
    verify.add_argument("--json", action="store_true", help="print JSON for machines")
    verify.set_defaults(run=run_verify)
    show = parts.add_parser(
        "show",
        help="print the entries of an organisation",
        description="Print the entries about one organisation, oldest first.",
    )
    add_organisation(show)
    show.add_argument(
        "--installation", action="store_true", help="instead, the entries about the whole installation"
    )
    show.add_argument("--after", type=whole, default=0, metavar="N", help="from the entry after number N")
    show.add_argument("--limit", type=whole, default=FEW, metavar="N", help=f"at most so many ({FEW})")
    show.add_argument("--json", action="store_true", help="print JSON for machines")
    show.set_defaults(run=run_show)


def run_verify(chosen: argparse.Namespace) -> int:
    """Verify the chain and print its head."""
    prepare()
    from replenish.ledger.queries import verify

    found = verify(pinned=chosen.head)
    if chosen.json:
        print_json(
            {
                "entries": found.entries,
                "head": found.head,
                "signed_until": found.signed_until,
                "unbroken": found.unbroken,
                "findings": [{"number": one.number, "why": one.why.name.lower()} for one in found.findings],
            }
        )
    else:
        print(f"entries  {found.entries}")
        print(f"head     {found.head or '-'}")
        print(f"signed   {f'until entry {found.signed_until}' if found.signed_until else '-'}")
        for one in found.findings:
            print(f"entry {one.number}: {one.why.value}")
    if found.unbroken:
        say("Unbroken. Let the representative note the head: `--head` then also finds what came after.")
        return 0
    say("Broken. Keep a copy of the database as it is, and tell the representative.")
    return BROKEN


def run_show(chosen: argparse.Namespace) -> int:
    """Print entries."""
    prepare()
    from replenish.basis.identifiers import canonical_json
    from replenish.ledger.actions import WHOLE_INSTALLATION
    from replenish.ledger.queries import entries

    organisation = WHOLE_INSTALLATION if chosen.installation else organisation_of(chosen)
    found = entries(organisation, after=max(chosen.after, 0), limit=max(chosen.limit, 0))
    if chosen.json:
        print_json(
            [
                {
                    "number": one.number,
                    "at": one.at.isoformat(),
                    "event": one.event,
                    "actor": one.actor,
                    "content": one.content,
                    "hash": one.hash,
                }
                for one in found
            ]
        )
        return 0
    for one in found:
        print(f"{one.number}  {one.at:%Y-%m-%d %H:%M}  {one.event}, by {one.actor}")
        for key, value in sorted(one.content.items()):
            print(f"    {key}: {value if isinstance(value, str) else canonical_json(value)}")
    return 0
