"""From a file and its options to checked columns: units, values, and the range of every question."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import Refused, problem, refuse
from replenish.basis.faults import CommandFault
from replenish.cli.arguments import SCALE_HELP, UNIT_HELP, answer_scale, columns
from replenish.disclosure.scale import AnswerScale
from replenish.measures.library import load_pack
from replenish.measures.pack import Pack, scale_range
from replenish.measures.scoring import score
from replenish.measures.tables import Table, read_header, read_table
from replenish.report.questions import Question, Role, own_question, plain_question

UnitPath = tuple[str, ...]


@dataclass(frozen=True)
class Answers:
    """One row per person: where they work and what they answered, checked against the declared ranges.

    Attributes:
        file: the file as the person named it.
        units: the path of each row's unit, outermost first.
        values: by question, shape (rows,), NaN is missing.
        scales: the range of every question, in the order of `values`.
        questions: what each question is to a report, in the same order.
    """

    file: str
    units: list[UnitPath]
    values: Mapping[str, NDArray[np.float64]]
    scales: tuple[AnswerScale, ...]
    questions: tuple[Question, ...]


def add_answer_arguments(command: argparse.ArgumentParser, *, file_required: bool = True) -> None:
    """The arguments that say what a file of answers holds."""
    command.add_argument(
        "file",
        metavar="FILE",
        nargs=None if file_required else "?",
        help="answers, one row per person: CSV, XLSX or Parquet",
    )
    command.add_argument("--unit", type=columns, metavar="COL[,COL]", help=UNIT_HELP)
    command.add_argument(
        "--instrument",
        type=columns,
        default=(),
        metavar="ID[,ID]",
        help="score the items of these packs and use their scales (see `replenish instruments list`)",
    )
    command.add_argument(
        "--scale",
        type=answer_scale,
        action="append",
        default=[],
        metavar="COL=MIN,MAX[,STEP]",
        help=SCALE_HELP,
    )
    command.add_argument(
        "--headcount",
        metavar="FILE",
        help="how many people work in each unit: the unit columns and a column `headcount`; "
        "without it the rows are the headcount",
    )
    command.add_argument(
        "--after",
        metavar="RELEASES.json",
        help="the releases before this one: their groups are kept, and changes shown where certain",
    )
    command.add_argument(
        "--new-season",
        action="store_true",
        help="with --after: plan the groups anew, keeping those that still expect seven voices",
    )
    command.add_argument(
        "--round", metavar="NAME", help="what this round is called; else its number in the chain"
    )
    command.add_argument(
        "--floor",
        type=int,
        default=None,
        metavar="N",
        help="the least number of voices behind a band: 7, or more; nothing lowers it",
    )


def read_answers(
    chosen: argparse.Namespace, *, outcomes: tuple[str, ...] | None = None, conditions: tuple[str, ...] = ()
) -> Answers:
    """Read the file and check every column named by the options.

    Args:
        chosen: the parsed arguments of `add_answer_arguments`.
        outcomes: columns that say what people carry; None where roles do not matter (`release`).
        conditions: columns that say what people work in.

    Raises:
        Refused: with the file, row and column of whatever is not as declared.
    """
    if not chosen.unit:
        refuse(CommandFault.UNIT_NOT_NAMED, file=chosen.file)
    packs = [load_pack(name) for name in chosen.instrument]
    declared = {scale.name: scale for scale in chosen.scale}
    named = [*(outcomes or ()), *conditions] if outcomes is not None else list(declared)
    table = read_needed(chosen.file, [*chosen.unit, *declared, *named], packs)
    units = shared(table.paths(chosen.unit))
    values: dict[str, NDArray[np.float64]] = {}
    scales: list[AnswerScale] = []
    questions: list[Question] = []
    for pack in packs:
        for scale, scored in score_pack(pack, table).items():
            values[scale.name], question = scored
            scales.append(scale)
            questions.append(question)
    refuse_contradictions(chosen, named, declared, values)
    for name in named:
        if name in values:
            continue
        scale = declared[name]
        values[name] = table.numbers(name, low=scale.low, high=scale.high)
        scales.append(scale)
        higher = True if name in getattr(chosen, "higher_is_better", ()) else None
        lower = name in getattr(chosen, "lower_is_better", ())
        role: Role = "outcome" if name in (outcomes or ()) else "condition"
        questions.append(plain_question(name, role, higher_is_better=False if lower else higher))
    if not values:
        refuse(CommandFault.QUESTIONS_NOT_NAMED, file=chosen.file)
    return Answers(str(chosen.file), units, values, tuple(scales), tuple(questions))


def read_needed(file: str, named: Collection[str], packs: Collection[Pack]) -> Table:
    """The columns that are named or hold items of a pack; all of them where a named one is not in the file.

    What is not needed is never held in memory. A refusal of a missing column lists all there are.
    """
    items = {code for pack in packs for code in pack.item_codes}
    header = read_header(file)
    scored = {scale.code for pack in packs for scale in pack.scales}
    if set(named) - set(header) - scored:
        return read_table(file)
    needed = items | set(named)
    return read_table(file, columns=[name for name in header if name in needed])


def shared(units: Iterable[UnitPath]) -> list[UnitPath]:
    """The same paths, with one object for each unit and not for each row."""
    seen: dict[UnitPath, UnitPath] = {}
    return [seen.setdefault(unit, unit) for unit in units]


def score_pack(pack: Pack, table: Table) -> dict[AnswerScale, tuple[NDArray[np.float64], Question]]:
    """The scales of a pack that may be told about a group, scored from the item columns of the file.

    A scale none of whose items is in the file was not asked and is left out; a scale of which only some
    are there is refused, because a shortened scale is another scale.
    """
    present = [code for code in pack.item_codes if code in table.columns]
    asked = [scale for scale in pack.scales if scale.kind != "private" and set(scale.items) & set(present)]
    if not asked:
        refuse(
            CommandFault.PACK_COLUMNS_ABSENT,
            file=table.path,
            pack=pack.id,
            items=", ".join(pack.item_codes[:5]),
        )
    answers = {code: table.numbers(code, may_be_empty=True) for code in present}
    scores = score(pack, answers, scales=[scale.code for scale in asked], file=table.path)
    own = pack.id.startswith("replenish-")
    result = {}
    for scale in asked:
        low, high = scale_range(pack, scale.code)
        role: Role = "outcome" if scale.kind == "outcome" else "condition"
        question = (
            own_question(scale.code, role)
            if own
            else Question(scale.code, role, scale.higher_is_better, scale.title, scale.gloss)
        )
        result[AnswerScale(scale.code, low, high)] = (scores.scales[scale.code], question)
    return result


def refuse_contradictions(
    chosen: argparse.Namespace,
    named: list[str],
    declared: Mapping[str, AnswerScale],
    scored: Mapping[str, NDArray[np.float64]],
) -> None:
    """Refuse columns without a range, and columns used twice over."""
    problems = [
        problem(CommandFault.SCALE_NOT_DECLARED, file=chosen.file, column=name)
        for name in named
        if name not in declared and name not in scored
    ]
    problems += [
        problem(CommandFault.COLUMN_IS_UNIT, file=chosen.file, column=name)
        for name in named
        if name in chosen.unit
    ]
    problems += [
        problem(CommandFault.COLUMN_TWICE, file=chosen.file, column=name)
        for name in sorted(set(named))
        if named.count(name) > 1
    ]
    if problems:
        raise Refused(problems)


def read_headcount(path: str, unit_columns: tuple[str, ...]) -> dict[UnitPath, int]:
    """How many people work in each unit.

    Raises:
        Refused: a unit stands twice, or a headcount is not a whole number of at least 0.
    """
    table = read_table(path)
    if "headcount" not in table.columns:
        refuse(CommandFault.HEADCOUNT_COLUMN, file=path)
    paths = table.paths(unit_columns)
    people = table.numbers("headcount", low=0, whole=True)
    problems = [
        problem(CommandFault.HEADCOUNT_MISSING, file=path, row=row, column="headcount")
        for row, value in enumerate(people, 1)
        if np.isnan(value)
    ]
    seen: dict[UnitPath, int] = {}
    for row, unit in enumerate(paths, 1):
        if unit in seen:
            problems.append(
                problem(
                    CommandFault.HEADCOUNT_TWICE, file=path, row=row, unit=" / ".join(unit), first=seen[unit]
                )
            )
        seen.setdefault(unit, row)
    if problems:
        raise Refused(problems[:20])
    return {unit: int(count) for unit, count in zip(paths, people, strict=True)}
