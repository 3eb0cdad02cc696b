"""A person's own page: what they said so far, and where their card has its seat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from replenish.basis import clock
from replenish.measures.library import load_pack
from replenish.sealing.secret import Secret
from replenish.voices.actions import visit
from replenish.voices.box_content import CheckIn
from replenish.voices.queries import MySeat, SlipCount
from replenish.voices.weeks import thursday_of, week_of
from replenish.web.carer.door import card_page
from replenish.web.carer.question_form import choices_of
from replenish.web.shared.frames import fill
from replenish.web.shared.questions import ROUND, WEEKLY, short_names

MONDAY = timedelta(days=3)
GAP = '<td class="gap">–</td>'


@require_safe
@card_page
def own_page(request: HttpRequest, secret: Secret) -> HttpResponse:  # noqa: ARG001 - the card says it all
    """What was said so far, week by week.

    A visit renews the seat in the first weeks of a season, and contributes anew where the key of a round
    was lost; neither leaves a trace that says who came.
    """
    found = visit(secret)
    check_ins = found.box.check_ins if found.box is not None else ()
    parts = {
        "tables": tables_of(check_ins),
        "seat": standing(found.seat) if found.seat is not None else "",
        "slips": slip_rows(found.slips, get_language() or ""),
    }
    this_week = week_of(clock.today())
    answered = any(said.week == this_week and said.pack == WEEKLY for said in check_ins)
    return HttpResponse(fill("carer/own_page.html", parts, answered_this_week=answered))


def standing(seat: MySeat) -> str:
    """Whether the seat counts now, from when it does, or where it is moving."""
    opened = seat.round
    if opened is None or not opened.accepting:
        return _("Your card has a seat. No round is open at this moment; your answers are kept for you.")
    closes = _day(opened.closes_on, "j F", get_language() or "")
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


@lru_cache(maxsize=512)
def slip_rows(slips: tuple[SlipCount, ...], language: str) -> SafeString:
    """The slips made for each unit of a group, as rows; none where there are none. All of it see the same."""
    return format_html_join(
        "",
        "\n<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
        ((slip.made, slip.used, _day(slip.expires_on, "j M", language)) for slip in slips),
    )


def tables_of(check_ins: Sequence[CheckIn]) -> SafeString:
    """A table for each pack that was ever answered, newest week first; without answers, none."""
    language = get_language() or ""
    captions = {WEEKLY: _("Week by week"), ROUND: _("The longer questions")}
    tables: list[str] = []
    for pack_id, caption in captions.items():
        said = {check_in.week: check_in.answers for check_in in check_ins if check_in.pack == pack_id}
        if said:
            weeks = sorted(said, reverse=True)
            parts = {
                "name": pack_id,
                "caption": caption,
                "weeks": _joined([_head(week, language) for week in weeks]),
                "rows": _rows(pack_id, language, [said[week] for week in weeks]),
            }
            tables.append(fill("carer/weeks.html", parts, folded=bool(tables)))
    return _joined(tables)


@lru_cache(maxsize=512)
def _day(day: date, form: str, language: str) -> str:  # noqa: ARG001 - the date is written in this language
    return date_format(day, form)


@lru_cache(maxsize=512)
def _head(week: str, language: str) -> SafeString:
    """A week, named by its Monday."""
    return format_html('<th scope="col">{}</th>', _day(thursday_of(week) - MONDAY, "j M Y", language))


def _rows(pack_id: str, language: str, weeks: Sequence[Mapping[str, float]]) -> SafeString:
    """A year of weeks has hundreds of cells; each of them is drawn once and then only put in its place."""
    drawn: list[str] = []
    for code, question, cells in _questions(pack_id, language):
        drawn.append(question)
        drawn += [cells.get(answers.get(code), GAP) for answers in weeks]
        drawn.append("</tr>")
    return _joined(drawn)


@cache
def _questions(
    pack_id: str, language: str
) -> tuple[tuple[str, SafeString, Mapping[float | None, SafeString]], ...]:
    """Of each question its code, the head of its row, and the cell of each answer."""
    names = short_names(language)
    return tuple(
        (
            item.code,
            format_html('\n<tr><th scope="row">{}</th>', names.get(item.code, item.text or item.code)),
            {
                float(choice.value): format_html("<td>{}</td>", choice.label)
                for choice in choices_of(pack_id)[item.code]
            },
        )
        for item in load_pack(pack_id).items
    )


def _joined(drawn: Sequence[str]) -> SafeString:
    return mark_safe("".join(drawn))  # noqa: S308 - every piece comes from a template or was escaped
