"""What compassion fatigue is, in short pages; and how it looks in different kinds of places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import MONTHS
from django.views.decorators.http import require_safe

from replenish.people.presets import Preset, Rhythm, every_preset, preset_named
from replenish.web.public.sources import MEANINGS
from replenish.web.public.understanding.chapter import GROUPS, Chapter, chapters, find_chapter


@dataclass(frozen=True)
class Shelf:
    """The chapters of one group."""

    group: str
    title: str
    chapters: Sequence[Chapter]


@dataclass(frozen=True)
class Expectation:
    """How often supervision is expected, and how surely that is known, in words."""

    rhythm: Rhythm
    meaning: str


@dataclass(frozen=True)
class Stretch:
    """A part of a year or a day, from and to."""

    name: str
    begins: str
    ends: str


@require_safe
def understand(request: HttpRequest) -> HttpResponse:
    """All chapters by group, and the kinds of places."""
    every = chapters()
    shelves = [
        Shelf(group, str(title), [one for one in every if one.group == group])
        for group, title in GROUPS.items()
    ]
    return render(request, "public/understanding/list.html", {"shelves": shelves, "settings": every_preset()})


@require_safe
def understanding(request: HttpRequest, name: str) -> HttpResponse:
    """One chapter."""
    found = find_chapter(name)
    if found is None:
        raise Http404
    return render(request, "public/understanding/one.html", {"chapter": found})


@require_safe
def in_your_setting(request: HttpRequest, setting: str) -> HttpResponse:
    """Words, rhythms and people to turn to in one kind of place, the same for everybody who asks."""
    found = preset_named(setting)
    if found is None:
        raise Http404
    return render(
        request,
        "public/understanding/setting.html",
        {
            "preset": found,
            "expectations": [Expectation(one, str(MEANINGS[one.mark])) for one in found.supervision],
            "stretches": stretches(found),
            "recalled": MEANINGS["R"],
        },
    )


def stretches(found: Preset) -> list[Stretch]:
    """The terms of the year, then the shifts of a day."""
    terms = (
        Stretch(one.name, str(MONTHS[one.begins]), str(MONTHS[one.ends])) for one in found.calendar.terms
    )
    shifts = (Stretch(one.name, one.begins, one.ends) for one in found.calendar.shifts)
    return [*terms, *shifts]
