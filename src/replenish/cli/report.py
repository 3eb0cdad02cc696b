"""`replenish report`: from a file of answers to a conditions report nobody can be found in."""

from __future__ import annotations

import argparse
from pathlib import Path

from replenish.cli.answers import Answers, add_answer_arguments, read_answers, read_headcount
from replenish.cli.arguments import columns
from replenish.cli.printing import Progress, print_json, say
from replenish.cli.release import ONCE, partition_for
from replenish.disclosure.bands import FLOOR
from replenish.disclosure.release import Release, read_releases
from replenish.report.build import build_report
from replenish.report.closing import close_round
from replenish.report.files import require_writable, write_report

TITLE = "Our work and how it is"


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser(
        "report",
        help="a conditions report nobody can be found in",
        description="Turn a file of answers into a conditions report: a page, a PDF, JSON and CSV of the "
        "same numbers, and the release file behind them. Only bands for groups of seven or more and coarse, "
        "bounded effects are printed.",
    )
    add_report_arguments(command)
    command.add_argument(
        "--out", required=True, metavar="DIR", help="a new or empty folder, or an earlier report"
    )
    command.add_argument("--json", action="store_true", help="print JSON for machines")
    command.set_defaults(run=run)


def add_report_arguments(command: argparse.ArgumentParser, *, file_required: bool = True) -> None:
    """What a report needs to know beside the answers."""
    add_answer_arguments(command, file_required=file_required)
    command.add_argument(
        "--outcomes",
        type=columns,
        default=(),
        metavar="COL,...",
        help="the columns that say what people carry",
    )
    command.add_argument(
        "--conditions",
        type=columns,
        default=(),
        metavar="COL,...",
        help="the columns that say what they work in",
    )
    command.add_argument(
        "--higher-is-better", type=columns, default=(), metavar="COL,...", help="columns where more is better"
    )
    command.add_argument(
        "--lower-is-better", type=columns, default=(), metavar="COL,...", help="columns where less is better"
    )
    command.add_argument(
        "--title",
        default=TITLE,
        metavar="TEXT",
        help="what stands at the top, such as the name of the organisation",
    )


def run(chosen: argparse.Namespace) -> int:
    """Read, close the round, draw."""
    folder = Path(chosen.out)
    require_writable(folder)
    progress = Progress()
    progress("Reading the answers")
    answers = read_answers(chosen, outcomes=chosen.outcomes, conditions=chosen.conditions)
    earlier = read_releases(chosen.after) if chosen.after else []
    releases = close(chosen, answers, progress, earlier=earlier)
    questions = answers.questions
    del answers  # the rows are done with, and drawing takes memory of its own
    progress("Drawing the report")
    write_report(build_report(releases, questions, title=chosen.title), folder)
    say(ONCE)
    say(f"Written: {folder / 'report.html'}, report.pdf, report.json, report.csv, releases.json")
    if chosen.json:
        print_json({"folder": str(folder), "round": releases[-1].round, "release": releases[-1].hash})
    return 0


def close(
    chosen: argparse.Namespace, answers: Answers, progress: Progress, *, earlier: list[Release]
) -> list[Release]:
    """The chain of releases, this round the last."""
    headcount = read_headcount(chosen.headcount, chosen.unit) if chosen.headcount else None
    release = close_round(
        round=chosen.round or f"round {len(earlier) + 1}",
        units=answers.units,
        values=answers.values,
        scales=answers.scales,
        questions=answers.questions,
        partition=partition_for(chosen, answers.units, headcount, earlier),
        headcount=headcount,
        earlier=earlier,
        floor=chosen.floor or FLOOR,
        new_season=chosen.new_season,
        progress=progress,
    )
    return [*earlier, release]
