"""Hard incidents in the larger organisation, and what followed them, as often as the simulator says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from replenish.cli.demo.answers import WEEKS_IN_ROUND, Provided
from replenish.cli.demo.founding import TeamName
from replenish.cli.demo.leading import HOMES
from replenish.debrief.incidents.model import SERIOUS

DAYS_IN_ROUND = 7 * WEEKS_IN_ROUND
BANDS = (6, 9, 12, 15, 18, 21)
KINDS = ("hurt", "threat", "abuse", "self_harm", "disclosure", "missing", "broken")
WEIGHTS_OF_KINDS = (3, 4, 5, 2, 3, 2, 3)
PLACES: Mapping[str, tuple[str, ...]] = {
    HOMES: ("lived_in", "shared_space", "outside"),
    "Family support": ("home_visit", "phone_or_screen", "journey"),
    "Schools and outreach": ("class_or_group", "shared_space", "public_place"),
}
RESTRAINT = 0.3
"""In so many of the incidents in a home that are not of the lightest weight."""
LOOKED_BACK_ON = {("Family homes", "Otter"): "held", ("Schools and outreach", "Harbour"): "no_cover"}
"""Where the first incident is of the highest weight, and what became of its learning debrief."""

DONE, WAS_OFFERED, NOT_DONE = "done", "offered", "not_done"

OFFERED = "debriefs offered"
HELD = "debriefs held"
TEN_MINUTES = "ten minutes free after an incident"


@dataclass(frozen=True)
class Said:
    """What becomes of a step, so many days after the incident.

    Attributes:
        because: why it was not done; empty otherwise.
    """

    step: str
    after: int
    outcome: str
    because: str = ""


@dataclass(frozen=True)
class Hard:
    """A hard incident.

    Attributes:
        steps: what is said about them; about the others nothing is.
        with_facilitator: the conversation that the facilitator writes down: "hot", "learning", or none.
        because: why that was not held; empty where it was.
    """

    team: TeamName
    day: date
    band: int
    kind: str
    place: str
    severity: int
    restraint: bool
    steps: tuple[Said, ...]
    with_facilitator: str = ""
    because: str = ""


def incidents_in(provided: Sequence[Provided], begins: date, rooms_from: date, seed: int) -> tuple[Hard, ...]:
    """Every incident from the first day of these pages on, as many as were drawn, in the order of days.

    Args:
        provided: what was drawn for the teams.
        begins: the first day of the first round.
        rooms_from: the first day that is written down in these pages.
        seed: of the days and of all that was not drawn.
    """
    drawn = {(one.service, one.team, one.round, one.name): one for one in provided}
    found: list[Hard] = []
    for service, team, number, name in sorted(drawn):
        if name == TEN_MINUTES:
            chance = Random(f"{seed} {team} {number}")  # noqa: S311 - a replay
            first = begins + timedelta(days=number * DAYS_IN_ROUND)
            counts = [drawn[service, team, number, one] for one in (TEN_MINUTES, OFFERED, HELD)]
            found += _of_round((service, team), first, counts, chance)
    since = sorted((one for one in found if one.day >= rooms_from), key=lambda one: (one.day, one.team))
    return tuple(_with_conversations(since))


def _of_round(team: TeamName, first: date, counts: Sequence[Provided], chance: Random) -> Iterator[Hard]:
    ten_minutes, offered, held = counts
    covered = set(chance.sample(range(ten_minutes.of), ten_minutes.count))
    looked_back = chance.sample(range(ten_minutes.of), min(offered.count, ten_minutes.of))
    for place in range(ten_minutes.of):
        severity = chance.choices((1, 2, 3), weights=(6, 4, 1))[0]
        restraint = team[0] == HOMES and severity > 1 and chance.random() < RESTRAINT
        hot = Said("hot_debrief", 0, NOT_DONE, chance.choice(("no_cover", "shift_ended")))
        if place in looked_back:
            took_place = place in looked_back[: held.count]
            hot = Said("hot_debrief", 0, DONE if took_place else WAS_OFFERED)
        ten = Said("ten_minutes", 0, DONE if place in covered else NOT_DONE)
        if place not in covered:
            ten = replace(ten, because=chance.choice(("no_cover", "no_cover", "not_asked_in_time")))
        yield Hard(
            team=team,
            day=first + timedelta(days=chance.randrange(DAYS_IN_ROUND)),
            band=chance.choice(BANDS),
            kind=chance.choices(KINDS, weights=WEIGHTS_OF_KINDS)[0],
            place=chance.choice(PLACES[team[0]]),
            severity=severity,
            restraint=restraint,
            steps=(
                Said("safe_now", 0, DONE),
                ten,
                hot,
                *_later(severity, chance, restraint=restraint),
            ),
        )


def _later(severity: int, chance: Random, *, restraint: bool) -> Iterator[Said]:
    if restraint:
        yield Said("restraint_record", 1 if chance.random() < 0.2 else 0, DONE)
        yield Said("other_person", 2, WAS_OFFERED)
        yield Said("learning_review", 3, NOT_DONE, "no_reviewer")
    if chance.random() < 0.8:
        yield Said("check_in", chance.choice((1, 2, 2, 9)), WAS_OFFERED)
    else:
        yield Said("check_in", 3, NOT_DONE, "forgotten")
    if chance.random() < 0.4:
        yield Said("supervision_sooner", 3, WAS_OFFERED)
    else:
        yield Said("supervision_sooner", 3, NOT_DONE, "no_supervisor")
    if severity >= SERIOUS:
        yield Said("learning_debrief", 7, WAS_OFFERED)
    if chance.random() < 0.6:
        yield Said("second_check", 29, WAS_OFFERED)
    else:
        yield Said("second_check", 30, NOT_DONE, "forgotten")


def _with_conversations(incidents: Sequence[Hard]) -> Iterator[Hard]:
    """The same, with three of them talked about with the facilitator, or meant to be."""
    waiting, hot_waits = dict(LOOKED_BACK_ON), True
    for one in incidents:
        if one.team in waiting:
            became = waiting.pop(one.team)
            yield replace(
                one,
                severity=SERIOUS,
                steps=tuple(said for said in one.steps if said.step != "learning_debrief"),
                with_facilitator="learning",
                because="" if became == "held" else became,
            )
        elif hot_waits and one.team[0] == "Family support" and _was_hot(one):
            hot_waits = False
            steps = tuple(said for said in one.steps if said.step != "hot_debrief")
            yield replace(one, steps=steps, with_facilitator="hot")
        else:
            yield one


def _was_hot(one: Hard) -> bool:
    return any(said.step == "hot_debrief" and said.outcome == DONE for said in one.steps)
