"""My picture: each sign beside the person's own usual, the two tracks, and the conditions around them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.conditions.queries import latest_of_group
from replenish.sealing.secret import Secret
from replenish.voices.actions import edit_box
from replenish.voices.box_content import BoxContent
from replenish.voices.queries import MySeat, my_box, my_seat
from replenish.voices.weeks import week_of
from replenish.web.carer.door import card_page
from replenish.web.carer.picture import parts
from replenish.web.carer.picture.beside import Beside
from replenish.web.carer.picture.finding import Shows, finding_of
from replenish.web.carer.picture.said import running, said_in, week_named
from replenish.web.carer.picture.sense import recent, sense_of
from replenish.web.carer.picture.signs import signs_of
from replenish.web.carer.picture.tracks import profile_of
from replenish.web.carer.picture.usual import as_before, from_week, usual_from
from replenish.web.shared.frames import fill

FIELD, NOW, BACK = "usual", "now", "back"


@require_http_methods(["GET", "HEAD", "POST"])
@card_page
def picture(request: HttpRequest, secret: Secret) -> HttpResponse:
    """The picture; what is sent only says from when on the usual is counted."""
    if request.method == "POST":
        _count_usual(secret, request.POST.get(FIELD, ""))
        return redirect("picture")
    box = my_box(secret) or BoxContent()
    return HttpResponse(_drawn(request, box, _beside(my_seat(secret))))


def _count_usual(secret: Secret, asked: str) -> None:
    if asked == BACK:
        edit_box(secret, as_before)
    elif asked == NOW:
        box = my_box(secret)
        if box is not None:
            found = finding_of(said_in(box.check_ins), usual_from(box.settings))
            notice = found.noticing.notice
            # A change that goes on is the new usual from where it began, so that those weeks count in it.
            edit_box(secret, from_week(week_named(notice.since) if notice else week_of(clock.today())))


def _beside(seat: MySeat | None) -> Beside:
    """What was published; a record that was changed takes nobody's own picture away."""
    if seat is None or seat.group is None:
        return Beside(None, None, changed=False)
    try:
        return Beside(seat, latest_of_group(seat.season, seat.group), changed=False)
    except Refused:
        return Beside(seat, None, changed=True)


def _drawn(request: HttpRequest, box: BoxContent, beside: Beside) -> str:
    said = said_in(box.check_ins)
    since = usual_from(box.settings)
    this_week = running(week_of(clock.today()))
    found = finding_of(said, since)
    signs = signs_of(said, since)
    newest = max(said.longer, default=None)
    conditions = said.longer[newest] if newest is not None else {}
    found_any, anything = found.shows is not Shows.NOTHING, bool(said.weekly or said.longer)
    pieces = {
        "overall": parts.overall(found, this_week, said) if found_any else "",
        "sense": parts.sense(sense_of(signs, recent(said, this_week)), said) if found_any else "",
        "signs": parts.signs(signs, found, this_week, said) if said.weekly else "",
        "tracks": parts.tracks(profile_of(said, this_week)) if anything else "",
        "conditions": parts.conditions(conditions, newest, beside) if anything or beside.released else "",
        "usual": parts.usual(request, found),
    }
    return fill("carer/picture/picture.html", pieces, heavy=found.weighs)
