"""`replenish rounds`: plan a season, open and close what is due, pause, cancel, draw slips, look."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO

from replenish.basis.errors import Refused, refuse
from replenish.basis.faults.rounds import RoundFault
from replenish.cli.organisation_naming import add_organisation, day, organisation_of
from replenish.cli.printing import REFUSED, print_json, print_table, say
from replenish.cli.running import prepare


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser(
        "rounds",
        help="seasons, rounds and slips of an organisation",
        description="Plan seasons, draw slips, pause and cancel rounds. Rounds open and close by themselves "
        "each night; `open` and `close` do it now.",
    )
    parts = command.add_subparsers(title="parts", metavar="PART", required=True)
    plan = parts.add_parser(
        "plan",
        help="fix the groups of the next season and the days of its rounds",
        description="Form the reporting groups from the declared headcount and set three rounds.",
    )
    plan.add_argument("--starts-on", type=day, metavar="DAY", help="the first day (the next that is free)")
    plan.add_argument(
        "--pause", type=_pause, action="append", default=[], metavar="DAY..DAY",
        help="holidays, first and last day, such as 2026-12-21..2027-01-03; more than once if needed",
    )  # fmt: skip
    plan.add_argument(
        "--keep", action="append", default=[], metavar="GROUP", help="a group with a running action"
    )
    open_ = parts.add_parser("open", help="open the rounds whose day has come")
    open_.add_argument(
        "--holder", type=_named, action="append", default=[], metavar="NAME=AGE-KEY",
        help="split the keys of these rounds: the age key of each of two people or more",
    )  # fmt: skip
    close = parts.add_parser("close", help="close the rounds whose day has come; again is harmless")
    close.add_argument("round", nargs="?", metavar="ROUND", help="one round by its id, for a split key")
    close.add_argument(
        "--half", type=_named, action="append", default=[], metavar="NAME=FILE",
        help="a file with the opened half of a split key",
    )  # fmt: skip
    pause = parts.add_parser("pause", help="let holidays pause the rounds; none loses a day")
    pause.add_argument("days", type=_pause, metavar="DAY..DAY", help="the first day and the last")
    cancel = parts.add_parser("cancel", help="give a round up: its answers and its key are destroyed")
    cancel.add_argument("round", metavar="ROUND", help="its id, from `status`")
    slips = parts.add_parser("draw-slips", help="print the slips that two people agreed on, once")
    slips.add_argument("proposal", metavar="PROPOSAL", help="the id of the confirmed proposal")
    slips.add_argument(
        "--out", required=True, metavar="FILE", help="the PDF to write; there is no second copy"
    )
    slips.add_argument("--fresh", action="store_true", help="let the seats of these units lapse first")
    status = parts.add_parser("status", help="seasons, groups and rounds")
    status.add_argument("--json", action="store_true", help="print JSON for machines")
    runs = {plan: run_plan, open_: run_open, close: run_close, pause: run_pause, cancel: run_cancel,
            slips: run_slips, status: run_status}  # fmt: skip
    for part, run in runs.items():
        if part not in (open_, close):
            add_organisation(part)
        part.set_defaults(run=run)


def _pause(text: str) -> tuple[date, date]:
    first, separator, last = text.partition("..")
    if not separator:
        raise argparse.ArgumentTypeError(f"'{text}' is no pause; write it as 2026-12-21..2027-01-03")
    return day(first), day(last)


def _named(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not (name and separator and value):
        raise argparse.ArgumentTypeError(f"'{text}' is not written as NAME=VALUE")
    return name, value


def run_plan(chosen: argparse.Namespace) -> int:
    """Plan and print the groups."""
    prepare()
    from replenish.conditions import queries, rounds
    from replenish.conditions.calendar import DAY, Pause
    from replenish.people.askers import operator_of

    organisation = organisation_of(chosen)
    rounds.plan_season(
        asker=operator_of(organisation),
        starts_on=chosen.starts_on,
        continuing=chosen.keep,
        pauses=[Pause(first, last + DAY) for first, last in chosen.pause],
    )
    season = queries.seasons(organisation)[-1]
    print(f"season {season.number}: {season.season}")
    for label in season.groups:
        print(f"  {label}")
    if season.reason:
        say(season.reason)
    return 0


def run_open(chosen: argparse.Namespace) -> int:
    """Open what is due."""
    prepare()
    from replenish.conditions import rounds

    for row in rounds.open_due(holders=dict(chosen.holder)):
        print(f"round {row.number} is open until {row.closes_on}: {row.id}")
    return 0


def run_close(chosen: argparse.Namespace) -> int:
    """Close what is due; nothing of a release is printed before it may be read."""
    prepare()
    from replenish.conditions import gate, rounds

    if chosen.round:
        shares = {name: Path(file).read_text(encoding="ascii").strip() for name, file in chosen.half}
        released = gate.close(chosen.round, shares=shares or None)
        print(f"release {released.number} is closed; it can be read from {released.visible_from}")
        return 0
    outcomes = rounds.close_due()
    for outcome in outcomes:
        done = "given up" if outcome.cancelled else "not closed" if outcome.refused else "closed"
        print(f"round {outcome.number}: {done}")
        if outcome.refused:
            say(str(outcome.refused))
    return REFUSED if any(outcome.refused for outcome in outcomes) else 0


def run_pause(chosen: argparse.Namespace) -> int:
    """Pause and print the new days."""
    prepare()
    from replenish.conditions import rounds
    from replenish.conditions.calendar import DAY
    from replenish.people.askers import operator_of

    first, last = chosen.days
    asker = operator_of(organisation_of(chosen))
    for row in rounds.pause(asker=asker, first=first, until=last + DAY):
        print(f"round {row.number}: {row.starts_on} until {row.closes_on}")
    return 0


def run_cancel(chosen: argparse.Namespace) -> int:
    """Give a round up."""
    prepare()
    from replenish.conditions import rounds
    from replenish.people.askers import operator_of

    rounds.cancel(chosen.round, asker=operator_of(organisation_of(chosen)))
    say("The round is cancelled. Its answers and its key are gone, and nothing is published about it.")
    return 0


def run_slips(chosen: argparse.Namespace) -> int:
    """Draw slips into a new file."""
    prepare()
    from replenish.conditions import rounds
    from replenish.people.askers import operator_of

    target, asker = Path(chosen.out), operator_of(organisation_of(chosen))
    with _new_private_file(target) as file:
        file.write(rounds.print_slips(asker=asker, proposal=chosen.proposal, fresh=chosen.fresh))
    say(f"Written: {target}. Print it, cut it, put each unit's slips into one envelope, and delete the file.")
    return 0


@contextmanager
def _new_private_file(target: Path) -> Iterator[BinaryIO]:
    """A new file for its owner alone: whoever reads the codes can take every seat. None stays on a refusal.

    It is made before anything is drawn, so that no slips are drawn that cannot be written down.
    """
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except OSError:
        refuse(RoundFault.SLIPS_FILE, file=target)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
    except Refused:
        target.unlink()
        raise


def run_status(chosen: argparse.Namespace) -> int:
    """Print seasons and rounds; never how many people answered."""
    prepare()
    from replenish.conditions import queries, rounds

    organisation = organisation_of(chosen)
    seasons, held = queries.seasons(organisation), queries.rounds(organisation)
    afresh = [" / ".join(path) for path in rounds.units_to_draw_afresh(organisation)]
    if chosen.json:
        print_json(
            {
                "seasons": [
                    {"season": one.season, "number": one.number, "starts_on": one.starts_on.isoformat(),
                     "ends_on": one.ends_on.isoformat(), "groups": list(one.groups), "reason": one.reason}
                    for one in seasons
                ],
                "rounds": [
                    {"round": one.round, "season": one.season, "number": one.number, "state": one.state,
                     "starts_on": one.starts_on.isoformat(), "closes_on": one.closes_on.isoformat(),
                     "visible_from": one.visible_from.isoformat() if one.visible_from else None}
                    for one in held
                ],
                "draw_afresh": afresh,
            }
        )  # fmt: skip
        return 0
    for season in seasons:
        print(f"season {season.number} ({season.season}), {season.starts_on} until {season.ends_on}")
        for label in season.groups or (season.reason or "",):
            print(f"  {label}")
    rows = [
        (one.round, str(one.number), str(one.starts_on), str(one.closes_on), one.state,
         str(one.visible_from or ""))
        for one in held
    ]  # fmt: skip
    print_table(("round", "number", "from", "closes", "state", "readable from"), rows)
    for unit in afresh:
        say(f"More seats than people in {unit}: agree on new slips and draw them with --fresh.")
    return 0
