"""The part of `replenish organisation` that shows the kinds of places one chooses among."""

from __future__ import annotations

import argparse

from replenish.cli.printing import print_json, print_table, say
from replenish.cli.running import prepare


def add_parts(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register settings."""
    command = parts.add_parser(
        "settings",
        help="the kinds of places, and what each brings",
        description="The kinds of places an organisation is set up as. A kind decides words, rhythms and "
        "examples on pages, and nothing about anybody. Its file can be replaced by one of your own.",
    )
    command.add_argument("--json", action="store_true", help="print JSON for machines, with everything in it")
    command.set_defaults(run=run_settings)


def run_settings(chosen: argparse.Namespace) -> int:
    """Print every preset."""
    prepare()
    from replenish.people.presets import every_preset

    there = every_preset()
    if chosen.json:
        print_json([one.model_dump(mode="json") for one in there])
        return 0
    print_table(
        ["setting", "what it is", "people called", "supervision", "examples", "written on"],
        [
            [
                one.setting.value,
                one.title,
                one.people.many,
                f"{len(one.supervision)} with source",
                str(len(one.hard_encounters)),
                one.written_on.isoformat(),
            ]
            for one in there
        ],
    )
    say(
        "Choose one with `replenish organisation create NAME --setting KIND`; it can be changed on the pages."
    )
    return 0
