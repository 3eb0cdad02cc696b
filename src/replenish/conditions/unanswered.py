"""Contributions of a group pause while its leaders have left two rounds in a row without an answer.

It depends on what leaders did, on the calendar and on the plan of the season, and on nothing that people
answered: not even on whether a release showed the group. It begins when a round opens and never later, so
nothing that was contributed is ever touched; any answer that covers the group ends it at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from replenish.conditions.answerable import ClosedRound, closed_rounds, given_in
from replenish.conditions.covering import Given, UnitsThroughTime, covers_any
from replenish.conditions.models import Round, Season, State
from replenish.ledger.actions import record
from replenish.ledger.content import LONGEST_WORDS
from replenish.ledger.events import Event
from replenish.people.queries import places_of
from replenish.voices.rounds import paused_groups as paused_codes
from replenish.voices.rounds import resume_groups

ROUNDS_UNANSWERED = 2


def groups_to_pause(season: Season, on: date) -> dict[str, str]:
    """The reporting groups whose contributions pause in a round that opens on a day: codes by label.

    Looked at are the two newest rounds with a release whose time for an answer was over by that day. A group
    pauses if no answer to either of them, or to any later round, covers it. A round that was cancelled is
    none of the two. A group that was put together since has been left without an answer by nobody.

    Args:
        season: of the round that opens.
        on: the day.
    """
    rounds = closed_rounds(season.organisation, on)
    overdue = [one for one in rounds if one.visible_from is not None and one.unanswered_from <= on]
    last = overdue[-ROUNDS_UNANSWERED:]
    if len(last) < ROUNDS_UNANSWERED:
        return {}
    given = _since(season.organisation, rounds, last[0].number, on)
    units = UnitsThroughTime(places_of(season.organisation))
    earlier = _groups_of_seasons(last)
    return {
        label: season.group_codes[label]
        for label, inside in units_by_group(season).items()
        if all(any(inside <= group for group in earlier[one.season]) for one in last)
        and not any(covers_any(answer, inside, units) for answer in given)
    }


def record_pause(row: Round, labels: Iterable[str], event: Event, actor: str) -> None:
    """Write into the ledger which groups pause or begin again."""
    named = sorted(label[:LONGEST_WORDS] for label in labels)
    if named:
        record(
            organisation=row.season.organisation,
            event=event,
            actor=actor,
            content={"season": row.season_id, "round": row.id, "number": row.number, "groups": named},
        )


def hold_openings(organisation: str) -> list[Round]:
    """The rounds that are open or may open, held until the end of the transaction.

    An answer and the opening of a round wait for one another, or a round could open just before the answer
    is there and pause a group just after it was looked for.
    """
    rows = Round.objects.select_for_update(of=("self",)).select_related("season")
    rows = rows.filter(season__organisation=organisation, state__in=[State.PLANNED, State.OPEN])
    return list(rows.order_by("id"))


def begin_again(given: Given, held: Iterable[Round], actor: str) -> None:
    """Let the groups that an answer covers contribute again, in the round that is open."""
    for row in held:
        paused = paused_codes(row.id)
        if not paused:
            continue
        units = UnitsThroughTime(places_of(row.season.organisation))
        here = Given(given.unit, (row.season.starts_on, given.days[1]))
        covered = [
            label
            for label, inside in units_by_group(row.season).items()
            if row.season.group_codes[label] in paused
            and any(covers_any(answer, inside, units) for answer in (given, here))
        ]
        resume_groups(row.id, [row.season.group_codes[label] for label in covered])
        record_pause(row, covered, Event.CONTRIBUTIONS_RESUMED, actor)


def paused_groups(organisation: str) -> tuple[str, ...]:
    """The labels of the groups whose contributions pause in the round that is open; mostly none."""
    found: list[str] = []
    for row in Round.objects.select_related("season").filter(
        season__organisation=organisation, state=State.OPEN
    ):
        paused = paused_codes(row.id)
        found += [label for label, code in row.season.group_codes.items() if code in paused]
    return tuple(sorted(found))


def is_paused(organisation: str, group: str) -> bool:
    """Whether the contributions of the group of this label pause now."""
    return group in paused_groups(organisation)


def units_by_group(season: Season) -> dict[str, frozenset[str]]:
    """By label of reporting group, the ids of its units."""
    ids = {code: unit for unit, code in season.unit_codes.items()}
    at = {tuple(path): ids[code] for code, path in season.unit_paths.items() if code in ids}
    return {
        group["label"]: frozenset(at[tuple(unit)] for unit in group["units"] if tuple(unit) in at)
        for group in season.partition["groups"]
    }


def _groups_of_seasons(rounds: Sequence[ClosedRound]) -> Mapping[str, list[frozenset[str]]]:
    seasons = Season.objects.filter(id__in={one.season for one in rounds})
    return {season.id: list(units_by_group(season).values()) for season in seasons}


def _since(organisation: str, rounds: tuple[ClosedRound, ...], number: int, on: date) -> list[Given]:
    given = given_in(organisation, tuple(one for one in rounds if one.number >= number), on)
    return [answer for answers in given.values() for answer in answers]
