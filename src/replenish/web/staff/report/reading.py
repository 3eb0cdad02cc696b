"""What a page of the report is drawn from, for whoever asks: their part of what they may read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.conditions.queries import rounds
from replenish.conditions.response import Waiting, readable_to
from replenish.people.askers import Asker
from replenish.people.signing_in import standing_of
from replenish.web.conditions_report.source import Source, source_of
from replenish.web.staff.drawn import drawn
from replenish.web.staff.report.scope import Scope, scopes_of

ASKED = "part"


@dataclass(frozen=True)
class Reading:
    """What a page, a file or a picture is made from, and nothing else.

    Attributes:
        source: releases and facts.
        waiting: rounds that a leader reads once their parts are answered for; none for anybody else.
        scopes: the units the reader answers for.
    """

    source: Source
    waiting: tuple[Waiting, ...]
    scopes: tuple[Scope, ...]


def read(request: HttpRequest, asker: Asker, make: Callable[[Reading], HttpResponse]) -> HttpResponse:
    """What is made for the part that was asked for; or why there is nothing to read.

    Raises:
        Http404: there is no such part in what the asker may read.
    """
    standing = standing_of(request)
    if standing is None or standing.chosen is None:
        raise Http404
    today = clock.today()
    try:
        may = readable_to(asker, today)
    except Refused:
        return drawn(request, "staff/report/changed.html", status=409)
    known = rounds(asker.organisation)
    scopes = scopes_of(standing.chosen, may.published, known, today)
    own = next((scope.part for scope in scopes if scope.part is not None), None)
    asked = request.GET.get(ASKED, "")
    source = source_of(asker.organisation, may.published, own=own, asked=asked, until=today, known=known)
    if source is None:
        raise Http404
    return make(Reading(source, may.waiting, scopes))
