"""`replenish simulate`: an organisation with known truth, as files."""

from __future__ import annotations

import argparse

from replenish.cli.arguments import whole
from replenish.cli.printing import print_json, say
from replenish.simulate import simulate_organisation, write_organisation


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser(
        "simulate",
        help="make an organisation with known truth",
        description="Make an organisation with known truth: answers of every round, headcounts, facts of "
        "provision, and the truth behind them. For learning, for tests and for the attack.",
    )
    command.add_argument("--teams", type=whole, default=40, metavar="N", help="how many teams (40)")
    command.add_argument(
        "--people",
        type=whole,
        metavar="N",
        help="how many people; without it team sizes of 4 to 30 with a median of 9",
    )
    command.add_argument("--rounds", type=whole, default=1, metavar="N", help="rounds of four weeks (1)")
    command.add_argument(
        "--seed", type=whole, default=1, metavar="N", help="the same seed gives the same organisation (1)"
    )
    command.add_argument("--out", required=True, metavar="DIR", help="a new or empty folder")
    command.add_argument("--json", action="store_true", help="print JSON for machines")
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Simulate and write."""
    organisation = simulate_organisation(
        teams=chosen.teams, people=chosen.people, rounds=chosen.rounds, seed=chosen.seed
    )
    folder = write_organisation(organisation, chosen.out)
    people = sum(organisation.rounds[-1].headcount.values())
    rounds = "one round" if chosen.rounds == 1 else f"{chosen.rounds} rounds"
    say(f"{people:,} invented people in {chosen.teams:,} teams, {rounds}: {folder}")
    if chosen.json:
        rounds_made = len(organisation.rounds)
        print_json({"folder": str(folder), "people": people, "teams": chosen.teams, "rounds": rounds_made})
    return 0
