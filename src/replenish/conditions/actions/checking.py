"""What a plan must say before it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import ActionFault
from replenish.conditions.actions.library.reading import CONDITIONS, library
from replenish.conditions.actions.starts import MOST_WAVES
from replenish.conditions.actions.told import Plan
from replenish.conditions.models import LONGEST_POINT, LONGEST_TITLE, ActionKind, Expected, PublishedRelease
from replenish.conditions.opens import opens_to_members
from replenish.people.askers import Asker
from replenish.people.queries import accounts, unit_tree

FURTHEST = timedelta(days=2 * 366)


def clean_plan(asker: Asker, plan: Plan) -> Plan:
    """The plan with single spaces, and with the facts of the library where it comes from there.

    Raises:
        Refused: something is missing or cannot be.
    """
    known = library().get(plan.library)
    if plan.library and known is None:
        refuse(ActionFault.CHOICE)
    words = " ".join(plan.words.split())
    if known is None and not (0 < len(words) <= LONGEST_TITLE and words.isprintable()):
        refuse(ActionFault.TITLE, most=LONGEST_TITLE)
    made = replace(plan, words="" if known else words, kind=known.kind if known else plan.kind)
    if known is not None:
        made = replace(made, condition=known.condition)
    _require_choices(made)
    _require_there(asker, made)
    return replace(made, units=tuple(sorted(set(made.units))))


def clean_words(words: str) -> str:
    """A note, or a reason, with single spaces.

    Raises:
        Refused: it is empty, too long, or has signs that cannot be printed.
    """
    clean = " ".join(words.split())
    if not clean.isprintable() or not 0 < len(clean) <= LONGEST_POINT:
        refuse(ActionFault.NOTE, most=LONGEST_POINT)
    return clean


def _require_choices(plan: Plan) -> None:
    if plan.kind not in ActionKind.values or plan.condition not in CONDITIONS:
        refuse(ActionFault.CHOICE)
    if plan.expects not in Expected.values or not 1 <= plan.waves <= MOST_WAVES:
        refuse(ActionFault.CHOICE)
    if plan.waiting < 0:
        refuse(ActionFault.WAITING)


def _require_there(asker: Asker, plan: Plan) -> None:
    today = clock.today()
    if not today <= plan.first_day <= today + FURTHEST:
        refuse(ActionFault.DAY)
    if not set(plan.units) <= {one.unit for one in unit_tree(asker.organisation)}:
        refuse(ActionFault.UNITS)
    if plan.owner not in {one.account for one in accounts(asker.organisation)}:
        refuse(ActionFault.OWNER)
    if plan.release and not _opened(asker, plan.release):
        refuse(ActionFault.RELEASE)


def _opened(asker: Asker, release: str) -> bool:
    row = PublishedRelease.objects.filter(id=release, organisation=asker.organisation).first()
    return row is not None and opens_to_members(row.visible_from) <= clock.today()
