"""Reference pages that are written from the code itself: commands, refusals, instruments.

`./run docs` writes them; a test of the gate fails while they differ from the code.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from replenish.basis.faults import every_fault
from replenish.cli.main import parser
from replenish.measures.library import list_packs

REFERENCE = Path(__file__).resolve().parent / "reference"
GENERATED = "*This page is written from the code by `./run docs`.*"
ABOUT_COMMANDS = (
    "Figures go to standard output, everything about them to standard error. Exit codes: 0 done; "
    "1 the attack recovered something; 2 refused, with one clear sentence; 130 interrupted."
)
ABOUT_REFUSALS = (
    "Every refusal names the file, row and column where there are any (row 1 is the first row below "
    "the header). The code is stable; the sentence may improve."
)
ABOUT_INSTRUMENTS = (
    "Keys only: item numbers, reversals, ranges and scoring. The wording of published instruments is "
    "brought by those who may use it."
)


def write_pages(folder: Path) -> list[Path]:
    """Write every generated page into a folder; returns their paths."""
    pages = {"commands.md": commands(), "refusals.md": refusals(), "instruments.md": instruments()}
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in pages]


def commands() -> str:
    """One section per command: what it does, its arguments and options."""
    lines = ["# Commands", "", GENERATED, ""]
    lines += [ABOUT_COMMANDS, ""]
    for name, command in subcommands(parser()):
        description = command.description or ""
        lines += [f"## replenish {name}", "", description, "", "| argument | meaning |", "|---|---|"]
        lines += [f"| {spelling(action)} | {cell(action.help)} |" for action in listed(command)]
        lines.append("")
    return "\n".join(lines)


def subcommands(
    command: argparse.ArgumentParser, prefix: str = ""
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that does something, with its full name."""
    groups = [action for action in command._actions if isinstance(action, argparse._SubParsersAction)]  # noqa: SLF001 - argparse offers no public way to list its commands
    if not groups:
        yield prefix.strip(), command
    for group in groups:
        for name, child in group.choices.items():
            yield from subcommands(child, f"{prefix} {name}")


def listed(command: argparse.ArgumentParser) -> list[argparse.Action]:
    """The arguments a person may give, without `--help`."""
    actions = command._actions  # noqa: SLF001 - argparse offers no public way to list its arguments
    return [action for action in actions if action.dest != "help" and action.help != argparse.SUPPRESS]


def spelling(action: argparse.Action) -> str:
    """How an argument is written: `--scale COL=MIN,MAX`."""
    value = action.metavar if action.metavar is not None else action.dest.upper() * (action.nargs != 0)
    shown = value if isinstance(value, str) else " ".join(value)
    if not action.option_strings:
        return f"`{shown}`"
    required = " (required)" if action.required else ""
    return f"`{' '.join([action.option_strings[-1], shown]).strip()}`{required}"


def cell(text: str | None) -> str:
    """Text that stays inside a table cell."""
    return re.sub(r"\s+", " ", text or "").replace("|", "\\|").replace("%%", "%")


def refusals() -> str:
    """The catalogue of refusals, code by code."""
    lines = ["# Refusals", "", GENERATED, ""]
    lines += [ABOUT_REFUSALS, ""]
    lines += ["| code | sentence |", "|---|---|"]
    lines += [f"| `{fault.code}` | {cell(fault.sentence)} |" for fault in every_fault()]
    return "\n".join([*lines, ""])


def instruments() -> str:
    """Every shipped pack: its scales, what may be done with it, where its key comes from."""
    lines = ["# Instruments", "", GENERATED, ""]
    lines += [ABOUT_INSTRUMENTS, ""]
    lines += ["| id | instrument | items | scales | source |", "|---|---|---|---|---|"]
    for pack in list_packs():
        scales = ", ".join(scale.code for scale in pack.scales)
        row = [f"`{pack.id}`", pack.title, str(len(pack.items)), scales, str(pack.source)]
        lines.append("| " + " | ".join(cell(text) for text in row) + " |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    for page in write_pages(REFERENCE):
        sys.stdout.write(f"{page.name}\n")
