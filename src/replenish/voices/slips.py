"""Making slips, letting them expire, and counting them; for `conditions.rounds`, after two keys agreed.

Only hashes of unspent slips are kept, so nobody can tell from the database which slip became which seat.
"""

from __future__ import annotations

import random
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count, F, QuerySet

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import VoiceFault
from replenish.sealing.slips import slip_code, slip_hash
from replenish.voices.models import ArrivingSeat, Seat, SeatSeason, Slip, SlipDraw, SlipKind
from replenish.voices.night_key import alone_at_night

SLIP_DAYS = 14
MOST_SLIPS = 1_000
ID_BYTES = 16
BATCH = 500
_REPLACED = (SlipKind.REPLACEMENT, SlipKind.CARRIED)


@dataclass(frozen=True, slots=True)
class SlipToPrint:
    """One slip: the unit it gives a seat in, and the code, which is kept nowhere else."""

    unit: str
    code: str

    def __repr__(self) -> str:
        return "SlipToPrint(hidden)"


@dataclass(frozen=True, slots=True)
class UnitSlips:
    """The slips made for a unit in a season, and how many of them were used by the last night."""

    made: int
    used: int


def make_slips(
    *,
    season: str,
    counts: Mapping[str, int],
    expires_on: date | None = None,
    replace: bool = False,
    replacements: bool = False,
    rng: random.Random | None = None,
) -> list[SlipToPrint]:
    """Make slips and give their codes once, to be printed; those of one unit stay together, shuffled.

    Args:
        season: the season the seats are for.
        counts: how many for each unit, by opaque code.
        expires_on: the last day on which they can be used; two weeks from today unless given.
        replace: withdraw the unspent slips of these units first.
        replacements: whether they stand in place of lost cards, beyond the headcount.
        rng: shuffles the units and the slips; the system's own unless given.

    Raises:
        Refused: a number of slips that cannot be, or a last day later than two weeks from today.
    """
    latest = clock.today() + timedelta(days=SLIP_DAYS)
    last_day = expires_on or latest
    if last_day > latest:
        refuse(VoiceFault.SLIPS_TOO_LONG, latest=latest.isoformat())
    for count in counts.values():
        if not 1 <= count <= MOST_SLIPS:
            refuse(VoiceFault.SLIPS_COUNT, count=count, most=MOST_SLIPS)
    chance = rng or random.SystemRandom()
    made = {unit: [slip_code() for _ in range(count)] for unit, count in counts.items()}
    with transaction.atomic():
        if replace:
            _withdraw(Slip.objects.filter(draw__season=season, draw__unit__in=counts))
        kind = SlipKind.REPLACEMENT if replacements else SlipKind.DRAWN
        _keep_hashes(season, made, last_day, kind)
    units = list(made)
    chance.shuffle(units)
    for codes in made.values():
        chance.shuffle(codes)
    return [SlipToPrint(unit, code) for unit in units for code in made[unit]]


def _keep_hashes(season: str, made: Mapping[str, list[str]], last_day: date, kind: SlipKind) -> None:
    draws = {
        unit: SlipDraw(
            id=secrets.token_hex(ID_BYTES),
            season=season,
            unit=unit,
            kind=kind,
            made=len(codes),
            expires_on=last_day,
        )
        for unit, codes in made.items()
    }
    SlipDraw.objects.bulk_create(sorted(draws.values(), key=lambda draw: draw.id))
    slips = [Slip(hash=slip_hash(code), draw=draws[unit]) for unit, codes in made.items() for code in codes]
    # In the order of their hashes: the order in which they were made or printed is not kept.
    Slip.objects.bulk_create(sorted(slips, key=lambda slip: slip.hash), batch_size=BATCH)


def note_renewed(season: str, renewed_until: date, *, replaced_before: Mapping[str, int]) -> None:
    """Count, once, the seats of each unit that were renewed into a season, when no more can be.

    Called in the transaction of the night in which the season before is forgotten. A seat that was taken
    with a slip of this season is counted with that slip; what remains was renewed. The number stays as it
    is when somebody erases or moves later, so it tells neither.

    Args:
        season: into which they were renewed.
        renewed_until: the last day on which they could be.
        replaced_before: `replaced` of the season before. So many of the renewed seats may be replacements
            that somebody kept; which ones were, nothing tells, so all that could be are counted as such.
    """
    seats: Counter[str] = Counter()
    for table in (Seat, ArrivingSeat):
        rows = table.objects.filter(season=season).values_list("unit", "moves_to")
        seats.update(moves_to or unit for unit, moves_to in rows)
    for unit, unspent, out in _draws_by_unit(season):
        seats[unit] -= out - unspent
    counts: list[tuple[str, SlipKind, int]] = []
    for unit, count in sorted(seats.items()):
        carried = max(0, min(count, replaced_before.get(unit, 0)))
        counts += [(unit, SlipKind.CARRIED, carried), (unit, SlipKind.RENEWED, count - carried)]
    SlipDraw.objects.bulk_create(
        SlipDraw(
            id=secrets.token_hex(ID_BYTES),
            season=season,
            unit=unit,
            kind=kind,
            made=count,
            used=count,
            expires_on=renewed_until,
        )
        for unit, kind, count in counts
        if count > 0
    )


