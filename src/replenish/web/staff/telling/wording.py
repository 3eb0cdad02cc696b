"""An organisation's own words on an occasion: looked at before they are kept, and given back at any time."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.conditions.telling.occasions import Kind, always, occasions
from replenish.conditions.telling.words import (
    LONGEST_WORDS,
    PLACES,
    Told,
    language_of_reader,
    require_words,
    said_on,
    shipped,
)
from replenish.people.actions.telling import drop_own_words, keep_own_words
from replenish.people.askers import Asker
from replenish.people.telling import own_words
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.shared.written import written
from replenish.web.staff.drawn import drawn
from replenish.web.staff.telling.chosen import example_of, shown, telling_page

NAMES = {
    Kind.ALWAYS: _("At any time"),
    Kind.INVITATION: _("Before a season: draw a slip"),
    Kind.ROUND_OPENS: _("A round opens"),
    Kind.LAST_WEEK: _("The last week of a round"),
    Kind.ROUND_CLOSED: _("A round has closed"),
    Kind.REPORT_OPEN: _("The report is open to everybody"),
    Kind.HOLIDAYS: _("Rounds rest in the holidays"),
    Kind.PAUSED: _("Groups send nothing on while leaders have not answered"),
    Kind.AGAIN: _("All groups are heard again"),
}
MEANINGS = {
    "organisation": _("the name of your organisation"),
    "address": _("the page it leads to"),
    "round": _("the number of the round"),
    "starts": _("the first day"),
    "last_day": _("the last day"),
    "reads": _("the day from which everybody reads the report"),
    "first_day": _("the first day"),
}


@dataclass(frozen=True)
class Page:
    """What the page of one occasion shows.

    Attributes:
        kind: the occasion.
        name: what it is called.
        text: in the field.
        told: the same, filled in, with what is always said.
        is_own: whether words of the organisation's own are kept.
        problems: why the text was not kept.
    """

    kind: str
    name: str
    text: str
    told: Told | None
    is_own: bool
    problems: list[FormProblem]

    @property
    def places(self) -> list[tuple[str, str]]:
        """What may be filled in, by its name in braces."""
        return [(f"{{{name}}}", str(MEANINGS[name])) for name in PLACES[Kind(self.kind)]]


@telling_page
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: HttpRequest, asker: Asker) -> HttpResponse:
    """All occasions; or the words of one, to read, change or give back."""
    asked = request.POST.get("kind") or request.GET.get("kind")
    if not asked:
        return _all(request, asker)
    if asked not in {kind.value for kind in Kind}:
        raise Http404
    kind, go = Kind(asked), request.POST.get("go")
    if request.method == "POST" and go == "back":
        drop_own_words(asker=asker, kind=kind.value)
        return redirect("staff-telling-wording")
    if request.method == "POST":
        return _written(request, asker, kind, keep=go == "keep")
    own = own_words(asker.organisation)
    page = _page(asker, kind, said_on(kind, own, language_of_reader()).words, [])
    if "back" in request.GET and page.is_own:
        ours = shipped(kind, language_of_reader())
        return drawn(request, "staff/telling/back.html", {"page": page, "ours": ours})
    return drawn(request, "staff/telling/words.html", {"page": page, "longest": LONGEST_WORDS})


def _all(request: HttpRequest, asker: Asker) -> HttpResponse:
    own = own_words(asker.organisation)
    kinds = [(kind.value, NAMES[kind], kind.value in own) for kind in Kind]
    return drawn(request, "staff/telling/wording.html", {"kinds": kinds})


def _written(request: HttpRequest, asker: Asker, kind: Kind, *, keep: bool) -> HttpResponse:
    text, problems = written(request, "text"), list[FormProblem]()
    try:
        words = require_words(kind, text)
    except Refused as refused:
        problems = problems_of(refused, "text")
    else:
        if keep:
            ours = shipped(kind, language_of_reader()).words
            if words == ours:
                drop_own_words(asker=asker, kind=kind.value)
            else:
                keep_own_words(asker=asker, kind=kind.value, words=words)
            return redirect("staff-telling-wording")
    page = _page(asker, kind, text, problems)
    found = {"page": page, "longest": LONGEST_WORDS, "unkept": True}
    return drawn(request, "staff/telling/words.html", found, status=400 if problems else 200)


def _page(asker: Asker, kind: Kind, text: str, problems: list[FormProblem]) -> Page:
    """The words with the days of the next occasion of this kind, or with today for all of them."""
    near = [one for one in occasions(asker.organisation) if one.kind is kind]
    occasion = always() if kind is Kind.ALWAYS else near[0] if near else example_of(kind)
    told = None if problems else shown(asker, occasion, {kind.value: text}).told
    is_own = kind.value in own_words(asker.organisation)
    return Page(kind.value, str(NAMES[kind]), text, told, is_own, problems)
