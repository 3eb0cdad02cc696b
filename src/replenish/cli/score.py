"""`replenish score`: item answers to scale scores, by the key of a pack."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import CommandFault
from replenish.cli.arguments import columns
from replenish.cli.printing import print_json, say, warn_exact
from replenish.cli.wordings import find_pack, read_wording
from replenish.measures.formats.fhir_response import read_fhir_responses
from replenish.measures.formats.pack_form import pack_form
from replenish.measures.formats.safe_writing import Column, table_text, write_table
from replenish.measures.pack import Pack
from replenish.measures.scoring import Scores, score
from replenish.measures.tables import Table, read_table
from replenish.measures.wording import Wording


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser(
        "score",
        help="items to scale scores, by the key of an instrument",
        description="Score every row by the key of an instrument: reversals, missing rules and ranges as the "
        "key has them; impossible answers are refused by row and column. Exact figures for those who "
        "lawfully hold the rows.",
    )
    command.add_argument(
        "file",
        metavar="FILE",
        help="answers, one row per person: CSV, XLSX, Parquet, or FHIR R4 responses (.json)",
    )
    command.add_argument(
        "--instrument",
        required=True,
        metavar="ID",
        help="a pack (see `replenish instruments list`) or a pack file of your own (.yaml)",
    )
    command.add_argument(
        "--wording",
        metavar="FILE",
        help="the wording you may use, checked against the key; columns may then carry their item's text",
    )
    command.add_argument(
        "--id", metavar="COL", help="a column that names each row, once; kept beside the scores"
    )
    command.add_argument(
        "--scales", type=columns, metavar="CODE,...", help="only these scales; else every scale of the pack"
    )
    command.add_argument(
        "--confirm",
        action="append",
        default=[],
        metavar="NAME",
        help="use a disputed key knowingly; the refusal names what to write here",
    )
    command.add_argument("--out", metavar="FILE", help="write .csv or .parquet here; else CSV is printed")
    command.add_argument("--json", action="store_true", help="print JSON for machines")
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Score and write."""
    pack = find_pack(chosen.instrument)
    wording = read_wording(pack, chosen.wording) if chosen.wording else None
    table = answer_table(pack, chosen.file, wording)
    ids = table.unique(chosen.id) if chosen.id else None
    answers = item_columns(pack, table, wording, scales=chosen.scales)
    scores = score(pack, answers, scales=chosen.scales, file=chosen.file, confirmed=chosen.confirm)
    warn_exact(scores.n, 0)
    tell_missing(scores)
    first: dict[str, Column] = (
        {chosen.id: ids} if ids is not None else {"row": [str(row) for row in range(1, scores.n + 1)]}
    )
    written: dict[str, Column] = {**first, **scores.scales}
    if chosen.out:
        write_table(chosen.out, written)
        say(f"Written: {chosen.out}")
    if chosen.json:
        print_json(as_plain(pack, scores, ids))
    elif not chosen.out:
        sys.stdout.write(table_text(written))
    return 0


def as_plain(pack: Pack, scores: Scores, ids: list[str] | None) -> dict[str, object]:
    """Scores as plain data: one list a scale, in the order of the rows, null where there is no score."""
    lists = {
        code: [None if np.isnan(value) else value for value in column.tolist()]
        for code, column in scores.scales.items()
    }
    return {"instrument": pack.id, "pack": scores.pack_hash, "n": scores.n, "ids": ids, "scales": lists}


def answer_table(pack: Pack, path: str, wording: Wording | None) -> Table:
    """Answers as a table; FHIR responses are checked against the pack and become one."""
    if Path(path).suffix.lower() != ".json":
        return read_table(path)
    return Table(path, read_fhir_responses(Path(path), pack_form(pack, wording)).frame)


def item_columns(
    pack: Pack, table: Table, wording: Wording | None, *, scales: tuple[str, ...] | None
) -> dict[str, NDArray[np.float64]]:
    """The answers to each item, by item code; a column may be called by the text of its item."""
    asked = pack.scales if scales is None else [pack.scale(code) for code in scales]
    needed = {item for scale in asked for item in scale.items}
    texts = {} if wording is None else dict(wording.texts.items())
    called = {
        code: code if code in table.columns else texts.get(code, "")
        for code in pack.item_codes
        if code in table.columns or texts.get(code) in table.columns
    }
    if not needed & set(called):
        examples = ", ".join(pack.item_codes[:5])
        refuse(CommandFault.PACK_COLUMNS_ABSENT, file=table.path, pack=pack.id, items=examples)
    return {
        code: table.numbers(column, may_be_empty=True) for code, column in called.items() if code in needed
    }


def tell_missing(scores: Scores) -> None:
    """Say on standard error how many people have no score, scale by scale."""
    for code, column in scores.scales.items():
        if absent := int(np.isnan(column).sum()):
            say(f"{code}: {absent:,} of {scores.n:,} people answered too few items for a score")
