"""Doubts about the number of slips of a group: shown by the night to all of it, answered with both keys.

What is kept here is what everybody in the group reads. Who raised a doubt, and how many did, nobody knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions.models import Doubt, Season
from replenish.conditions.rounds.seasons import end_of
from replenish.ledger.actions import TIMETABLE, record
from replenish.ledger.events import Event
from replenish.ledger.queries import entries
from replenish.people.askers import Asker
from replenish.people.queries import unit_tree
from replenish.people.roles import RoleKind
from replenish.people.rules import OTHER_KEY, holds_key
from replenish.voices.doubts import take_doubts

LONGEST_ANSWER = 200


@dataclass(frozen=True)
class DoubtShown:
    """A doubt as everybody in the group, the steward and the representative read it.

    Attributes:
        group: the label of the reporting group.
        answer: of both keys; empty as long as there is none.
        proposed: an answer that waits for the other key, with the role of that key; for those two alone.
        waits_for: that role.
    """

    group: str
    answer: str
    proposed: str = ""
    waits_for: str = ""


def show_doubts() -> int:
    """Make public what was doubted since the last night, and forget what belongs to a season that is over.

    A doubt that stands already, unanswered, stays as it is.

    Returns:
        How many groups have a doubt that they had not before.
    """
    with transaction.atomic():
        for one in Doubt.objects.select_related("season"):
            if end_of(one.season) <= clock.today():
                one.delete()
        return sum(_show(season, group) for season, group in sorted(take_doubts()))


def _show(season_id: str, group: str) -> bool:
    season = Season.objects.filter(id=season_id).first()
    label = _label(season, group) if season is not None else None
    if season is None or label is None or end_of(season) <= clock.today():
        return False
    there = Doubt.objects.filter(id=group).first()
    if there is not None and not there.answered:
        return False
    Doubt.objects.update_or_create(
        id=group,
        defaults={
            "season": season,
            "label": label,
            "words": "",
            "proposed_by": "",
            "proposed_as": "",
            "answered": False,
        },
    )
    record(
        organisation=season.organisation,
        event=Event.DOUBT_SHOWN,
        actor=TIMETABLE,
        content={"season": season.id, "group": label},
    )
    return True


def _label(season: Season, group: str) -> str | None:
    return next((label for label, code in season.group_codes.items() if code == group), None)


def doubt_about(group: str) -> DoubtShown | None:
    """What everybody in a reporting group reads; None where nothing is doubted.

    Args:
        group: its opaque code, which is new in each season.
    """
    row = Doubt.objects.filter(id=group).first()
    return None if row is None else DoubtShown(row.label, row.words if row.answered else "")


def doubts_of(organisation: str) -> tuple[DoubtShown, ...]:
    """Every doubt of an organisation, for those who hold its keys."""
    found = Doubt.objects.filter(season__organisation=organisation).order_by("label", "id")
    return tuple(
        DoubtShown(row.label, row.words)
        if row.answered
        else DoubtShown(
            row.label, "", row.words, OTHER_KEY[RoleKind(row.proposed_as)] if row.proposed_as else ""
        )
        for row in found
    )


def groups_answered_for(asker: Asker) -> frozenset[str]:
    """The labels of the doubted groups for which the asker holds one of the two keys."""
    rows = Doubt.objects.select_related("season").filter(season__organisation=asker.organisation)
    return frozenset(row.label for row in rows if any(_holds(asker, role, row) for role in OTHER_KEY))


def propose_answer(*, asker: Asker, group: str, words: str) -> None:
    """Propose an answer to a doubt, as steward of all units of the group or as representative.

    It takes the place of an earlier proposal, and is shown when the other key agrees.

    Args:
        asker: holds one of the two keys.
        group: the label of the reporting group.
        words: of the answer.

    Raises:
        Refused: there is no such doubt that waits for an answer, no words or too many, or no key.
    """
    said = " ".join(words.split())
    if not said.isprintable() or not 0 < len(said) <= LONGEST_ANSWER:
        refuse(RoundFault.DOUBT_WORDS, most=LONGEST_ANSWER)
    with transaction.atomic():
        row = _waiting(asker, group)
        held = next((role for role in OTHER_KEY if _holds(asker, role, row)), None)
        if held is None or asker.account is None:
            refuse(RoundFault.DOUBT_KEY, group=row.label)
        row.words, row.proposed_by, row.proposed_as = said, asker.account, held
        row.save(update_fields=["words", "proposed_by", "proposed_as"])


def agree_on_answer(*, asker: Asker, group: str, seen: str | None = None) -> str:
    """Turn the second key: the answer is shown to everybody in the group.

    Args:
        asker: holds the other key.
        group: the label of the reporting group.
        seen: the words the asker read; the other may have changed them since.

    Returns:
        The words that were agreed on.

    Raises:
        Refused: there is no such doubt that waits, nothing is proposed, or the asker does not hold the other
            key, or whoever proposed it holds theirs no longer.
    """
    with transaction.atomic():
        row = _waiting(asker, group)
        if not row.proposed_as or seen not in (None, row.words):
            refuse(RoundFault.DOUBT_NOT_PROPOSED, group=row.label)
        first = RoleKind(row.proposed_as)
        proposer = Asker(asker.organisation, row.proposed_by)
        if asker.account == row.proposed_by or not _holds(asker, OTHER_KEY[first], row):
            refuse(RoundFault.DOUBT_KEY, group=row.label)
        if not _holds(proposer, first, row):
            refuse(RoundFault.DOUBT_NOT_PROPOSED, group=row.label)
        row.answered = True
        row.save(update_fields=["answered"])
        record(
            organisation=asker.organisation,
            event=Event.DOUBT_ANSWERED,
            actor=asker.actor,
            content={"season": row.season_id, "group": row.label, "proposed_by": row.proposed_by},
        )
    return row.words


def waits_since(asker: Asker) -> date | None:
    """Since when the newest doubt waits for a key that the asker holds; None where none does.

    Args:
        asker: of an answer they proposed themselves it is the other key's turn.
    """
    rows = Doubt.objects.select_related("season").filter(
        season__organisation=asker.organisation, answered=False
    )
    labels = {row.label for row in rows if any(_holds(asker, role, row) for role in _turn(row))}
    shown = entries(asker.organisation, event=Event.DOUBT_SHOWN) if labels else ()
    return max((one.at.date() for one in shown if one.content["group"] in labels), default=None)


def _turn(row: Doubt) -> tuple[RoleKind, ...]:
    return (OTHER_KEY[RoleKind(row.proposed_as)],) if row.proposed_as else tuple(OTHER_KEY)


def _waiting(asker: Asker, group: str) -> Doubt:
    found = (
        Doubt.objects.select_for_update(of=("self",))
        .select_related("season")
        .filter(season__organisation=asker.organisation, label=group, answered=False)
        .order_by("-season__number")
        .first()
    )
    if found is None:
        refuse(RoundFault.DOUBT_UNKNOWN, group=group)
    return found


def _holds(asker: Asker, role: RoleKind, row: Doubt) -> bool:
    """Whether the asker holds this key for every unit of the group."""
    paths = {
        tuple(unit) for plain in row.season.partition["groups"] if plain["label"] == row.label
        for unit in plain["units"]
    }  # fmt: skip
    ids = {code: unit for unit, code in row.season.unit_codes.items()}
    units = {ids[code] for code, path in row.season.unit_paths.items() if tuple(path) in paths}
    return holds_key(asker, role, units, unit_tree(asker.organisation))
