"""What a person does with their own card. Each action is one transaction, and doing it twice does no harm."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from django.db import IntegrityError, connection, transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import VoiceFault
from replenish.measures.library import load_pack
from replenish.sealing.names import box_name, seat_name, voice_name
from replenish.sealing.secret import Secret
from replenish.sealing.slips import slip_hash
from replenish.voices.asked import require_answers
from replenish.voices.box_content import BoxContent, Setting
from replenish.voices.box_rows import BoxRows
from replenish.voices.contributing import Contributed, contributions, lacks_contribution
from replenish.voices.guarded import sit
from replenish.voices.night_key import hold_off_the_night
from replenish.voices.one_card import hold_card
from replenish.voices.queries import MySeat, SlipCount, seat_seen, slip_counts_beside
from replenish.voices.seats import JOINED_TABLE, FoundSeat, KnownSeason, Seasons, known_seasons, renewable
from replenish.voices.sight import Sight, see
from replenish.voices.standing import (
    held_standing,
    plan_ahead,
    present,
    take_seat,
    write,
    write_planned,
    written_if_unchanged,
)
from replenish.voices.statements import change
from replenish.voices.stored_boxes import box_write, erased_hash, open_seen, open_stored
from replenish.voices.turns import Taking, Turn, note, taking
from replenish.voices.weeks import require_begun

Result = TypeVar("Result")
Settings = Callable[[BoxRows, MySeat | None], Mapping[str, Setting]]
ATTEMPTS = 4


class Joined(Enum):
    """What became of a slip."""

    SEATED = "seated"
    MOVES = "moves"


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """What became of a check-in. The box is saved whenever this is returned."""

    contributed: Contributed
    taking: Taking = Taking.TAKEN


def check_in(
    secret: Secret,
    answers: Mapping[str, Mapping[str, float]],
    week: str,
    *,
    turn: Turn | None = None,
    settings: Settings | None = None,
) -> CheckedIn:
    """Keep a person's answers of a week in their box, and renew their contribution from it.

    Sending the same check-in again changes nothing, so a phone may send it until it hears back.

    Args:
        secret: whose card it is.
        answers: by pack, the answers by item; skipped items are absent. They replace earlier ones of the
            same week and pack.
        week: the ISO week they are about, such as 2026-W03.
        turn: which writing this is; one that waited on a device gives way to what was said since.
        settings: from the box before the answers and the seat, what else changes in the box. It may be asked
            more than once.

    Raises:
        Refused: an unknown pack or item, an impossible answer, a week that has not begun, an erased card.
    """
    require_begun(week, clock.today())
    for pack, given in answers.items():
        require_answers(pack, given)
    became = Taking.TAKEN

    def edit(box: BoxRows, seat: MySeat | None) -> None:
        nonlocal became
        changed = settings(box, seat) if settings is not None else {}
        for pack, given in answers.items():
            became = taking(box, (week, pack), turn)
            if became is Taking.TAKEN:
                box.put(week, (pack, load_pack(pack).content_hash), given)
                note(box, (week, pack), turn)
        box.settings.update(changed)

    ahead = plan_ahead(secret, edit)
    if ahead is not None and written_if_unchanged(ahead):
        return CheckedIn(ahead.contributed, became)
    return CheckedIn(_at_once(lambda: write_planned(secret, ahead, edit)), became)


def edit_box(secret: Secret, edit: Callable[[BoxContent], BoxContent]) -> BoxContent:
    """Change what is in a person's box; where check-ins change, the contribution follows.

    Args:
        secret: whose card it is.
        edit: from the content to the new content. It may run more than once, so it must do nothing else.

    Raises:
        Refused: the box cannot be opened or holds no more, or the card was erased.
    """

    def write_edited() -> BoxContent:
        standing = held_standing(secret)
        before = BoxContent.of_rows(open_stored(secret, standing.box))
        # Checked again: an edit builds its result without the checks of a new content.
        after = BoxContent.model_validate(edit(before).model_dump(warnings=False))
        if after == before:
            return before
        box, key = after.to_rows(), standing.key
        writes = [box_write(secret, standing.box, box, key)]
        if after.check_ins != before.check_ins:
            writes += contributions(secret, box, standing.seats, standing.seasons, key).writes
        write(standing, writes)
        return after

    return _at_once(write_edited)


def erase(secret: Secret) -> None:
    """Destroy a person's box, their seats and their contributions of open rounds; again is harmless.

    What lies in backups stays sealed under a secret that nobody has. The hash of the box's name stays, so
    that a restored backup drops the box again.
    """
    name = box_name(secret)
    with transaction.atomic():
        hold_card(secret)
        hold_off_the_night()
        for table in ("voices_arrivingbox", "voices_box"):
            change(f"DELETE FROM {table} WHERE name = %s", [name])  # noqa: S608
        change(
            "INSERT INTO voices_erasedbox (name_hash) VALUES (%s) ON CONFLICT (name_hash) DO NOTHING",
            [erased_hash(name)],
        )
        seasons = known_seasons()
        for season in seasons.values():
            for table in (JOINED_TABLE, "voices_seat"):
                change(f"DELETE FROM {table} WHERE name = %s", [seat_name(secret, season.id)])  # noqa: S608
            for known in season.rounds:
                change("DELETE FROM voices_contribution WHERE voice = %s", [voice_name(secret, known.id)])


def spend_slip(secret: Secret, code: str) -> Joined:
    """Exchange a slip for a seat in its unit; with a seat in the season already, for a move to that unit.

    A seat counts from the next round, and so does a move. A slip for the unit one sits in is not spent.

    Raises:
        Refused: the code is mistyped; the slip is unknown, spent or expired (one answer for all three); the
            card has a seat in another organisation, or was erased.
    """
    slip = slip_hash(code)
    if _sat_down(secret, slip):
        return Joined.SEATED
    return _at_once(lambda: _spend(secret, slip))


def _sat_down(secret: Secret, slip: str) -> bool:
    """Whether a card without any seat took its first one; every other case is looked at once more."""
    if connection.in_atomic_block:
        return False
    seen = see(secret, slip=slip)
    season = seen.seasons.get(seen.slip.season) if seen.slip is not None else None
    if seen.slip is None or season is None or seen.seats or seen.slip.expires_on < clock.today():
        return False
    seats = {known: seat_name(secret, known) for known in seen.seasons}
    seat = (seats[season.id], season.id, seen.slip.unit, season.next_number, "")
    return sit(seen.key[0], slip, seen.box.name, season, seat, seats)


def _spend(secret: Secret, slip: str) -> Joined:
    if connection.features.has_select_for_update:
        hold_card(secret)
        hold_off_the_night()
    seen = see(secret, slip=slip)
    seasons, seats = seen.seasons, seen.seats
    season = seasons.get(seen.slip.season) if seen.slip is not None else None
    if seen.erased:
        refuse(VoiceFault.CARD_ERASED)
    if (
        seen.slip is None
        or season is None
        or seen.slip.expires_on < clock.today()
        or _is_over(season, seasons)
    ):
        refuse(VoiceFault.SLIP_NOT_OPEN)
    unit = seen.slip.unit
    seat = next((seat for seat in seats if seat.season == season.id), None)
    elsewhere = any(seat.season not in (season.id, season.follows) for seat in seats)
    # One answer for all of these and for a spent slip: whoever kept the codes could otherwise ask with a card
    # that cannot spend them which are spent already, and so learn who has joined, without leaving a trace.
    if elsewhere or (seat is not None and unit == (seat.moves_to or seat.unit)):
        refuse(VoiceFault.SLIP_NOT_OPEN)
    # The condition and the deletion are one statement: of two who spend the same slip, one deletes it.
    if not change("DELETE FROM voices_slip WHERE hash = %s", [slip]):
        refuse(VoiceFault.SLIP_NOT_OPEN)
    if seat is None:
        take_seat(seat_name(secret, season.id), season.id, unit, season.next_number)
        return Joined.SEATED
    _move_seat(seat, unit, season.next_number)
    return Joined.MOVES


def _is_over(season: KnownSeason, seasons: Seasons) -> bool:
    return any(later.follows == season.id for later in seasons.values())


def _move_seat(seat: FoundSeat, unit: str, moves_from: int) -> None:
    here = unit == seat.unit
    change(
        f"UPDATE {seat.table} SET moves_to = %s, moves_from = %s WHERE name = %s",  # noqa: S608
        ["" if here else unit, None if here else moves_from, seat.name],
    )


def renew_seat(secret: Secret) -> bool:
    """Renew a seat of last season in the first weeks of the new one; says whether there was one to renew.

    A renewed seat counts from the first round. Whoever does not come by lapses with the season.
    """
    seen = see(secret)
    if renewable(seen.seats, seen.seasons, clock.today()) is None:
        return False

    def renew() -> None:
        hold_card(secret)
        hold_off_the_night()
        present(secret)

    _at_once(renew)
    return True


def contribute_again(secret: Secret) -> Contributed | None:
    """After a round's key was replaced: contribute from one's own box. None where nothing is missing."""
    seen = see(secret)
    box = open_seen(secret, seen.box) if seen.seats else None
    return None if box is None else _contribute_what_is_missing(secret, box, seen)


def _contribute_what_is_missing(secret: Secret, box: BoxRows, seen: Sight) -> Contributed | None:
    if not lacks_contribution(secret, box, seen.seats, seen.seasons, seen.contributed):
        return None

    def write_missing() -> Contributed:
        standing = held_standing(secret)
        own = open_stored(secret, standing.box)
        found = contributions(secret, own, standing.seats, standing.seasons, standing.key)
        write(standing, found.writes)
        return found.reached

    return _at_once(write_missing)


@dataclass(frozen=True, slots=True)
class Visit:
    """What a person sees on their own page; each part is None or empty where there is nothing."""

    box: BoxContent | None
    seat: MySeat | None
    slips: tuple[SlipCount, ...]


def visit(secret: Secret) -> Visit:
    """A visit to one's own page: it renews the seat where that is due, and contributes again where it must.

    It reads everything the page needs in two statements, and writes only where something is to do.

    Raises:
        Refused: the box is damaged, or its outer key is not there.
    """
    seen = see(secret)
    if renewable(seen.seats, seen.seasons, clock.today()) is not None and renew_seat(secret):
        seen = see(secret)
    box = open_seen(secret, seen.box)
    if box is not None and seen.seats:
        _contribute_what_is_missing(secret, box, seen)
    seat = seat_seen(seen.seats, seen.seasons)
    return Visit(None if box is None else BoxContent.of_rows(box), seat, slip_counts_beside(seat))


def _at_once(action: Callable[[], Result], attempts: int = ATTEMPTS) -> Result:
    """Run an action in one transaction, and again where another device of the same card came first.

    Two devices that begin a box or a seat at the same moment insert the same name; one of them then finds
    what the other wrote.
    """
    try:
        with transaction.atomic():
            return action()
    except IntegrityError:
        if attempts == 1:
            raise
    return _at_once(action, attempts - 1)
