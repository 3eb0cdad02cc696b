"""`replenish analyse`: the exact mixed model, for those who lawfully hold the rows."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import CommandFault
from replenish.cli.arguments import UNIT_HELP, columns
from replenish.cli.printing import Progress, figure, print_json, print_table, say, warn_exact
from replenish.measures.tables import Table, read_table
from replenish.statistics.estimate import Estimate
from replenish.statistics.mixed_model import fit_mixed_model
from replenish.statistics.split_voice import split_voice_effects
from replenish.statistics.unit_moments import UnitMoments

SPLIT_VOICE = "between-unit contrast on the others' reports, CR2 by unit"


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser(
        "analyse",
        help="an exact mixed model of an outcome and conditions",
        description="The linear mixed model outcome ~ conditions + (1 | unit) on the columns as they are, by "
        "maximum likelihood or REML, exact; with two unit columns, three levels. Complete cases. These "
        "are associations, not causes. Exact figures for those who lawfully hold the rows.",
    )
    command.add_argument("file", metavar="FILE", help="answers, one row per person: CSV, XLSX or Parquet")
    command.add_argument("--unit", type=columns, required=True, metavar="COL[,COL]", help=UNIT_HELP)
    command.add_argument("--outcome", required=True, metavar="COL", help="what people carry")
    command.add_argument(
        "--conditions", type=columns, required=True, metavar="COL,...", help="the conditions they work in"
    )
    command.add_argument("--reml", action="store_true", help="REML instead of maximum likelihood")
    command.add_argument(
        "--split",
        choices=["within-between"],
        help="a coefficient inside units and one between units for every condition",
    )
    command.add_argument(
        "--slope", metavar="COL", help="a condition whose effect may differ between units (random slope)"
    )
    command.add_argument(
        "--others",
        action="store_true",
        help="conditions as the others in the unit report them: between-unit contrast with CR2 intervals",
    )
    command.add_argument("--json", action="store_true", help="print all figures as JSON")
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Fit and print."""
    conditions: tuple[str, ...] = chosen.conditions
    names = (chosen.outcome, *conditions)
    for name in names:
        if name in chosen.unit:
            refuse(CommandFault.COLUMN_IS_UNIT, file=chosen.file, column=name)
    if len(chosen.unit) > 2:
        refuse(CommandFault.UNIT_TOO_DEEP, file=chosen.file, levels=len(chosen.unit))
    progress = Progress(quiet=chosen.json)
    progress("reading")
    table = read_table(chosen.file, columns=list(dict.fromkeys([*chosen.unit, *names])))
    values = {name: table.numbers(name) for name in names}
    progress("folding rows into moments")
    folded = fold(table, chosen, values)
    progress("fitting")
    show = show_split_voice if chosen.others else show_mixed_model
    people, units = show(folded, chosen)
    warn_exact(people, units)
    if folded.left_out.rows:
        say(f"{folded.left_out.rows:,} of {table.n:,} rows were left out because a value is missing in them")
    return 0


def fold(table: Table, chosen: argparse.Namespace, values: Mapping[str, NDArray[np.float64]]) -> UnitMoments:
    """Rows to moments: units, and the level above them where two unit columns are named."""
    labels = [table.labels(column) for column in chosen.unit]
    return UnitMoments.of(
        values,
        labels[-1],
        parents=labels[0] if len(labels) == 2 and not chosen.others else None,
        per_unit_products=bool(chosen.slope or chosen.others),
    )


def show_mixed_model(folded: UnitMoments, chosen: argparse.Namespace) -> tuple[int, int]:
    """Fit and print the mixed model; returns people and units."""
    model = fit_mixed_model(
        folded,
        chosen.outcome,
        chosen.conditions,
        method="REML" if chosen.reml else "ML",
        random_slope=chosen.slope,
        split=chosen.split,
    )
    if chosen.json:
        result = {
            "n": model.n,
            "units": model.units,
            "terms": {name: plain(term) for name, term in model.terms.items()},
            "variance": dict(model.variance),
            "icc": model.icc,
            "deviance": model.deviance,
            "log_likelihood": model.log_likelihood,
            "method": model.method,
            "intervals": model.intervals,
        }
        print_json({**result, "parents": model.parents} if model.parents else result)
    else:
        print(f"{chosen.outcome} ~ {' + '.join(chosen.conditions)}, {model.method}")
        print(f"intervals: {model.intervals}")
        print_terms(model.terms)
        print_table(
            ["variance", "estimate"], [[name, figure(value)] for name, value in model.variance.items()]
        )
        print(f"icc {figure(model.icc)}  deviance {figure(model.deviance)}")
    return model.n, model.units


def show_split_voice(folded: UnitMoments, chosen: argparse.Namespace) -> tuple[int, int]:
    """Fit and print what goes with the others' reports; returns people and units."""
    effects = split_voice_effects(folded, chosen.outcome, chosen.conditions)
    one = next(iter(effects.values()))
    if chosen.json:
        print_json(
            {
                "n": one.people,
                "units": one.units,
                "terms": {
                    name: {**plain(effect), "df": effect.df, "reliability": effect.reliability}
                    for name, effect in effects.items()
                },
                "method": SPLIT_VOICE,
            }
        )
    else:
        print(f"{chosen.outcome} by the others' reports of {', '.join(chosen.conditions)}; {SPLIT_VOICE}")
        print_terms(effects)
    return one.people, one.units


def plain(term: Estimate) -> dict[str, float]:
    """An estimate as plain figures."""
    return {"estimate": term.estimate, "se": term.se, "low": term.low, "high": term.high}


def print_terms(terms: Mapping[str, Estimate]) -> None:
    """One line a term, with its 95 % interval."""
    head = ["term", "estimate", "se", "low", "high"]
    print_table(head, [[name, *map(figure, plain(term).values())] for name, term in terms.items()])
