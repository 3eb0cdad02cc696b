"""A simulated organisation as files: what an organisation would hold, and the truth beside it."""

from __future__ import annotations

import csv
import io
import json
import re
import secrets
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

import numpy as np

from replenish.basis.errors import refuse
from replenish.basis.faults import SimulationFault
from replenish.simulate.organisation import Organisation, Round

FORMAT = "replenish-simulation-1"
_TRUTH = "truth.json"
_OURS = re.compile(r"(answers|headcount)-round-[0-9]+\.csv|headcount\.csv|facts\.csv|truth\.json|README\.txt")


def write_organisation(organisation: Organisation, folder: str | Path) -> Path:
    """Write the files of an organisation, all of them or none, and return the folder.

    `answers-round-N.csv` and `headcount-round-N.csv` for each round, `headcount.csv` for the last one,
    `facts.csv`, `truth.json` and `README.txt`. No file says which rows of two rounds are one person.

    Args:
        organisation: what `simulate_organisation` made.
        folder: a new or empty folder, or one that this function wrote before, which is replaced.

    Raises:
        Refused: the folder holds anything else, is a file, or cannot be written.
    """
    place = Path(folder).resolve()
    _check_free(place)
    fresh = place.parent / f".{place.name}-{secrets.token_hex(4)}"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh.mkdir()
        for name, text in _files(organisation):
            (fresh / name).write_text(text, encoding="utf-8", newline="")
        _put_in_place(fresh, place)
    except OSError as error:
        refuse(
            SimulationFault.SIMULATION_FOLDER_UNWRITABLE,
            file=folder,
            why=(error.strerror or "unknown").lower(),
        )
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return place


def _check_free(place: Path) -> None:
    if place.is_file():
        refuse(SimulationFault.SIMULATION_NOT_A_FOLDER, file=place)
    found = sorted(path.name for path in place.iterdir()) if place.is_dir() else []
    if not found:
        return
    strange = [name for name in found if not _OURS.fullmatch(name)]
    if strange or not _made_here(place / _TRUTH):
        refuse(SimulationFault.SIMULATION_FOLDER_IN_USE, file=place, found=(strange or found)[0])


def _made_here(truth: Path) -> bool:
    try:
        plain = json.loads(truth.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(plain, dict) and plain.get("format") == FORMAT


def _put_in_place(fresh: Path, place: Path) -> None:
    if not place.exists():
        fresh.rename(place)
        return
    old = place.parent / f"{fresh.name}-old"
    place.rename(old)
    fresh.rename(place)
    shutil.rmtree(old)


def _files(organisation: Organisation) -> Iterable[tuple[str, str]]:
    for held in organisation.rounds:
        yield f"answers-round-{held.number}.csv", _answers(organisation, held)
        yield f"headcount-round-{held.number}.csv", _headcount(held)
    yield "headcount.csv", _headcount(organisation.rounds[-1])
    facts = ([fact.round, *fact.unit, fact.name, fact.count, fact.of] for fact in organisation.facts)
    yield "facts.csv", _csv(["round", "service", "team", "fact", "count", "of"], facts)
    yield _TRUTH, json.dumps(_truth(organisation), indent=2, allow_nan=False) + "\n"
    yield "README.txt", _read_me(organisation)


def _answers(organisation: Organisation, held: Round) -> str:
    paths = [organisation.units[team].path for team in held.team.tolist()]
    names = np.array([f"{code}" for code in range(10)])
    columns = [
        np.where(np.isnan(column), "", names[np.nan_to_num(column).astype(np.int64)]).tolist()
        for column in held.answers.values()
    ]
    services, teams = [path[0] for path in paths], [path[1] for path in paths]
    rows = zip(held.row, services, teams, *columns, strict=True)
    return _csv(["row", "service", "team", *held.answers], rows)


def _headcount(held: Round) -> str:
    return _csv(["service", "team", "headcount"], ([*path, count] for path, count in held.headcount.items()))


def _csv(header: list[str], rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _truth(organisation: Organisation) -> Mapping[str, object]:
    """Only what a demonstration compares a report with; persons stay in memory."""
    truth = organisation.truth
    return {
        "format": FORMAT,
        "about": "Invented. Nobody in these files exists.",
        "seed": organisation.seed,
        "rounds": len(organisation.rounds),
        "units": [asdict(unit) for unit in organisation.units],
        "effects": [asdict(effect) for effect in organisation.world.effects],
        "explained_share_of_team_differences": truth.explained_share,
        "actions": [
            {
                "name": action.name,
                "condition": action.condition,
                "gain_of_condition": action.gain,
                "effects": action.effects,
                "starts": [
                    {"service": path[0], "team": path[1], "round": first}
                    for path, first in action.starts.items()
                ],
            }
            for action in truth.actions
        ],
        "team_means_if_everybody_answered": {
            scale: [[None if np.isnan(mean) else float(mean) for mean in row] for row in means]
            for scale, means in truth.team_means.items()
        },
    }


def _read_me(organisation: Organisation) -> str:
    rounds = len(organisation.rounds)
    people = sum(organisation.rounds[-1].headcount.values())
    teams = len(organisation.units)
    return f"""An invented organisation
========================

Nobody in these files exists. A program made them up, so that you can try things out and see whether a
report finds what is true. In the last round there are {people} people in {teams} teams.
Asking for the same organisation again with seed {organisation.seed} makes the same files.

answers-round-N.csv    One row for each person who answered in round N ({rounds} in all). The first column is
                       a random name for the row. It is new in every round, so nobody can be followed from one
                       round to the next, and the order of the rows means nothing. The other columns are the
                       questions; an empty field is a question somebody left out.
headcount-round-N.csv  How many people worked in each team on the first day of round N.
headcount.csv          The same for the last round.
facts.csv              What was offered and held: a count, and out of how many. These are facts about what the
                       organisation provides, not about how anybody feels.
truth.json             What is really true here: what each condition does, which actions were taken and what
                       they did, and what each team would say if everybody answered. No real organisation has
                       such a file.

People who carry more answer less, some hardly ever answer, people come and go, and somebody who feels low
also sees the conditions around them in a darker light. A report has to live with all of that.
"""
