"""A person's own page: where everything of theirs begins, and where their card has its seat."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from replenish.basis import clock
from replenish.sealing.secret import Secret
from replenish.voices.actions import visit
from replenish.voices.queries import MySeat
from replenish.voices.weeks import week_of
from replenish.web.carer.asking import standing_offers
from replenish.web.carer.door import card_page
from replenish.web.carer.doubting import doubt_in_group
from replenish.web.carer.slip_table import slip_rows
from replenish.web.shared.days import day_in_words
from replenish.web.shared.frames import fill
from replenish.web.shared.questions import WEEKLY


@require_safe
@card_page
def own_page(request: HttpRequest, secret: Secret) -> HttpResponse:  # noqa: ARG001 - the card says it all
    """The check-in, the ways to everything else, what stands on offer to the team, and the seat.

    A visit renews the seat in the first weeks of a season, and contributes anew where the key of a round
    was lost; neither leaves a trace that says who came.
    """
    found = visit(secret)
    check_ins = found.box.check_ins if found.box is not None else ()
    language = get_language() or ""
    doubted = doubt_in_group(found.seat)
    parts = {
        "seat": standing(found.seat) if found.seat is not None else "",
        "slips": slip_rows(found.slips, language),
        "offers": standing_offers(found.seat, language) if found.seat is not None else "",
        "doubt_answer": doubted.answer if doubted is not None else "",
    }
    this_week = week_of(clock.today())
    answered = any(said.week == this_week and said.pack == WEEKLY for said in check_ins)
    return HttpResponse(
        fill("carer/own_page.html", parts, answered_this_week=answered, doubted=doubted is not None)
    )


def standing(seat: MySeat) -> str:
    """Whether the seat counts now, from when it does, or where it is moving."""
    opened = seat.round
    if seat.group is None:
        return _(
            "Your card has a seat that is in no group. What you answer is counted for nobody and stays with "
            "you. If you work in another team now, a slip from there moves your seat. The conditions report "
            "says what is provided."
        )
    if opened is None or not opened.accepting:
        return _("Your card has a seat. No round is open at this moment; your answers are kept for you.")
    closes = day_in_words(opened.closes_on, "MONTH_DAY_FORMAT", get_language() or "")
    if opened.paused and opened.counts:
        return _(
            "Your card has a seat. Your group's answers are not counted for now, because those who lead have "
            "not answered two rounds in a row. Check-ins stay yours and work as before. As soon as leaders "
            "answer, your answers count again. The present round closes on %(day)s."
        ) % {"day": closes}
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
