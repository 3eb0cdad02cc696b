"""Facts of provision of the invented organisations, entered after each round by those who answer for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from replenish.cli.demo.answers import Provided
from replenish.cli.demo.founding import Founded
from replenish.cli.demo.invented import FAMILIES
from replenish.conditions.facts.book import Entry
from replenish.conditions.facts.entering import enter_facts
from replenish.conditions.facts.trees import WHOLE
from replenish.people.roles import RoleKind

KINDS = {
    "supervision held": ("supervision_held", "Supervision book of the team"),
    "supervision with time to reflect": ("supervision_reflective", "Supervision book of the team"),
    "debriefs offered": ("debrief_offered", "Incident book"),
    "ten minutes free after an incident": ("time_after", "Incident book"),
}
"""By the simulator's name for a fact: its kind here, and where the numbers come from."""

DAYS_CONTRACTED_EACH = 20
HOURS_EACH = 140
DAYS_LOST = (0.045, 0.07)
AGENCY = (0.06, 0.11)
VACANCIES = (7, 7, 6, 6, 5, 5)
"""Empty posts of the larger organisation by round: the one figure here that only gets better."""


def enter(founded: Founded, provided: Sequence[Provided], number: int, ended: date, chance: Random) -> None:
    """Enter what a round held, once its last day is over.

    Args:
        founded: the organisation.
        provided: what was drawn for its teams.
        number: the round, from 0.
        ended: the day of its close; four weeks before it are counted.
        chance: draws the figures that the simulator has none for.
    """
    period = ended - timedelta(weeks=4), ended - timedelta(days=1)
    entries = [
        Entry(
            founded.units[one.service, one.team], kind, *period, Decimal(one.count), Decimal(one.of), source
        )
        for one in provided
        if one.round == number and one.of
        for kind, source in [KINDS.get(one.name, ("", ""))]
        if kind
    ]
    if founded.invented is FAMILIES:
        entries += _of_the_whole(founded, number, period, chance)
    enter_facts(asker=founded.asker(RoleKind.STEWARD), entries=entries)


def _of_the_whole(
    founded: Founded, number: int, period: tuple[date, date], chance: Random
) -> Iterator[Entry]:
    people = sum(team.people for _, team in founded.invented.teams)
    empty = VACANCIES[number % len(VACANCIES)]
    days, hours = people * DAYS_CONTRACTED_EACH, people * HOURS_EACH
    for kind, count, of, source in (
        ("sickness_absence", round(days * chance.uniform(*DAYS_LOST)), days, "Pay office, four weeks"),
        ("agency_share", round(hours * chance.uniform(*AGENCY)), hours, "Rotas as they were worked"),
        ("vacancies", empty, people + empty, "Staff list on the last day"),
    ):
        yield Entry(WHOLE, kind, *period, Decimal(count), Decimal(of), source)
