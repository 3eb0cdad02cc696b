"""From a person's box to their one contribution of a round: computed anew from the box, replaced whole."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from replenish.sealing.contribution import encode_scores
from replenish.sealing.names import voice_name
from replenish.sealing.round_key import seal_contribution
from replenish.sealing.secret import Secret
from replenish.voices.asked import POOLED_PACK, AskedRound, asked_round
from replenish.voices.box_rows import AskedPack, BoxRows
from replenish.voices.night_key import NightKey, wrap_row
from replenish.voices.seats import FoundSeat, KnownRound, Seasons
from replenish.voices.statements import Write
from replenish.voices.weeks import weeks_of_round


class Contributed(Enum):
    """Whether a person's scores are part of an open round, and why not. The box is saved in any case."""

    YES = "yes"
    WITHOUT_SEAT = "without seat"
    WITHOUT_ROUND = "without round"
    COUNTS_LATER = "counts later"
    WITHOUT_GROUP = "without group"
    PAUSED = "paused"
    """Leaders have left two rounds without an answer; see `conditions.unanswered`."""
    WITHOUT_KEY = "without key"
    QUESTIONS_CHANGED = "questions changed"
    NOTHING_IN_ROUND = "nothing in round"


# Of several seats or rounds, the one that came furthest is told.
_ORDER = (
    Contributed.WITHOUT_SEAT,
    Contributed.WITHOUT_ROUND,
    Contributed.COUNTS_LATER,
    Contributed.WITHOUT_GROUP,
    Contributed.PAUSED,
    Contributed.WITHOUT_KEY,
    Contributed.NOTHING_IN_ROUND,
    Contributed.QUESTIONS_CHANGED,
    Contributed.YES,
)
_PUT = """
INSERT INTO voices_contribution (voice, round_id, "group", sealed) VALUES (%s, %s, %s, %s)
ON CONFLICT (voice) DO UPDATE SET "group" = excluded."group", sealed = excluded.sealed"""
_TAKE_BACK = "DELETE FROM voices_contribution WHERE voice = %s"


@dataclass(frozen=True, slots=True)
class Contributions:
    """How far a person's scores come, and the statements that write them."""

    reached: Contributed
    writes: list[Write]


def contributions(
    secret: Secret, box: BoxRows, seats: Iterable[FoundSeat], seasons: Seasons, key: NightKey
) -> Contributions:
    """The contribution to each open round that a seat counts in."""
    reached = [Contributed.WITHOUT_SEAT]
    writes: list[Write] = []
    for seat in seats:
        reached.append(Contributed.WITHOUT_ROUND)
        open_rounds = [known for known in seasons[seat.season].rounds if known.accepting]
        reached += [
            obstacle_for(known, seat)
            or _contribute(known, seasons[seat.season].starts_on, secret, box, seat, key, writes)
            for known in open_rounds
        ]
    return Contributions(max(reached, key=_ORDER.index), writes)


def _contribute(
    known: KnownRound,
    begins: date,
    secret: Secret,
    box: BoxRows,
    seat: FoundSeat,
    key: NightKey,
    writes: list[Write],
) -> Contributed:
    if not known.recipient:
        return Contributed.WITHOUT_KEY
    voice = voice_name(secret, known.id)
    asked = asked_round(known.scales, known.packs)
    scores = scores_of_round(box, known, asked, begins)
    if scores is None:
        writes.append((_TAKE_BACK, [voice]))
        return _why_nothing(box, known, asked)
    payload = encode_scores(asked.names, dict(zip(asked.names, scores, strict=True)))
    sealed = wrap_row(key, voice, seal_contribution(known.recipient, payload))
    writes.append((_PUT, [voice, known.id, str(seat.group_in(known.number)), sealed]))
    return Contributed.YES


def lacks_contribution(
    secret: Secret, box: BoxRows, seats: Iterable[FoundSeat], seasons: Seasons, contributed: Container[str]
) -> bool:
    """Whether an open round has nothing of this person although their box holds scores for it.

    So it is after the key of a round was lost: the contributions are gone, and the boxes are still there.
    """
    for seat in seats:
        season = seasons[seat.season]
        for known in season.rounds:
            if not known.accepting or not known.recipient or obstacle_for(known, seat):
                continue
            if voice_name(secret, known.id) in contributed:
                continue
            asked = asked_round(known.scales, known.packs)
            if scores_of_round(box, known, asked, season.starts_on) is not None:
                return True
    return False


def obstacle_for(known: KnownRound, seat: FoundSeat) -> Contributed | None:
    """Why a seat does not count in a round; None where it does."""
    if seat.counts_from > known.number:
        return Contributed.COUNTS_LATER
    group = seat.group_in(known.number)
    if group is None:
        return Contributed.WITHOUT_GROUP
    return Contributed.PAUSED if known.pauses(group) else None


def scores_of_round(box: BoxRows, known: KnownRound, asked: AskedRound, begins: date) -> list[float] | None:
    """The means of a person's check-ins in the weeks of a round; None where there is no score at all.

    What is asked after sessions of supervision counts from the first day of the season (`begins`) on: it is
    contributed once in a season, with its last round, so each answer still belongs to one release.
    """
    scores = asked.scores(
        (pack, answers)
        for _, (pack, digest), answers in _counted(box, known, asked, begins)
        if asked.packs.get(pack) == digest
    )
    return None if all(map(math.isnan, scores)) else scores


def _counted(
    box: BoxRows, known: KnownRound, asked: AskedRound, begins: date
) -> Iterator[tuple[str, AskedPack, dict[str, float]]]:
    weeks = weeks_of_round(known.starts_on, known.closes_on)
    if POOLED_PACK not in asked.packs:
        return box.rows(weeks)
    since = weeks_of_round(min(begins, known.starts_on), known.closes_on)
    return (row for row in box.rows(since) if row[0] in weeks or row[1][0] == POOLED_PACK)


def _why_nothing(box: BoxRows, known: KnownRound, asked: AskedRound) -> Contributed:
    """Answers to another version of the questions are no answers to this round's."""
    weeks = weeks_of_round(known.starts_on, known.closes_on)
    other = any(asked.packs.get(pack, digest) != digest for _, (pack, digest), _ in box.rows(weeks))
    return Contributed.QUESTIONS_CHANGED if other else Contributed.NOTHING_IN_ROUND
