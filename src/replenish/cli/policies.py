"""`replenish policies`: how much other ways of publishing give away, beside this software's own rule."""

from __future__ import annotations

import argparse

from replenish.basis.errors import refuse
from replenish.basis.faults import AttackFault
from replenish.cli.arguments import whole
from replenish.cli.printing import Progress, print_json, print_table, say
from replenish.disclosure.attack.policies import (
    Figures,
    compare_policies,
    keeps_the_promise,
    to_plain,
)
from replenish.simulate.attack_world import draw_year

MOST_ORGANISATIONS = 200
LEAST_TEAMS, MOST_TEAMS = 4, 400
BROKEN = 1

HEAD = (
    "way of publishing",
    "proved",
    "proved +-1",
    "touched",
    "guessed +-1",
    "whole +-1",
    "R2",
    "shown",
    "alone",
    "error",
)

MEANING = """\
proved: share of answers of which only one value is left; proved +-1: of which a guess is surely within one
point of five; touched: of which some value is ruled out. guessed +-1: share of answers within one point of
the best estimate; whole +-1: of the whole point nearest to it. R2: how much of the differences between
members of a team the guesses explain. shown, alone: share of teams with a figure, and with one of their own.
error: of the figure against the true team mean, in points of 1-5 (root mean square)."""


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser(
        "policies",
        help="compare what ways of publishing give away",
        description="Simulate years of weekly answers, publish them in the ways that are common and by this "
        "software's own rule, and attack all of them alike. Exit code 0 when the rule keeps its promise in "
        "these years, 1 when it does not.",
    )
    command.add_argument("--organisations", type=whole, default=6, metavar="N", help="how many years (6)")
    command.add_argument("--teams", type=whole, default=40, metavar="N", help="teams in each (40)")
    command.add_argument(
        "--seed", type=whole, default=0, metavar="N", help="the same seed gives the same years (0)"
    )
    command.add_argument("--json", action="store_true", help="print the figures as JSON")
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Simulate, publish, attack, print."""
    _check("organisations", chosen.organisations, 1, MOST_ORGANISATIONS)
    _check("teams", chosen.teams, LEAST_TEAMS, MOST_TEAMS)
    _check("seed", chosen.seed, 0, 2**31)
    progress = Progress(quiet=chosen.json)
    years = (draw_year(seed=chosen.seed + at, teams=chosen.teams) for at in range(chosen.organisations))
    figures = compare_policies(
        years,
        seed=chosen.seed,
        progress=lambda _, done: progress("attacking", done / chosen.organisations),
    )
    holds = keeps_the_promise(figures)
    if chosen.json:
        print_json({"holds": holds, "policies": to_plain(figures)})
    else:
        print_table(HEAD, (_cells(row) for row in figures))
        say(MEANING)
    return 0 if holds else BROKEN


def _check(name: str, given: int, low: int, high: int) -> None:
    if not low <= given <= high:
        refuse(AttackFault.POLICIES_NUMBER, option=f"--{name}", given=given, low=low, high=high)


def _cells(row: Figures) -> tuple[str, ...]:
    shares = (
        row.proved_exactly,
        row.proved_within_one,
        row.some_value_ruled_out,
        row.guessed_within_one,
        row.nearest_within_one,
    )
    return (
        row.policy,
        *(_share(value) for value in shares),
        "-" if row.within_team_r2 is None else f"{row.within_team_r2:.3f}",
        _share(row.teams_shown),
        _share(row.teams_alone),
        "-" if row.error is None else f"{row.error:.2f}",
    )


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"
