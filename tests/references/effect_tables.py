"""The tables of docs/explanation/did-it-help.md, from what the simulations wrote.

    python -m tests.references.effect_tables

writes them into the page between its marks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "explanation" / "did-it-help.md"
EVIDENCE = ROOT / "docs" / "evidence"
BY = {"values": "exact means", "bands": "bands"}
LIVED = (
    "simulated organisations, as many with an action that does nothing as with one that takes about 6 points "
    "off. Starts are drawn by lot and mostly staggered; people leave, and the strained answer less. In half "
    "of the organisations more leave (50 % a year), and strain silences more."
)
POOLED_HEAD = (
    "| judged from | 90 % intervals that hold, from 4 + 4 groups | null: helped | null: or probably |",
    "|---|---|---|---|",
)
CELLS_HEAD = (
    "| judged from | groups | world | effect | intervals | error | helped | or probably | either worse |",
    "|---|---|---|---|---|---|---|---|---|",
)
CHOSEN = (
    "Conditions have nothing to do with each other; one of them has an effect of so many standard errors, or "
    "none has. The last column says how often any rule could draw an order that the right one leads, if it "
    "may put chance in order in 5 % of organisations."
)
FIRST_HEAD = (
    "| groups of people | conditions | effect | by | right one named | order | and led by it | at best |",
    "|---|---|---|---|---|---|---|---|",
)
PRINTED_BY = {"model": "the model", "print": "what is printed"}


def percent(share: float | None) -> str:
    """As printed; a dash where there is none."""
    return "–" if share is None else f"{100 * share:.1f} %"


def points(value: float | None) -> str:
    """As printed; a dash where there is none."""
    return "–" if value is None else f"{value:.1f}"


def rates(kept: Mapping[str, Any]) -> str:
    """How often effects are judged rightly: pooled, then by kind of organisation."""
    enough = {by: kept["pooled"][by]["at least four and four"] for by in BY}
    null = {by: kept["pooled"][by]["an action that does nothing"] for by in BY}
    lines = [f"{kept['organisations']:,} {LIVED}", "", *POOLED_HEAD]
    lines += [
        f"| {name} | {percent(enough[by]['coverage'])} of {enough[by]['intervals']:,} | "
        f"{percent(null[by]['helped'])} | {percent(null[by]['either_word'])} |"
        for by, name in BY.items()
    ]
    lines += ["", *CELLS_HEAD]
    lines += [
        f"| {BY[cell['by']]} | {cell['size']} | {cell['world']} | {cell['truth']:.1f} | "
        f"{percent(cell['coverage'])} | {points(cell['mean_se'])} | {percent(cell['helped'])} | "
        f"{percent(cell['either_word'])} | {percent(cell['worse'])} |"
        for cell in kept["cells"]
    ]
    return "\n".join(lines)


def first(kept: Mapping[str, Any]) -> str:
    """How often the right condition is named, and how often chance is put in order."""
    lines = [CHOSEN, "", *FIRST_HEAD]
    for line in kept["lines"]:
        place = line["place"]
        effect = f"{place['effect']:.0f} SE" if place["effect"] else "none"
        lines.append(
            f"| {place['groups']} of {place['people']} | {place['conditions']} | {effect} | "
            f"{PRINTED_BY[line['by']]} | {percent(line['right'])} | {percent(line['order'])} | "
            f"{percent(line['order_and_right'])} | {percent(line['best_possible'])} |"
        )
    return "\n".join(lines)


def tables() -> dict[str, str]:
    """By the name of the mark in the page."""
    read = {name: json.loads((EVIDENCE / f"{name}.json").read_text("utf-8")) for name in ("effects", "first")}
    return {"rates": rates(read["effects"]), "first": first(read["first"])}


def between(page: str, name: str) -> str:
    """What stands in the page between a mark and the next end."""
    found = re.search(rf"<!-- {name} -->\n\n(.*?)\n\n<!-- end -->", page, flags=re.DOTALL)
    return "" if found is None else found.group(1)


def main() -> None:
    """Write the tables into the page."""
    page = PAGE.read_text(encoding="utf-8")
    for name, table in tables().items():
        page = re.sub(
            rf"<!-- {name} -->.*?<!-- end -->",
            f"<!-- {name} -->\n\n{table}\n\n<!-- end -->",
            page,
            flags=re.DOTALL,
        )
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
