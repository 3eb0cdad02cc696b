"""How often supervision is expected, by country and role, with where it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.people.askers import Asker
from replenish.people.queries import organisation_summary, unit_tree
from replenish.people.signing_in import standing_of
from replenish.supervision.own_rhythms import CHANGERS, RhythmChange, changes_of
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
    changes: tuple[tuple[RhythmChange, str], ...]


@staff_page()
@require_safe
def rhythms(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Every rhythm there is, what the organisation changed about it, and the limits that pages use."""
    changes, whom = changes_of(asker.organisation), _parts(asker)
    named = [(one, whom(one.unit)) for one in changes]
    standing = standing_of(request)
    files = sorted(rhythm_files(), key=lambda file: (list(COUNTRIES).index(file.country), file.title))
    shown = {
        "files": [
            (file, COUNTRIES[file.country], [_shown(one, named) for one in file.rhythms]) for file in files
        ],
        "may_change": bool(standing and standing.chosen and standing.chosen.is_any_of(CHANGERS)),
        "limits": [(one, MEANINGS[one.mark]) for one in limits().values()],
    }
    return drawn(request, "staff/supervision/rhythms.html", shown)


def _parts(asker: Asker) -> Callable[[str | None], str]:
    """What a part is called; the organisation itself for the whole of it."""
    whole = organisation_summary(asker.organisation).name
    names = {one.unit: one.name for one in unit_tree(asker.organisation)}
    return lambda unit: names.get(unit, "") if unit else whole


def _shown(one: Rhythm, changes: Sequence[tuple[RhythmChange, str]]) -> RhythmShown:
    sources = tuple(SourceShown(each, _about(each.about), str(MEANINGS[each.mark])) for each in one.sources)
    mine = tuple(each for each in changes if each[0].rhythm == one.code)
    return RhythmShown(one, str(STANDINGS[one.standing]), sources, mine)


def _about(about: About) -> str:
    return str(ABOUT[about])
