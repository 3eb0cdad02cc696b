"""`replenish start`: a demo that is served, or the report of one's own file, without a manual."""

from __future__ import annotations

import argparse
import sys
import webbrowser
from pathlib import Path

from replenish.basis.errors import refuse
from replenish.basis.faults import CommandFault
from replenish.cli import report
from replenish.cli.arguments import whole
from replenish.measures.library import load_pack
from replenish.measures.tables import read_table

OWN_PACKS = ("replenish-weekly", "replenish-round")
DEMO, REPORT = "replenish-demo", "replenish-report"


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser(
        "start",
        help="begin here: an invented organisation to look at, or your own file",
        description="Without a file: invent an organisation with half a year of rounds, serve it on this "
        "machine, and print one link for each part; again shows the same one. With a file of answers: draw "
        "a report of it, with the options of `replenish report`.",
    )
    report.add_report_arguments(command, file_required=False)
    command.add_argument(
        "--out", metavar="DIR", help=f"where the demo or the report goes ({DEMO} or {REPORT})"
    )
    command.add_argument(
        "--new", action="store_true", help="make the demo afresh; the earlier one is kept under another name"
    )
    command.add_argument(
        "--port", type=whole, metavar="N", help="the port of the demo (8410, or the next that is free)"
    )
    command.add_argument("--no-open", action="store_true", help="open no browser")
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Serve the demo, or draw a report and show where it is."""
    opens = not chosen.no_open and sys.stdout.isatty()
    if not chosen.file:
        # The running system is an extra of its own; a report needs nothing of it.
        from replenish.cli.demo.serving import serve_demo

        return serve_demo(Path(chosen.out or DEMO), new=chosen.new, port=chosen.port, opens=opens)
    page = draw_own(chosen).resolve()
    print(page)
    if opens:
        webbrowser.open(page.as_uri())
    return 0


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
    chosen.out = chosen.out or REPORT
    report.run(chosen)
    return Path(chosen.out) / "report.html"
