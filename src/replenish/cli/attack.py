"""`replenish attack`: what could anybody still work out from everything published?"""

from __future__ import annotations

import argparse
from pathlib import Path

from replenish.basis.errors import refuse
from replenish.basis.faults import AtRestFault, DisclosureFault, TableFault
from replenish.cli import guess_attack, instance_attack
from replenish.cli.arguments import UNIT_HELP, answer_scale, columns
from replenish.cli.printing import Progress, print_json
from replenish.disclosure.attack import Roster, plain_of_text, proof_attack, read_roster
from replenish.measures.tables import read_table

RECOVERED = 1
PROMISED = "promised"


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser(
        "attack",
        help="try to work out an answer from everything published",
        description="Play an adversary who knows every team, who answered, and every release: for each "
        "answer, solve for the values that are still possible. Exit code 0 when nothing can be ruled out, "
        "1 when something can. With --guess: how well single answers could be guessed; 1 when better than "
        "the rule allows.",
    )
    command.add_argument("file", nargs="?", metavar="RELEASES.json", help="the release file, as published")
    command.add_argument(
        "--roster",
        metavar="FILE",
        help="who works where: the unit columns, and if known `people`, `person`, `round` (who answered)",
    )
    command.add_argument(
        "--unit", type=columns, default=("unit",), metavar="COL[,COL]", help=f"in the roster: {UNIT_HELP}"
    )
    command.add_argument(
        "--colluders",
        type=colluders,
        default=0,
        metavar="K",
        help="how many members of each group tell their own answers (0); `promised`: as many as the rule "
        "protects against",
    )
    command.add_argument(
        "--persistent", action="store_true", help="also suppose that nobody changed an answer between rounds"
    )
    command.add_argument(
        "--other-groups",
        type=columns,
        default=(),
        metavar="COL,...",
        help="in the roster: columns that group the same people in another way, such as role or site",
    )
    command.add_argument(
        "--scale",
        type=answer_scale,
        action="append",
        default=[],
        metavar="COL=MIN,MAX[,STEP]",
        help="the answers that were really possible, where you know better than the file",
    )
    command.add_argument("--json", action="store_true", help="print the findings as JSON")
    guess_attack.add_arguments(command)
    instance_attack.add_arguments(command)
    command.set_defaults(run=run)


def colluders(text: str) -> int | str:
    """A number of colluding members, or the number the rule promises to withstand."""
    if text == PROMISED:
        return PROMISED
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"'{text}' is neither a whole number from 0 nor `{PROMISED}`")
    return int(text)


def run(chosen: argparse.Namespace) -> int:
    """Attack and report."""
    guess_attack.refuse_mixtures(chosen)
    if chosen.instance:
        return instance_attack.run(chosen)
    if chosen.file is None:
        refuse(AtRestFault.NOTHING_TO_ATTACK)
    published = read_published(chosen.file)
    if chosen.guess is not None:
        return guess_attack.run(chosen, published)
    roster = read_roster_file(chosen) if chosen.roster else None
    progress = Progress(quiet=chosen.json)
    found = proof_attack(
        published,
        roster=roster,
        colluders=chosen.colluders,
        persistent=chosen.persistent,
        scales=chosen.scale,
        progress=lambda done, all_blocks: progress("attacking", done / max(1, all_blocks)),
    )
    if chosen.json:
        print_json(found.to_plain())
    else:
        print(found.summary())
    return 0 if found.holds else RECOVERED


def read_published(path: str) -> object:
    """The file as it stands: the attack trusts nothing in it, so nothing is checked away beforehand."""
    file = Path(path)
    if not file.is_file():
        refuse(TableFault.FILE_MISSING, file=path)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        refuse(DisclosureFault.RELEASE_FORMAT, file=path, why="it is not text")
    return plain_of_text(text, file=path)


def read_roster_file(chosen: argparse.Namespace) -> Roster:
    """The roster as a table."""
    table = read_table(chosen.roster)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.frame.iter_rows()]
    return read_roster(rows, units=chosen.unit, second_breakdowns=chosen.other_groups, file=chosen.roster)
