"""The gate: the only reader of microdata. It closes a round once, whatever happens on the way.

The steps are drawn in docs/explanation/how-a-round-closes.md, with what is at rest after each of them;
argument.md says why a close that is interrupted anywhere and resumed publishes the same bytes once.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from traceback import extract_tb

from django.conf import settings
from django.db import transaction

from replenish import __version__
from replenish.basis import clock
from replenish.basis.errors import Refused, refuse
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions.alone import alone
from replenish.conditions.asked import asked_from_plain
from replenish.conditions.collecting import uncollected
from replenish.conditions.computing import Computed, Terms, compute
from replenish.conditions.lasting import empty_journal, lasting_transaction
from replenish.conditions.models import PublishedRelease, Round, State
from replenish.conditions.partitions import partition_from_plain
from replenish.conditions.published import chain_of, releases_of, row_of
from replenish.conditions.ratings.gathering import terms_of
from replenish.conditions.ratings.pooling import pool
from replenish.conditions.ratings.published import row_of as rating_row_of
from replenish.disclosure.release import Release
from replenish.ledger.actions import TIMETABLE, record
from replenish.ledger.content import LONGEST_WORDS
from replenish.ledger.events import Event
from replenish.ledger.heads import keep_head
from replenish.ledger.queries import entries
from replenish.sealing.round_key import RoundKeys
from replenish.voices.microdata import delete_contributions, read_contributions
from replenish.voices.rounds import remove_round, stop_accepting

VISIBLE_AFTER = timedelta(days=1)
"""P9: nothing is shown before the close plus a day."""


@dataclass(frozen=True)
class _Told:
    """What a close publishes: the release of the round, and with a season's last round that of ratings."""

    computed: Computed
    rated: Release | None


def close(round_id: str, *, shares: Mapping[str, str] | None = None) -> PublishedRelease:
    """Close a round: read it once, publish it once, delete its contributions, destroy its key.

    Calling it again, after whatever interruption, finishes what is not finished and returns the same row.

    Args:
        round_id: the round.
        shares: where its key is split, the opened half of each holder by name.

    Raises:
        Refused: there is no such round, it is not due, not open or being closed by somebody else just now; a
            round before it is not finished; its key is lost; or its release cannot be made.
    """
    with alone(settings.REPLENISH_KEYS):
        found = Round.objects.select_related("season").filter(id=round_id).first()
        if found is None:
            refuse(RoundFault.ROUND_UNKNOWN, round=round_id)
        if found.state != State.CLOSED:
            claim = _claim(found)
            stop_accepting(round_id)
            with uncollected():
                _publish(found, claim, _computed(found, shares))
        destroy_key(round_id)
        # What is published stays published: a ledger that does not fit is found and told by the night.
        with suppress(Refused):
            keep_head()
        return PublishedRelease.objects.select_related("round").get(round_id=round_id)


def _claim(found: Round) -> str:
    """Make this closer the only one that can finish; a claim whose holder died is taken over."""
    _require_turn(found)
    claim = secrets.token_hex(16)
    with transaction.atomic():
        mine = Round.objects.filter(
            id=found.id, state__in=[State.OPEN, State.CLOSING], claim=found.claim
        ).update(state=State.CLOSING, claim=claim)
    if not mine:
        refuse(RoundFault.ROUND_BEING_CLOSED)
    return claim


def _require_turn(found: Round) -> None:
    if found.state not in (State.OPEN, State.CLOSING):
        refuse(RoundFault.ROUND_NOT_OPEN, state=found.state)
    if clock.today() < found.closes_on:
        refuse(RoundFault.ROUND_NOT_DUE, closes=found.closes_on)
    before = Round.objects.filter(
        season__organisation=found.season.organisation,
        number__lt=found.number,
        state__in=[State.OPEN, State.CLOSING],
    )
    unfinished = before.order_by("number").first()
    if unfinished is not None:
        refuse(RoundFault.ROUND_EARLIER_UNFINISHED, number=unfinished.number)


