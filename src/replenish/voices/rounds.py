"""The beginning, the closing and the end of seasons and rounds, as `conditions.rounds` asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from replenish.basis.errors import refuse
from replenish.basis.faults import VoiceFault
from replenish.measures.library import load_pack
from replenish.voices.asked import scales_of
from replenish.voices.doubts import begin_doubts
from replenish.voices.models import ArrivingSeat, Contribution, GroupOfUnit, OpenRound, Seat, SeatSeason
from replenish.voices.night_key import alone_at_night
from replenish.voices.seats import joined_codes, split_codes
from replenish.voices.slips import void_slips

OWN_PACKS = ("replenish-weekly", "replenish-round")


def begin_season(season: str, *, groups: Mapping[str, str], renew_until: date, follows: str = "") -> None:
    """Make a season known: the reporting group of each unit, and the season whose seats a visit renews.

    A second call with the same content changes nothing.

    Args:
        season: its opaque id.
        groups: by opaque code of unit, the opaque code of its reporting group. Codes of units stay the same
            from season to season, or seats cannot be renewed.
        renew_until: the last day on which a visit renews a seat of the season before, `RENEW_DAYS` days from
            the first of this one.
        follows: the season before of the same organisation; none for the first.

    Raises:
        Refused: the season is known already with other content.
    """
    wanted = {(unit, group) for unit, group in groups.items()}
    with transaction.atomic():
        row, new = SeatSeason.objects.get_or_create(
            id=season, defaults={"follows": follows, "renew_until": renew_until}
        )
        if new:
            GroupOfUnit.objects.bulk_create(
                GroupOfUnit(id=f"{season}/{unit}", season=season, unit=unit, group=group)
                for unit, group in sorted(wanted)
            )
            begin_doubts()
            return
        kept = set(GroupOfUnit.objects.filter(season=season).values_list("unit", "group"))
        if (row.follows, row.renew_until, kept) != (follows, renew_until, wanted):
            refuse(VoiceFault.SEASON_DIFFERS)


def scale_names(packs: Sequence[str] = OWN_PACKS) -> tuple[str, ...]:
    """The scales a contribution holds, in their order: all of the packs that are not private.

    Raises:
        Refused: a pack is unknown or not made for rounds, or two packs share a scale.
    """
    return tuple(scales_of(packs))


def open_round(
    round_id: str,
    *,
    season: str,
    number: int,
    recipient: str,
    starts_on: date,
    closes_on: date,
    packs: Sequence[str] = OWN_PACKS,
    paused: Iterable[str] = (),
) -> None:
    """Open a round for check-ins. A second call with the same content changes nothing.

    Args:
        round_id: its opaque id.
        season: the season it belongs to.
        number: its number in the season, from 1.
        recipient: the public key that contributions are sealed to.
        starts_on: its first day.
        closes_on: the day of the close, on which nothing counts any more.
        packs: what is asked.
        paused: the codes of groups that contribute nothing until `resume_groups` is called for them. They
            are given here and never later: nothing that was contributed is ever left out.

    Raises:
        Refused: the season is not known, the round is open with other content, or a pack does not fit.
    """
    if not SeatSeason.objects.filter(id=season).exists():
        refuse(VoiceFault.SEASON_UNKNOWN)
    content = {
        "season": season,
        "number": number,
        "recipient": recipient,
        "scales": list(scale_names(packs)),
        "packs": {pack: load_pack(pack).content_hash for pack in packs},
        "starts_on": starts_on,
        "closes_on": closes_on,
    }
    begun = {**content, "paused": joined_codes(paused)}
    row, new = OpenRound.objects.get_or_create(id=round_id, defaults=begun)
    if not new and any(getattr(row, field) != value for field, value in content.items()):
        refuse(VoiceFault.ROUND_DIFFERS)


def stop_accepting(round_id: str) -> bool:
    """Accept no further check-in; says whether this call was the one that stopped it.

    A check-in holds the row of the round until it is written, so when this returns none can slip in behind.

    Raises:
        Refused: there is no open round of that name.
    """
    if OpenRound.objects.filter(id=round_id, accepting=True).update(accepting=False):
        return True
    if not OpenRound.objects.filter(id=round_id).exists():
        refuse(VoiceFault.ROUND_UNKNOWN)
    return False


def replace_key(round_id: str, recipient: str) -> None:
    """Seal to a new key, because the round's key is lost: nobody can read what was contributed so far.

    Those contributions are deleted; each person's next visit contributes again from their own box.

    Raises:
        Refused: there is no open round of that name.
    """
    with transaction.atomic():
        if not OpenRound.objects.filter(id=round_id).update(recipient=recipient):
            refuse(VoiceFault.ROUND_UNKNOWN)
        Contribution.objects.filter(round_id=round_id).delete()


def paused_groups(round_id: str) -> frozenset[str]:
    """The codes of the groups that contribute nothing to an open round."""
    found = OpenRound.objects.filter(id=round_id).values_list("paused", flat=True).first()
    return split_codes(found or "")


def resume_groups(round_id: str, groups: Iterable[str]) -> None:
    """Let groups contribute to an open round again: each person's next visit does, from their own box."""
    with transaction.atomic():
        row = OpenRound.objects.select_for_update().filter(id=round_id).first()
        if row is not None:
            row.paused = joined_codes(split_codes(row.paused) - set(groups))
            row.save(update_fields=["paused"])


def move_close(round_id: str, closes_on: date) -> None:
    """Let an open round close on another day, because holidays pause it.

    Raises:
        Refused: there is no open round of that name.
    """
    if not OpenRound.objects.filter(id=round_id).update(closes_on=closes_on):
        refuse(VoiceFault.ROUND_UNKNOWN)


def remove_round(round_id: str) -> bool:
    """Forget a round with all its contributions (closed or cancelled); says whether it was there."""
    with transaction.atomic():
        Contribution.objects.filter(round_id=round_id).delete()
        gone, _ = OpenRound.objects.filter(id=round_id).delete()
    return bool(gone)


def clear_seats(season: str, units: Sequence[str]) -> None:
    """Let the seats of units lapse in which more were renewed than there are people: a fresh draw follows.

    With them go the slips made for these units so far, and the seats of last season that would be renewed
    into them at the next visit. Nobody joins, renews or moves while this runs.
    """
    with transaction.atomic():
        alone_at_night()
        last = SeatSeason.objects.filter(id=season).exclude(follows="").values_list("follows", flat=True)
        would_renew = Q(season__in=list(last)) & (Q(moves_to="", unit__in=units) | Q(moves_to__in=units))
        for table in (Seat, ArrivingSeat):
            table.objects.filter(Q(season=season, unit__in=units) | would_renew).delete()
        for known in (season, *last):
            void_slips(known, units)
