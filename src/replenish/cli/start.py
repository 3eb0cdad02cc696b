"""`replenish start`: the main job without a manual, on an invented organisation or on one's own file."""

from __future__ import annotations

import argparse
import sys
import webbrowser
from pathlib import Path

from replenish.basis.errors import refuse
from replenish.basis.faults import CommandFault
from replenish.cli import report
from replenish.cli.answers import read_answers
from replenish.cli.printing import Progress, say
from replenish.disclosure.release import Release
from replenish.measures.library import load_pack
from replenish.measures.tables import read_table
from replenish.report.build import build_report
from replenish.report.files import require_writable, write_report
from replenish.simulate import simulate_organisation, write_organisation

OWN_PACKS = ("replenish-weekly", "replenish-round")
OWN_QUESTIONS = ("--unit", "service,team", "--instrument", ",".join(OWN_PACKS))
DEMO_TITLE = "An invented organisation"
DEMO_TEAMS, DEMO_ROUNDS, DEMO_SEED = 150, 3, 11


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser(
        "start",
        help="begin here: an example, or your own file",
        description="Without a file: invent an organisation, follow it through three rounds, and draw its "
        "report. With a file of answers: draw a report of it, with the options of `replenish report`.",
    )
    report.add_report_arguments(command, file_required=False)
    command.add_argument(
        "--out", metavar="DIR", help="where the report goes (replenish-demo or replenish-report)"
    )
    command.add_argument("--no-open", action="store_true", help="only say where the report is")
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Draw a report and show where it is."""
    page = draw_own(chosen) if chosen.file else draw_example(Path(chosen.out or "replenish-demo"))
    print(page.resolve())
    if not chosen.no_open and sys.stdout.isatty():
        webbrowser.open(page.resolve().as_uri())
    return 0


def draw_example(folder: Path) -> Path:
    """Invent an organisation, close its rounds one after the other, and draw the last."""
    out = folder / "report"
    require_writable(out)
    say(f"Inventing an organisation of {DEMO_TEAMS} teams and following it through {DEMO_ROUNDS} rounds ...")
    organisation = simulate_organisation(teams=DEMO_TEAMS, rounds=DEMO_ROUNDS, seed=DEMO_SEED)
    files = write_organisation(organisation, folder / "answers")
    reading = argparse.ArgumentParser()
    report.add_report_arguments(reading)
    chain: list[Release] = []
    for number in range(1, DEMO_ROUNDS + 1):
        headcount = files / f"headcount-round-{number}.csv"
        words = [str(files / f"answers-round-{number}.csv"), "--headcount", str(headcount)]
        chosen = reading.parse_args([*words, *OWN_QUESTIONS])
        answers = read_answers(chosen, outcomes=())
        chain = report.close(chosen, answers, Progress(), earlier=chain)
    write_report(build_report(chain, answers.questions, title=DEMO_TITLE), out)
    say(f"The invented answers, and the truth behind them: {files.resolve()}")
    return out / "report.html"


def draw_own(chosen: argparse.Namespace) -> Path:
    """A report of one's own file; with our own item codes as columns, the unit is all that must be named."""
    found = read_table(chosen.file).columns
    own = [pack for pack in OWN_PACKS if set(load_pack(pack).item_codes) & set(found)]
    if not chosen.instrument and not chosen.scale and own:
        chosen.instrument = tuple(own)
    if not chosen.unit or not (chosen.instrument or chosen.scale):
        refuse(
            CommandFault.START_WHICH_COLUMNS,
            file=chosen.file,
            columns=", ".join(f"'{name}'" for name in found[:20]),
        )
    chosen.out = chosen.out or "replenish-report"
    report.run(chosen)
    return Path(chosen.out) / "report.html"
