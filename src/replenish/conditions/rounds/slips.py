"""Slips for a season: drawn once for every agreement of two people, and afresh where seats do not add up.

In a season without groups a seat lets its owner read what the organisation provides and agreed on. It is in
no group, so nothing is ever counted for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import cast

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions.models import Round, Season, State
from replenish.conditions.rounds.opening import people_by_code
from replenish.conditions.rounds.replacements import require_few
from replenish.conditions.rounds.rules import require_may_draw
from replenish.conditions.rounds.seasons import end_of
from replenish.ledger.actions import record
from replenish.ledger.events import Event
from replenish.people import actions as people
from replenish.people.askers import Asker
from replenish.people.queries import headcount
from replenish.voices.rounds import clear_seats
from replenish.voices.slips import SLIP_DAYS, SlipToPrint, make_slips, places_settled, places_taken


def propose_slips(*, asker: Asker, season: str, slips: Mapping[str, int], replacements: bool = False) -> str:
    """Propose slips for a season that runs or is planned, and give the proposal's id.

    Args:
        asker: holds one of the two keys.
        season: the season they are for.
        slips: by unit, how many.
        replacements: whether they stand in place of lost cards, beyond the headcount.

    Raises:
        Refused: there is no such season of the organisation, it is over or has not these units;
            there would be too many replacements; or whatever the proposal itself refuses.
    """
    found = Season.objects.filter(id=season, organisation=asker.organisation).first()
    if found is None or end_of(found) <= clock.today():
        refuse(RoundFault.SLIPS_SEASON, season=season)
    _by_code(found, slips)
    if replacements:
        require_few(found, slips)
    return people.propose_slips(asker=asker, season=season, slips=slips, replacements=replacements)


def draw_slips(*, asker: Asker, proposal: str, fresh: bool = False) -> list[SlipToPrint]:
    """Make the slips that a steward and a representative agreed on; their codes are given this once.

    Args:
        asker: who draws, for their organisation.
        proposal: the confirmed proposal.
        fresh: let the seats of these units lapse first, and withdraw all slips made for them before.

    Raises:
        Refused: nothing was agreed, or it was drawn already; the asker holds neither key; the season has
            not these units; with those made before there would be more slips than people, or too
            many replacements; the rounds of the season before are not over, and a fresh draw would take the
            seats that count in them.
    """
    with transaction.atomic():
        agreed = people.use_agreed_slips(organisation=asker.organisation, proposal=proposal)
        season = Season.objects.filter(id=agreed.season, organisation=asker.organisation).first()
        if season is None:
            refuse(RoundFault.SEASON_UNKNOWN)
        counts = _by_code(season, agreed.slips)
        require_may_draw(asker, agreed.slips)
        if fresh and agreed.replacements:
            refuse(RoundFault.SLIPS_REPLACEMENTS_FRESH)
        if fresh:
            _require_last_season_over(season)
            clear_seats(season.id, sorted(counts))
        require = require_few if agreed.replacements else _require_people
        require(season, agreed.slips)
        expires_on = clock.today() + timedelta(days=SLIP_DAYS)
        slips = make_slips(
            season=season.id,
            counts=counts,
            expires_on=expires_on,
            replace=fresh,
            replacements=agreed.replacements,
        )
        record(
            organisation=asker.organisation,
            event=Event.REPLACEMENTS_DRAWN if agreed.replacements else Event.SLIPS_DRAWN,
            actor=asker.actor,
            content={
                "proposal": agreed.proposal,
                "season": season.id,
                "slips": dict(agreed.slips),
                "expires_on": expires_on.isoformat(),
            },
        )
    return slips


def _require_last_season_over(season: Season) -> None:
    running = Round.objects.filter(
        season__organisation=season.organisation,
        season__number__lt=season.number,
        state__in=[State.PLANNED, State.OPEN],
    )
    if running.exists():
        refuse(RoundFault.SLIPS_FRESH_EARLY)


def _require_people(season: Season, slips: Mapping[str, int]) -> None:
    """Several agreements together, and seats that were renewed, are no more than the people of this day."""
    declared = headcount(season.organisation)
    taken = places_taken(season.id)
    for unit, count in slips.items():
        code = season.unit_codes[unit]
        made = taken.get(code, 0)
        if made + count > declared.get(unit, 0):
            name = " / ".join(season.unit_paths[code])
            # Once unused slips have died, how many are taken would say how many have joined.
            refuse(RoundFault.SLIPS_ABOVE_PEOPLE, unit=name, slips=count, people=declared.get(unit, 0))


def _by_code(season: Season, slips: Mapping[str, int]) -> dict[str, int]:
    codes = cast("Mapping[str, str]", season.unit_codes)
    for unit in slips:
        if codes.get(unit) not in season.unit_paths:
            refuse(RoundFault.SLIPS_UNIT, unit=unit)
    return {codes[unit]: count for unit, count in slips.items() if count}


def units_to_draw_afresh(organisation: str) -> tuple[tuple[str, ...], ...]:
    """The units, by path, into which more seats were renewed than there are people: a fresh draw follows.

    It is told from the night on after which nobody can renew, and how many seats there are is not said, so
    that nobody can watch who joins.
    """
    season = Season.objects.filter(organisation=organisation).order_by("-number").first()
    if season is None:
        return ()
    declared = people_by_code(season)
    seats = places_settled(season.id)
    return tuple(
        tuple(path)
        for code, path in sorted(season.unit_paths.items(), key=lambda entry: entry[1])
        if seats.get(code, 0) > declared[code]
    )