def _draws_by_unit(season: str) -> list[tuple[str, int, int]]:
    """Of each draw its unit, its slips that nobody has spent, and those that are spent or still good."""
    draws = SlipDraw.objects.filter(season=season).annotate(unspent=Count("slip"))
    return [(draw.unit, draw.unspent, draw.made - draw.withdrawn) for draw in draws]


def expire_slips(today: date) -> int:
    """Delete unspent slips whose last day is over; how many there were."""
    with transaction.atomic():
        return _withdraw(Slip.objects.filter(draw__expires_on__lt=today))


def _withdraw(slips: QuerySet[Slip]) -> int:
    """Delete unspent slips and note their number, so that they never count as used."""
    unspent = list(slips.select_for_update(of=("self",)).values_list("hash", "draw_id"))
    for draw, count in sorted(Counter(draw for _, draw in unspent).items()):
        SlipDraw.objects.filter(id=draw).update(withdrawn=F("withdrawn") + count)
    hashes = [slip for slip, _ in unspent]
    for start in range(0, len(hashes), BATCH):
        Slip.objects.filter(hash__in=hashes[start : start + BATCH]).delete()
    return len(hashes)


def void_slips(season: str, units: Sequence[str]) -> None:
    """Withdraw every slip made for these units so far, used or not: their seats are being let go.

    The caller's transaction keeps everybody else from writing.
    """
    _withdraw(Slip.objects.filter(draw__season=season, draw__unit__in=units))
    SlipDraw.objects.filter(season=season, unit__in=units).update(withdrawn=F("made"), used=0)


def places_taken(season: str) -> dict[str, int]:
    """By unit, how many seats of a season are taken or can be: by slips, and by renewing.

    As long as seats of the season before can be renewed, all that there could be are counted, whoever comes
    by; then those that were renewed. So it changes when slips are made and, by night, when slips expire and
    when the season before is forgotten, but never when a slip is spent or a seat renewed: whoever sees a
    number of slips refused learns nothing about who has come since.
    """
    before = SeatSeason.objects.filter(id__in=SeatSeason.objects.filter(id=season).values("follows"))
    draws = SlipDraw.objects.filter(season__in=[season, *before.values_list("id", flat=True)])
    return _out(draws.exclude(season=season, kind=SlipKind.REPLACEMENT))


def places_settled(season: str) -> dict[str, int]:
    """`places_taken`, once no seat of the season before can be renewed any more; nothing until then.

    Seats that are there now are counted for nobody: whoever may change a headcount could set it just below
    any number, look again after each visit, and see on which day somebody came.
    """
    before = SeatSeason.objects.filter(id=season).values("follows")
    return {} if SeatSeason.objects.filter(id__in=before).exists() else places_taken(season)


def replaced(season: str) -> dict[str, int]:
    """By unit, how many seats of a season were taken with a replacement or still can be.

    Those of the season before that were renewed are among them; as long as they can be, all of them.
    """
    before = SeatSeason.objects.filter(id__in=SeatSeason.objects.filter(id=season).values("follows"))
    seasons = [season, *before.values_list("id", flat=True)]
    return _out(SlipDraw.objects.filter(season__in=seasons, kind__in=_REPLACED))


def _out(draws: QuerySet[SlipDraw]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for unit, made, withdrawn in draws.values_list("unit", "made", "withdrawn"):
        counts[unit] += made - withdrawn
    return dict(counts)


def refresh_used() -> None:
    """Work out how many slips of each draw were used; once a night, so that no page shows a spending."""
    with transaction.atomic():
        alone_at_night()
        for draw in SlipDraw.objects.annotate(unspent=Count("slip")).order_by("id"):
            SlipDraw.objects.filter(id=draw.id).update(used=draw.made - draw.withdrawn - draw.unspent)


def slip_counts(season: str) -> dict[str, UnitSlips]:
    """By unit, how many slips were made in a season, and how many were used by the last night."""
    counts: dict[str, UnitSlips] = {}
    for unit, made, used in SlipDraw.objects.filter(season=season).values_list("unit", "made", "used"):
        so_far = counts.get(unit, UnitSlips(0, 0))
        counts[unit] = UnitSlips(so_far.made + made, so_far.used + used)
    return counts