def _computed(found: Round, shares: Mapping[str, str] | None) -> _Told:
    """The release of the round. The opened rows live in this call, and nowhere else, ever.

    A refusal of the computation may quote an answer, so only its code leaves this function; and so may an
    error, of which only the kind and the place leave it, and which keeps no other round waiting.
    """
    terms, of_ratings = _terms(found), terms_of(found)
    keys = RoundKeys(settings.REPLENISH_KEYS)
    if not keys.exists(found.id):
        refuse(RoundFault.ROUND_KEY_LOST)
    opener = keys.opener(found.id, shares=shares)
    why = ""
    try:
        opened = read_contributions(found.id, opener)
        computed = compute(terms, opened.groups, opened.scores)
        set_aside = [terms.group_codes[label] for label in computed.set_aside]
        rated = pool(of_ratings, opened.groups, opened.scores, set_aside)
    except Refused as refused:
        why = refused.fault.code
    except (ArithmeticError, AssertionError, LookupError, TypeError, ValueError) as error:
        why = _kind_and_place(error)
    # Outside of the handler, so that what was refused is not carried along as the context of this refusal.
    if why:
        refuse(RoundFault.ROUND_NOT_COMPUTED, why=why)
    return _Told(computed, rated)


def _kind_and_place(error: Exception) -> str:
    place = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"


def _terms(found: Round) -> Terms:
    """What the release depends on beside the contributions: frozen when the round opened, or published."""
    rows = chain_of(found.season.organisation)
    return Terms(
        round=f"round {found.number}",
        partition=partition_from_plain(found.season.partition),
        group_codes=found.season.group_codes,
        people=found.people,
        asked=asked_from_plain(found.asked),
        floor=found.floor,
        earlier=releases_of(rows),
        new_season=bool(rows) and rows[-1].round.season_id != found.season_id,
        paused=_has_paused(found),
    )


def _has_paused(found: Round) -> bool:
    """Whether a group paused in this round; also one that began again, since who came then may be few."""
    told = entries(found.season.organisation, event=Event.CONTRIBUTIONS_PAUSED)
    return any(one.content["round"] == found.id for one in told)


def _publish(found: Round, claim: str, told: _Told) -> None:
    """Release, ledger, deletion and end of the round: all of it, or nothing."""
    number = PublishedRelease.objects.filter(organisation=found.season.organisation).count() + 1
    visible_from = max(found.closes_on, clock.today()) + VISIBLE_AFTER
    row = row_of(told.computed.release, found, number=number, visible_from=visible_from)
    with lasting_transaction():
        mine = Round.objects.filter(id=found.id, state=State.CLOSING, claim=claim).update(
            state=State.CLOSED, claim=""
        )
        if not mine:
            refuse(RoundFault.ROUND_BEING_CLOSED)
        row.save(force_insert=True)
        _record_release(found, row, told.computed)
        _publish_ratings(found, told.rated, visible_from)
        delete_contributions(found.id)
        remove_round(found.id)


def _publish_ratings(found: Round, rated: Release | None, visible_from: date) -> None:
    """Inside the transaction of the round's own release."""
    if rated is None:
        return
    organisation, season = found.season.organisation, found.season.number
    row = rating_row_of(
        rated, organisation=organisation, round_id=found.id, season=season, visible_from=visible_from
    )
    row.save(force_insert=True)
    record(
        organisation=organisation,
        event=Event.RATINGS_PUBLISHED,
        actor=TIMETABLE,
        content={
            "season": found.season_id,
            "number": season,
            "release": row.id,
            "rule": row.rule,
            "version": __version__,
            "hash": row.hash,
            "visible_from": row.visible_from.isoformat(),
        },
    )


def _record_release(found: Round, row: PublishedRelease, computed: Computed) -> None:
    organisation = found.season.organisation
    about = {"season": found.season_id, "round": found.id, "number": found.number}
    record(organisation=organisation, event=Event.ROUND_CLOSED, actor=TIMETABLE, content=about)
    published: dict[str, object] = {
        "release": row.id,
        "rule": row.rule,
        "version": __version__,
        "hash": row.hash,
        "groups": [group.label[:LONGEST_WORDS] for group in computed.release.groups],
        "visible_from": row.visible_from.isoformat(),
    }
    record(
        organisation=organisation,
        event=Event.RELEASE_PUBLISHED,
        actor=TIMETABLE,
        content={**about, **published},
    )


def destroy_key(round_id: str) -> None:
    """Destroy the key of a round that is over, and write that down once; calling it again is harmless."""
    empty_journal()
    RoundKeys(settings.REPLENISH_KEYS).destroy(round_id)
    with transaction.atomic():
        over = Round.objects.filter(
            id=round_id, state__in=[State.CLOSED, State.CANCELLED], key_destroyed=False
        )
        if not over.update(key_destroyed=True):
            return
        row = Round.objects.select_related("season").get(id=round_id)
        record(
            organisation=row.season.organisation,
            event=Event.ROUND_KEY_DESTROYED,
            actor=TIMETABLE,
            content={"season": row.season_id, "round": row.id, "number": row.number},
        )
