"""`replenish instruments`: which packs there are, what one says, and whether a file fits."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from replenish.basis.errors import refuse
from replenish.basis.faults import CommandFault
from replenish.cli.arguments import columns
from replenish.cli.printing import print_json
from replenish.cli.wordings import PACK_FILES, find_pack, is_wording_file, read_wording
from replenish.measures.formats.codebook import codebook
from replenish.measures.formats.detection import read_questionnaire
from replenish.measures.formats.pack_form import pack_form
from replenish.measures.formats.safe_writing import table_text
from replenish.measures.library import list_packs, read_pack
from replenish.measures.pack import Pack
from replenish.measures.wording import template


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command and its four verbs."""
    group = commands.add_parser(
        "instruments", help="which instruments there are, and whether a file fits one"
    ).add_subparsers(title="what to do", metavar="VERB", required=True)
    listing = group.add_parser("list", help="every shipped pack", description="List every shipped pack.")
    listing.add_argument("--json", action="store_true", help="print as JSON")
    listing.set_defaults(run=run_list)
    show = group.add_parser(
        "show",
        help="everything one pack says",
        description="Print everything a pack says: items, scales, facts with source and mark, licence.",
    )
    show.add_argument("id", metavar="ID", help="a pack, or a pack file of your own (.yaml)")
    show.add_argument("--json", action="store_true", help="print as JSON")
    show.set_defaults(run=run_show)
    blank = group.add_parser(
        "template",
        help="an empty wording file",
        description="Print an empty wording file for a pack: fill in the text you may use, then check it.",
    )
    blank.add_argument("id", metavar="ID", help="a pack, or a pack file of your own (.yaml)")
    blank.add_argument("--json", action="store_true", help="print as JSON")
    blank.set_defaults(run=run_template)
    check = group.add_parser(
        "check",
        help="check a pack, a wording file or a questionnaire",
        description="Check a pack file of your own (.yaml), a wording file against the key of a pack, or a "
        "questionnaire in any format that is read; with --instrument also whether it fits that key.",
    )
    check.add_argument("file", metavar="FILE", help="the file to check")
    check.add_argument("--instrument", metavar="ID", help="the pack whose key the file should fit")
    check.add_argument(
        "--without", type=columns, default=(), metavar="CODE,...", help="leave these questions out"
    )
    check.add_argument("--json", action="store_true", help="print as JSON")
    check.set_defaults(run=run_check)


def run_list(chosen: argparse.Namespace) -> int:
    """Print the packs."""
    packs = list_packs()
    if chosen.json:
        print_json(
            [{"id": p.id, "title": p.title, "items": len(p.items), "version": p.version} for p in packs]
        )
        return 0
    rows = [[p.id, str(len(p.items)), "disputed" if is_disputed(p) else "", p.title] for p in packs]
    width = max(len(row[0]) for row in rows)
    for code, items, disputed, title in rows:
        print(f"{code:{width}}  {items:>3} items  {title}{'  (disputed key)' if disputed else ''}")
    return 0


def is_disputed(pack: Pack) -> bool:
    """Whether a part of the key is not settled and must be confirmed before it is used."""
    return pack.disputed is not None or any(scale.disputed for scale in pack.scales)


def run_show(chosen: argparse.Namespace) -> int:
    """Print one pack whole."""
    pack = find_pack(chosen.id)
    if chosen.json:
        print_json({**pack.model_dump(mode="json", exclude_defaults=True), "content_hash": pack.content_hash})
        return 0
    print(codebook(pack_form(pack), pack))
    if pack.facts:
        print("## What is known\n")
    for fact in pack.facts:
        trap = "Trap. " if fact.trap else ""
        print(f"- {fact.about}: {trap}{fact.says} ({fact.source}; mark {fact.mark})")
    return 0


def run_template(chosen: argparse.Namespace) -> int:
    """Print the empty wording file."""
    rows = [asdict(row) for row in template(find_pack(chosen.id))]
    if chosen.json:
        print_json(rows)
        return 0
    sys.stdout.write(table_text({name: [str(row[name]) for row in rows] for name in rows[0]}))
    return 0


def run_check(chosen: argparse.Namespace) -> int:
    """Check whatever the file is, and say what was found."""
    found = check_file(chosen)
    if chosen.json:
        print_json(found)
        return 0
    for name, value in found.items():
        print(f"{name}: {value}")
    return 0


def check_file(chosen: argparse.Namespace) -> dict[str, object]:
    """What the file is and holds, and the key it fits where one was named."""
    path = Path(chosen.file)
    if path.suffix.lower() in PACK_FILES:
        own = read_pack(path)
        counts = {"items": len(own.items), "scales": len(own.scales)}
        return {"valid pack": own.title, **counts, "content hash": own.content_hash}
    pack = find_pack(chosen.instrument) if chosen.instrument else None
    found: dict[str, object] = {}
    if is_wording_file(path):
        if pack is None:
            refuse(CommandFault.WORDING_WITHOUT_INSTRUMENT, file=chosen.file)
        found["format"] = "wording file"
    else:
        form = read_questionnaire(path, without=chosen.without)
        kinds = [str(question.kind) for question in form.asked]
        found |= {"format": form.format, "title": form.title, "questions": len(kinds)}
        found |= {kind: kinds.count(kind) for kind in sorted(set(kinds))}
    if pack is not None:
        wording = read_wording(pack, chosen.file, without=chosen.without)
        found |= {"fits the key of": pack.id, "SHA-256 of the text": wording.sha256}
    return found
