"""What is told to everybody, now and next, and how: on paper, as a message, in the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from replenish.basis import clock
from replenish.conditions.telling.words import FALLBACK, language_of_reader
from replenish.people.askers import Asker
from replenish.people.rules import may_tell_everybody
from replenish.people.telling import ToldBefore, told_before, ways_to_tell
from replenish.web.conditions_report.paper import can_print
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.telling.chosen import READ, Shown, all_shown


@dataclass(frozen=True)
class Item:
    """One line of the list.

    Attributes:
        key: names the occasion in links.
        kind: names its words.
        title: its heading, filled in.
        first: the first day on which to tell it.
        last: the last one.
        told: whether it went out by e-mail.
        may_send: whether it may be sent now.
    """

    key: str
    kind: str
    title: str
    first: date
    last: date
    told: ToldBefore | None
    may_send: bool


@staff_page(*READ)
@require_safe
def overview(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The list, with a poster and a message for each occasion."""
    return draw_overview(request, asker)


def draw_overview(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The same, for other views of this room that have nothing of their own to show."""
    today = clock.today()
    may_tell = may_tell_everybody(asker)
    ways = ways_to_tell(asker.organisation)
    before = told_before(asker.organisation)
    all_of_them = all_shown(asker)
    parts: dict[bool, list[Item]] = {True: [], False: []}
    for one in all_of_them:
        is_now = one.occasion.is_now(today)
        told = before.get((one.occasion.kind.value, one.occasion.about))
        parts[is_now].append(_item(one, told, may_send=may_tell and is_now and settings.REPLENISH_MAIL))
    shown = {
        "now": parts[True],
        "next": parts[False],
        "may_tell": may_tell,
        "printable": can_print(),
        "has_mail": settings.REPLENISH_MAIL,
        "list_address": ways.list_address,
        "calendar": address_of(ways.calendar_key),
    }
    return drawn(request, "staff/telling/overview.html", shown)


def address_of(key: str | None) -> str:
    """Where a calendar program finds the days; empty while there is no such address."""
    if key is None:
        return ""
    language = language_of_reader()
    asked = "" if language == FALLBACK else f"?{urlencode({'language': language})}"
    return f"{settings.REPLENISH_ADDRESS}{reverse('rounds-calendar', args=[key])}{asked}"


def _item(one: Shown, told: ToldBefore | None, *, may_send: bool) -> Item:
    occasion = one.occasion
    is_done = told is not None and (told.is_sent or told.day == clock.today())
    return Item(
        occasion.key,
        occasion.kind.value,
        one.told.title,
        occasion.first,
        occasion.last,
        told,
        may_send and not is_done,
    )
