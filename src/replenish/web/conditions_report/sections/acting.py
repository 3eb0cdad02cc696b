"""You said, we did: what changed in conditions, what is being tried for them, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from replenish.disclosure.release import Cell
from replenish.report.document import Block, Bullets, Heading, LeadersWords, Paragraph, Section
from replenish.web.acting.became import in_short
from replenish.web.acting.words import ActionTold, told
from replenish.web.conditions_report.asked import condition_titles
from replenish.web.conditions_report.sections.rounds import cell_of
from replenish.web.conditions_report.source import Acted, Source
from replenish.web.conditions_report.wording import change, number, outwards, upper, where

ACTIONS_TOLD = 12
NOTES_TOLD = 2


def acting(source: Source) -> Section | None:
    """By condition what was said, and what is tried; none where nothing is planned for the part."""
    if not source.actions:
        return None
    blocks: list[Block] = [
        Paragraph(_("What you said in rounds, and what is being tried because of it.")),
    ]
    shown = source.actions[:ACTIONS_TOLD]
    for condition, title in condition_titles().items():
        mine = [one for one in shown if one.acting.plan.condition == condition]
        if mine:
            blocks += [Heading(upper(title)), *_said(source, condition)]
            blocks += [block for one in mine for block in _tried(one, dict(source.unit_names))]
    if any(one.effect.measured is not None for one in shown):
        blocks.append(
            Paragraph(_("What is said about effects comes from published bands alone. No answer was read."))
        )
    return Section("acting", _("You said, we did"), tuple(blocks))


def _said(source: Source, condition: str) -> Iterator[Block]:
    """Where the condition stands for the part in the newest round, and whether it moved."""
    latest = source.latest
    cell = cell_of(latest, condition) if latest is not None else None
    if latest is None or cell is None:
        return
    if isinstance(cell, Cell):
        if cell.band is None:
            return
        stands, moved = where(cell.band.low, cell.band.high), change(cell, compared=False)
    else:
        stands, moved = where(*outwards(cell)), ""
    said = {"round": number(latest.published.round), "where": stands, "change": moved}
    if moved:
        yield Paragraph(_("You said, in round %(round)s: %(where)s, %(change)s.") % said)
    else:
        yield Paragraph(_("You said, in round %(round)s: %(where)s.") % said)


def _tried(one: Acted, names: dict[str, str]) -> Iterator[Block]:
    action = told(one.acting, names)
    # Words of leaders: a number in a title or a note is a part of what they wrote.
    yield LeadersWords((action.title,))
    yield Bullets((*_facts(action), in_short(one.effect)))
    notes = tuple(f"{words} ({day})" for words, day in action.notes[-NOTES_TOLD:])
    ended = (one.acting.ended_words,) if one.acting.ended_words else ()
    if notes or ended:
        yield LeadersWords((*notes, *ended))


def _facts(action: ActionTold) -> tuple[str, ...]:
    where_ = _("For: %(where)s.") % {"where": action.where}
    return (f"{action.stands}. {where_}", *action.starts, action.care)
