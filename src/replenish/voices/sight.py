"""All that one request depends on, seen in one statement: a way to a database costs more than what it does.

The names of seats and contributions follow from the secret and from the seasons and rounds there are. Which
these are is remembered from the last look of this process, and only as a guess: where the look itself finds
others, it is made again with those.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import cast

from replenish.sealing.names import box_name, seat_name, voice_name
from replenish.sealing.secret import Secret
from replenish.voices.night_key import NIGHT, NightKey, key_named
from replenish.voices.seats import JOINED_TABLE, FoundSeat, Seasons, seasons_of
from replenish.voices.statements import Row, Value, binary_type, places, rows
from replenish.voices.stored_boxes import BOX_TABLES, StoredBox, erased_hash


@dataclass(frozen=True, slots=True)
class FoundSlip:
    """An unspent slip: the season and unit of its seat, and its last day."""

    season: str
    unit: str
    expires_on: date


@dataclass(frozen=True, slots=True)
class Sight:
    """The database as one person's request sees it at one moment."""

    key_id: str | None
    box: StoredBox
    erased: bool
    seasons: Seasons
    seats: list[FoundSeat]
    contributed: frozenset[str]
    slip: FoundSlip | None

    @property
    def key(self) -> NightKey:
        """The key to wrap under, held by nobody.

        Raises:
            Refused: its file is not there.
        """
        return key_named(self.key_id)


@dataclass(frozen=True, slots=True)
class _Guess:
    """The seasons and the open rounds that the last look of this process found."""

    seasons: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()


_guess = _Guess()


def see(secret: Secret, *, slip: str = "") -> Sight:
    """Everything there is for a secret, and for the hash of a slip where one is given."""
    global _guess
    asked = _guess
    while True:
        found = _look(secret, slip, asked)
        seasons, there = _seasons(tuple(found["season"]))
        if set(there.seasons) <= set(asked.seasons) and set(there.rounds) <= set(asked.rounds):
            return _sight(secret, found, seasons)
        asked = _guess = there


def _look(secret: Secret, slip: str, asked: _Guess) -> dict[str, list[Row]]:
    box = box_name(secret)
    seats = [seat_name(secret, season) for season in asked.seasons]
    voices = [voice_name(secret, known) for known in asked.rounds]
    slips = [slip, erased_hash(box)] if slip else []
    statement = _statement(len(seats), len(voices), with_slip=bool(slip))
    given: list[Value] = [NIGHT, *[box] * len(BOX_TABLES), *seats, *seats, *voices, *slips]
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for kind, *row in rows(statement, given):
        found[cast("str", kind)].append(tuple(row))
    return found


def _sight(secret: Secret, found: dict[str, list[Row]], seasons: Seasons) -> Sight:
    name = box_name(secret)
    kept = found["box"]
    slips = [FoundSlip(row[0], row[1], row[_FIRST_DAY]) for row in found["slip"]]  # type: ignore[arg-type]
    return Sight(
        key_id=cast("str", found["key"][0][0]) if found["key"] else None,
        box=StoredBox(name, cast("str", kept[0][0]), bytes(cast("bytes", kept[0][-1])))
        if kept
        else StoredBox(name),
        erased=bool(found["erased"]),
        seasons=seasons,
        seats=[_seat(row) for row in found["seat"] if row[2] in seasons],
        contributed=frozenset(cast("str", row[0]) for row in found["voice"]),
        slip=slips[0] if slips else None,
    )


# Texts, numbers, a flag, days, JSON and bytes have columns of their own; the first part gives their types.
_FIRST_DAY = 10


@lru_cache(maxsize=8)
def _seasons(found: tuple[Row, ...]) -> tuple[Seasons, _Guess]:
    """The seasons in these rows, which are the same for everybody, and the guess that follows from them."""
    seasons = seasons_of(map(_season, found))
    rounds = tuple(known.id for season in seasons.values() for known in season.rounds)
    return seasons, _Guess(tuple(seasons), rounds)


def _season(row: Row) -> Row:
    """A season and a round of it, or Nones where it has no open one."""
    season, follows, round_id, recipient, paused, _, _, number, _, accepting, renew_until, *rest = row
    starts_on, closes_on, scales, packs, _ = rest
    of_round = (round_id, number, recipient, scales, packs, accepting, starts_on, closes_on, paused)
    return (season, follows, renew_until, *of_round)


def _seat(row: Row) -> FoundSeat:
    table, name, season, unit, moves_to, group, group_moved_to, counts_from, moves_from, *_ = row
    return FoundSeat(table, name, season, unit, counts_from, moves_to, moves_from, group, group_moved_to)  # type: ignore[arg-type]


_SEASONS = """
SELECT 'season', s.id, s.follows, r.id, r.recipient,
       r.paused, CAST(NULL AS text), CAST(NULL AS text), r.number, CAST(NULL AS integer),
       r.accepting, s.renew_until, r.starts_on, r.closes_on, r.scales, r.packs, CAST(NULL AS {bytes})
FROM voices_seatseason s LEFT JOIN voices_openround r ON r.season = s.id"""
_NOTHING_ELSE = ", NULL" * 7
_ONE_TEXT = ", NULL" * 8 + _NOTHING_ELSE
_KEY = f"SELECT 'key', key_id{_ONE_TEXT} FROM voices_nightstate WHERE id = %s"  # noqa: S608
_BOX = f"SELECT 'box', '{{table}}'{_ONE_TEXT[:-6]}, wrapped FROM {{table}} WHERE name = %s"  # noqa: S608
_SEATS = f"""
SELECT 'seat', '{{table}}', t.name, t.season, t.unit, t.moves_to, g."group", m."group", t.counts_from,
       t.moves_from{_NOTHING_ELSE}
FROM {{table}} t
LEFT JOIN voices_groupofunit g ON g.season = t.season AND g.unit = t.unit
LEFT JOIN voices_groupofunit m ON m.season = t.season AND m.unit = t.moves_to
WHERE t.name IN ({{names}})"""  # noqa: S608
_VOICES = f"SELECT 'voice', voice{_ONE_TEXT} FROM voices_contribution WHERE voice IN ({{names}})"  # noqa: S608
_SLIP = f"""
SELECT 'slip', d.season, d.unit{", NULL" * 8}, d.expires_on{", NULL" * 5}
FROM voices_slip s JOIN voices_slipdraw d ON d.id = s.draw_id WHERE s.hash = %s"""  # noqa: S608
_ERASED = f"SELECT 'erased', name_hash{_ONE_TEXT} FROM voices_erasedbox WHERE name_hash = %s"  # noqa: S608


@lru_cache(maxsize=256)
def _statement(seats: int, voices: int, *, with_slip: bool) -> str:
    """All of it, for so many names of seats and of contributions."""
    parts = [_SEASONS.format(bytes=binary_type()), _KEY, *(_BOX.format(table=table) for table in BOX_TABLES)]
    if seats:
        tables = (JOINED_TABLE, "voices_seat")
        parts += [_SEATS.format(table=table, names=places(seats)) for table in tables]
    if voices:
        parts.append(_VOICES.format(names=places(voices)))
    if with_slip:
        parts += [_SLIP, _ERASED]
    return " UNION ALL ".join(parts)
