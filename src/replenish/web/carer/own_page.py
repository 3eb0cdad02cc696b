"""A person's own page: what they said so far, and where their card has its seat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from replenish.basis import clock
from replenish.measures.library import load_pack
from replenish.measures.pack_parts import Item
from replenish.sealing.secret import Secret
from replenish.voices.actions import visit
from replenish.voices.box_content import CheckIn
from replenish.voices.queries import MySeat
from replenish.voices.weeks import thursday_of, week_of
from replenish.web.carer.door import card_page
from replenish.web.carer.question_form import choices_of
from replenish.web.shared.questions import ROUND, WEEKLY, short_names

MONDAY = timedelta(days=3)
GAP = '<td class="gap">–</td>'


@dataclass(frozen=True)
class Row:
    """One question and its answers as cells, in the order of the table's weeks, with a dash for a gap."""

    question: str
    cells: SafeString


@dataclass(frozen=True)
class Table:
    """The answers to one pack, newest week first."""

    name: str
    caption: str
    weeks: tuple[str, ...]
    rows: tuple[Row, ...]


@require_safe
@card_page
def own_page(request: HttpRequest, secret: Secret) -> HttpResponse:
    """What was said so far, week by week.

    A visit renews the seat in the first weeks of a season, and contributes anew where the key of a round
    was lost; neither leaves a trace that says who came.
    """
    found = visit(secret)
    check_ins = found.box.check_ins if found.box is not None else ()
    return render(
        request,
        "carer/own_page.html",
        {
            "tables": tables_of(check_ins),
            "answered_this_week": any(
                said.week == week_of(clock.today()) and said.pack == WEEKLY for said in check_ins
            ),
            "seat": standing(found.seat) if found.seat is not None else "",
            "slips": found.slips,
        },
    )


def standing(seat: MySeat) -> str:
    """Whether the seat counts now, from when it does, or where it is moving."""
    opened = seat.round
    if opened is None or not opened.accepting:
        return _("Your card has a seat. No round is open at this moment; your answers are kept for you.")
    closes = date_format(opened.closes_on, "j F")
    if not opened.counts:
        return _(
            "Your card has a seat, which counts from the next round on. The present round closes on %(day)s."
        ) % {"day": closes}
    if seat.moves_to and seat.moves_from is not None and seat.moves_from > opened.number:
        return _(
            "Your seat moves with the next round. Until the present one closes on %(day)s, it counts where "
            "it was."
        ) % {"day": closes}
    return _("Your card has a seat, and your answers count in the present round. It closes on %(day)s.") % {
        "day": closes
    }


def tables_of(check_ins: Sequence[CheckIn]) -> list[Table]:
    """A table for each pack that was ever answered; without answers, none."""
    captions = {WEEKLY: _("Week by week"), ROUND: _("The longer questions")}
    tables = []
    for pack_id, caption in captions.items():
        said = {check_in.week: check_in.answers for check_in in check_ins if check_in.pack == pack_id}
        if said:
            weeks = sorted(said, reverse=True)
            tables.append(
                Table(
                    name=pack_id,
                    caption=caption,
                    weeks=tuple(_monday(week, get_language() or "") for week in weeks),
                    rows=tuple(
                        _row(pack_id, item, [said[week] for week in weeks])
                        for item in load_pack(pack_id).items
                    ),
                )
            )
    return tables


@lru_cache(maxsize=512)
def _monday(week: str, language: str) -> str:  # noqa: ARG001 - the date is written in this language
    return date_format(thursday_of(week) - MONDAY, "j M Y")


def _row(pack_id: str, item: Item, weeks: Sequence[Mapping[str, float]]) -> Row:
    cells = _cells(pack_id)[item.code]
    # A year of weeks has hundreds of cells; each of them is drawn once and then only put in its place.
    drawn = mark_safe("".join(cells.get(week.get(item.code), GAP) for week in weeks))  # noqa: S308
    return Row(short_names(get_language() or "").get(item.code, item.text or item.code), drawn)


@cache
def _cells(pack_id: str) -> Mapping[str, Mapping[float | None, str]]:
    return {
        code: {float(choice.value): format_html("<td>{}</td>", choice.label) for choice in choices}
        for code, choices in choices_of(pack_id).items()
    }
