"""The part of `replenish organisation` that says what is arranged for every team."""

from __future__ import annotations

import argparse

from replenish.cli.organisation_naming import add_organisation, operator
from replenish.cli.printing import print_json, print_table, say
from replenish.cli.running import prepare

KINDS = ("debrief", "reflection")


def add_parts(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register offer and offers."""
    offer = parts.add_parser(
        "offer",
        help="say what every team can have, and whom it turns to",
        description="Say that debriefs, or time to reflect, are arranged for every team. Each team then "
        "gets the offer in about every second window of two days, whether anybody asked or not, so that "
        "nobody can tell who asked. Arrange it first: an offer that leads nowhere does harm.",
    )
    offer.add_argument("kind", choices=KINDS, help="what is arranged")
    what = offer.add_mutually_exclusive_group(required=True)
    what.add_argument("--turn-to", metavar="WORDS", help="a name, a place or a number, as teams will read it")
    what.add_argument("--end", action="store_true", help="it is no longer arranged")
    add_organisation(offer)
    offer.set_defaults(run=run_offer)
    offers = parts.add_parser(
        "offers", help="what is arranged", description="What is arranged for every team."
    )
    add_organisation(offers)
    offers.add_argument("--json", action="store_true", help="print JSON for machines")
    offers.set_defaults(run=run_offers)


def run_offer(chosen: argparse.Namespace) -> int:
    """Arrange something, or end it."""
    prepare()
    from replenish.debrief.actions import arrange, end_arrangement

    asker = operator(chosen)
    if chosen.end:
        end_arrangement(asker=asker, kind=chosen.kind)
        say("It is no longer offered.")
        return 0
    arrange(asker=asker, kind=chosen.kind, turn_to=chosen.turn_to)
    say("The first offers go out after the next night.")
    return 0


def run_offers(chosen: argparse.Namespace) -> int:
    """Print what is arranged."""
    prepare()
    from replenish.debrief.queries import arrangements

    there = arrangements(operator(chosen).organisation)
    if chosen.json:
        print_json(dict(there))
        return 0
    print_table(["what", "teams turn to"], [[kind, turn_to] for kind, turn_to in sorted(there.items())])
    return 0
