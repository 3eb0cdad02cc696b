"""The parts of `replenish organisation` that answer a doubt about slips, with two keys."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from replenish.cli.organisation_naming import add_asker, add_organisation, asker_by_code, organisation_of
from replenish.cli.printing import print_json, print_table, say
from replenish.cli.running import prepare


def add_parts(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register doubts and answer-doubt."""
    listed = parts.add_parser(
        "doubts",
        help="doubts about how many slips were made",
        description="The groups in which somebody doubts how many slips were made, and what was answered. "
        "Nobody knows who raised a doubt, or how many did.",
    )
    add_organisation(listed)
    listed.add_argument("--json", action="store_true", help="print JSON for machines")
    listed.set_defaults(run=run_doubts)
    answer = parts.add_parser(
        "answer-doubt",
        help="answer a doubt, with two keys",
        description="Answer a doubt about slips in one line that everybody in the group reads. A steward of "
        "all its units or a representative proposes the words, and the other one agrees. Say what is so "
        "and what you do about it; never ask who doubted.",
    )
    answer.add_argument("group", metavar="GROUP", help="the group, as `doubts` names it")
    what = answer.add_mutually_exclusive_group(required=True)
    what.add_argument("--words", metavar="WORDS", help="propose this answer: at most 200 letters")
    what.add_argument("--agree", action="store_true", help="agree on the answer that was proposed")
    add_asker(answer)
    answer.set_defaults(run=run_answer)


def run_doubts(chosen: argparse.Namespace) -> int:
    """Print every doubt."""
    prepare()
    from replenish.conditions.doubts import doubts_of

    shown = doubts_of(organisation_of(chosen))
    if chosen.json:
        print_json([asdict(one) for one in shown])
        return 0
    for one in shown:
        if one.proposed:
            say(f"Proposed for {one.group}, waits for a {one.waits_for}: {one.proposed}")
    print_table(["group", "answer"], [[one.group, one.answer or "-"] for one in shown])
    if not shown:
        say("Nobody doubts how many slips were made.")
    return 0


def run_answer(chosen: argparse.Namespace) -> int:
    """Propose an answer, or agree on it."""
    prepare()
    from replenish.conditions.doubts import agree_on_answer, propose_answer

    asker = asker_by_code(chosen)
    if chosen.agree:
        words = agree_on_answer(asker=asker, group=chosen.group)
        say(f"Everybody in the group now reads: {words}")
        return 0
    propose_answer(asker=asker, group=chosen.group, words=chosen.words)
    say("It waits for the other key: `replenish organisation answer-doubt GROUP --agree`.")
    return 0
