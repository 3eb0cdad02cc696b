"""The command `replenish`: one file per command, one way to refuse.

Exit codes: 0 done, 1 the attack recovered something, 2 refused (one clear sentence on standard error),
130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from replenish import __version__
from replenish.basis.errors import Refused
from replenish.cli import (
    analyse,
    attack,
    backup,
    convert,
    doctor,
    instruments,
    ledger,
    nightly,
    organisation,
    policies,
    release,
    reliability,
    report,
    restore,
    rounds,
    score,
    serve,
    simulate,
    start,
)
from replenish.cli.printing import REFUSED, say

COMMANDS = (
    start,
    instruments,
    score,
    convert,
    analyse,
    reliability,
    report,
    release,
    attack,
    policies,
    simulate,
    serve,
    organisation,
    rounds,
    ledger,
    nightly,
    backup,
    restore,
    doctor,
)
INTERRUPTED = 130


def parser() -> argparse.ArgumentParser:
    """The whole command line, one subparser per command."""
    top = argparse.ArgumentParser(
        prog="replenish",
        description="Notice compassion fatigue early, and change the conditions that cause it.",
        epilog="`replenish COMMAND --help` explains one command.",
    )
    top.add_argument("--version", action="version", version=f"replenish {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in COMMANDS:
        module.add_command(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; refusals are said, never traced."""
    try:
        chosen = parser().parse_args(arguments)
        code: int = chosen.run(chosen)
        sys.stdout.flush()
    except Refused as refusal:
        print_refusal(refusal)
        return REFUSED
    except KeyboardInterrupt:
        say("Stopped. Nothing was written half.")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe (`| head`) has gone; what it read was whole lines.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def print_refusal(refusal: Refused) -> None:
    """Say every problem on a line of its own, the first twenty of them."""
    shown = refusal.problems[:20]
    for one in shown:
        say(f"{one}.")
    if hidden := len(refusal.problems) - len(shown):
        say(f"... and {hidden} more.")
