"""Which occasion a page or a file is about, and what is said on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from replenish.basis import clock
from replenish.conditions.telling.occasions import Kind, Occasion, always, occasions
from replenish.conditions.telling.words import Told, language_of_reader, said_on, told
from replenish.people.askers import Asker
from replenish.people.queries import organisation_summary
from replenish.people.roles import RoleKind
from replenish.people.rules import may_tell_everybody
from replenish.people.telling import own_words
from replenish.web.shared.floor import floor_in_force
from replenish.web.staff.door import Page, staff_page

READ = (RoleKind.STEWARD, RoleKind.REPRESENTATIVE, RoleKind.OPERATOR)
"""The days are public and the words go to everybody, so whoever may hang up a poster may read them."""

ASKED = "which"


@dataclass(frozen=True)
class Shown:
    """An occasion with what is said on it."""

    occasion: Occasion
    told: Told


def telling_page(view: Page) -> Page:
    """A page for those who may tell everybody: the operator, and a steward of the whole organisation."""

    @staff_page(RoleKind.STEWARD, RoleKind.OPERATOR)
    @wraps(view)
    def guarded(request: HttpRequest, asker: Asker, **named: object) -> HttpResponse:
        if not may_tell_everybody(asker):
            raise Http404
        return view(request, asker, **named)

    return guarded


def mailing_page(view: Page) -> Page:
    """The same, only where there is a mail server."""

    @telling_page
    @wraps(view)
    def there(request: HttpRequest, asker: Asker, **named: object) -> HttpResponse:
        if not settings.REPLENISH_MAIL:
            raise Http404
        return view(request, asker, **named)

    return there


def all_shown(asker: Asker) -> list[Shown]:
    """What is to be told now and next, by its day."""
    own = own_words(asker.organisation)
    return [shown(asker, one, own) for one in occasions(asker.organisation)]


def asked_for(request: HttpRequest, asker: Asker) -> Shown:
    """The occasion that a link named; what always holds where none is named.

    Raises:
        Http404: there is none of this name, or its time is over.
    """
    named = request.GET.get(ASKED) or request.POST.get(ASKED)
    if not named:
        return shown(asker, always(), own_words(asker.organisation))
    found = next((one for one in occasions(asker.organisation) if one.key == named), None)
    if found is None:
        raise Http404
    return shown(asker, found, own_words(asker.organisation))


def shown(asker: Asker, occasion: Occasion, own: Mapping[str, str]) -> Shown:
    """An occasion in the language of the reader."""
    language = language_of_reader()
    summary = organisation_summary(asker.organisation)
    said = told(
        occasion,
        said_on(occasion.kind, own, language),
        organisation=summary.name,
        base=settings.REPLENISH_ADDRESS,
        floor=max(summary.floor, floor_in_force()),
        language=language,
    )
    return Shown(occasion, said)


def example_of(kind: Kind) -> Occasion:
    """An occasion with days of its own, to look at words while nothing of the kind is near."""
    day = clock.today()
    names = ("starts", "last_day", "reads", "first_day")
    return Occasion(kind, "", day, day, 1, tuple((name, day) for name in names))
