"""How often supervision is expected, by country and role, with where it is written."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.people.askers import Asker
from replenish.supervision.rhythms import About, Rhythm, Source, limits, rhythm_files
from replenish.web.public.sources import MEANINGS
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.supervision.said import ABOUT, COUNTRIES, STANDINGS


@dataclass(frozen=True)
class SourceShown:
    """Where something is written, in words."""

    source: Source
    about: str
    meaning: str


@dataclass(frozen=True)
class RhythmShown:
    """A rhythm, ready for a page."""

    rhythm: Rhythm
    standing: str
    sources: tuple[SourceShown, ...]


@staff_page()
@require_safe
def rhythms(request: HttpRequest, asker: Asker) -> HttpResponse:  # noqa: ARG001 - it is the same for everybody
    """Every rhythm there is, and the limits that pages use."""
    shown = {
        "files": [
            (file, COUNTRIES[file.country], [_shown(one) for one in file.rhythms]) for file in rhythm_files()
        ],
        "limits": [(one, MEANINGS[one.mark]) for one in limits().values()],
    }
    return drawn(request, "staff/supervision/rhythms.html", shown)


def _shown(one: Rhythm) -> RhythmShown:
    sources = tuple(SourceShown(each, _about(each.about), str(MEANINGS[each.mark])) for each in one.sources)
    return RhythmShown(one, str(STANDINGS[one.standing]), sources)


def _about(about: About) -> str:
    return str(ABOUT[about])
