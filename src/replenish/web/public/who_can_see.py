"""Who can see what, written from the rules that are in force, so that page and rules cannot part."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from replenish.disclosure.bands import SIZE_CLASSES, SizeClass, bands
from replenish.web.public.what_there_is import WHAT_THERE_IS
from replenish.web.shared.floor import floor_in_force, in_words
from replenish.web.shared.questions import counted_items, packs_asked, private_items


@dataclass(frozen=True)
class PrintedBands:
    """How exactly a group of one published size is described: its bands from 0 to 100."""

    size: str
    bands: tuple[str, ...]


@require_safe
def who_can_see(request: HttpRequest) -> HttpResponse:
    """The promise, the honest limit, what is stored, and how coarse a published figure is."""
    floor = floor_in_force()
    return render(
        request,
        "public/who_can_see.html",
        {
            "floor": floor,
            "floor_in_words": in_words(floor),
            "rows": [(row.what, str(row.who) % {"floor": floor}, row.in_backup) for row in WHAT_THERE_IS],
            "printed": printed_bands(floor),
            "counted": sum(len(counted_items(pack)) for pack in packs_asked()),
            "private": [_(item.text or item.code) for pack in packs_asked() for item in private_items(pack)],
        },
    )


def printed_bands(floor: int) -> list[PrintedBands]:
    """The bands of each size that can still be published under this floor."""
    return [
        PrintedBands(_label(size, floor), tuple(f"{band.low:g}-{band.high:g}" for band in bands(size)))
        for size in SIZE_CLASSES
        if size.high is None or size.high >= floor
    ]


def _label(size: SizeClass, floor: int) -> str:
    low = max(size.low, floor)
    return f"{low}+" if size.high is None else f"{low}-{size.high}"
