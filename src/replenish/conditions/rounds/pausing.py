"""Holidays: rounds that are not over yet become later, and none loses a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from replenish.basis.errors import refuse
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions.calendar import Pause, Span, moved_by, require_pause
from replenish.conditions.models import Round, Season, State
from replenish.voices.rounds import move_close

NOT_OVER = (State.PLANNED, State.OPEN)


def pauses_of(season: Season) -> tuple[Pause, ...]:
    """The holidays of a season so far."""
    return tuple(
        Pause(date.fromisoformat(first), date.fromisoformat(until)) for first, until in season.pauses
    )


def holidays_of(organisation: str, season: str) -> tuple[Pause, ...]:
    """The holidays of a season by its id, in their order; none where there is no such season."""
    row = Season.objects.filter(id=season, organisation=organisation).only("pauses").first()
    return () if row is None else tuple(sorted(pauses_of(row), key=lambda pause: pause.first))


@dataclass(frozen=True)
class MovedRound:
    """A round whose days a pause changes.

    Attributes:
        number: of the round, counted from the organisation's first.
        before: its days so far.
        after: its days with the pause.
    """

    number: int
    before: Span
    after: Span


def moves_of(season: Season, pause: Pause, *, decided_on: date | None = None) -> tuple[MovedRound, ...]:
    """What a pause would change in a season; nothing is written.

    Args:
        season: the season.
        pause: the new pause.
        decided_on: the day on which somebody decides it; None where it has happened already.

    Raises:
        Refused: the pause cannot be, or the next season is planned already and begins too early for it.
    """
    rows = _not_over(season)
    spans = [Span(row.starts_on, row.closes_on) for row in rows]
    if decided_on is not None:
        require_pause(spans, pause, today=decided_on)
    open_ones = sum(row.state == State.OPEN for row in rows)
    moved = moved_by(spans, pauses_of(season), pause, begun=open_ones)
    _require_room(season, moved[-1].closes_on)
    return tuple(
        MovedRound(row.number, before, after)
        for row, before, after in zip(rows, spans, moved, strict=True)
        if before != after
    )


def moved_rounds(season: Season, pause: Pause, *, decided_on: date | None = None) -> tuple[Round, ...]:
    """Write a pause into a season, inside the caller's transaction; the rounds whose days changed.

    Args:
        season: the season.
        pause: the new pause.
        decided_on: the day on which somebody decides it; None where it has happened already.

    Raises:
        Refused: as `moves_of`.
    """
    moves = {one.number: one.after for one in moves_of(season, pause, decided_on=decided_on)}
    changed = []
    for row in _not_over(season):
        if row.number not in moves:
            continue
        row.starts_on, row.closes_on = moves[row.number].starts_on, moves[row.number].closes_on
        row.save(update_fields=["starts_on", "closes_on"])
        if row.state == State.OPEN:
            move_close(row.id, row.closes_on)
        changed.append(row)
    if pause not in pauses_of(season):
        season.pauses = [*season.pauses, [pause.first.isoformat(), pause.until.isoformat()]]
        season.save(update_fields=["pauses"])
    return tuple(changed)


def season_to_pause(organisation: str, pause: Pause) -> Season:
    """The season whose rounds a pause touches.

    Raises:
        Refused: it touches none.
    """
    found = Season.objects.filter(
        organisation=organisation,
        rounds__state__in=NOT_OVER,
        rounds__closes_on__gt=pause.first,
        rounds__starts_on__lt=pause.until,
    )
    season = found.order_by("number").first()
    if season is None:
        refuse(RoundFault.PAUSE_OUTSIDE, first=pause.first, until=pause.until)
    return season


def _not_over(season: Season) -> list[Round]:
    return list(Round.objects.filter(season=season, state__in=NOT_OVER).order_by("number"))


def _require_room(season: Season, closes_on: date) -> None:
    later = Season.objects.filter(organisation=season.organisation, number__gt=season.number)
    following = later.order_by("number").first()
    if following is not None and following.starts_on < closes_on:
        refuse(RoundFault.PAUSE_NEXT_SEASON, starts=following.starts_on, closes=closes_on)
