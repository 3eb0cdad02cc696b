"""The pictures on their page: each as it will be on the slide, with its two files below."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from replenish.web.conditions_report.pictures.slides import Picture
from replenish.web.shared.frames import fill


def pictures_html(pictures: Sequence[Picture], asked: str, *, pixels: bool) -> SafeString:
    """Every picture of a part.

    Args:
        pictures: in their order.
        asked: the key of the part; empty for the reader's own.
        pixels: whether there is a typesetter to draw PNG.
    """
    return SafeString("".join(_one(picture, asked, pixels=pixels) for picture in pictures))


def _one(picture: Picture, asked: str, *, pixels: bool) -> SafeString:
    chosen = urlencode({**({"part": asked} if asked else {}), "picture": picture.name})
    parts = {
        "name": picture.name,
        "heading": picture.heading,
        "finding": picture.title,
        "drawing": mark_safe(picture.svg),  # noqa: S308 - every word in it was escaped when it was drawn
        "svg": f"{reverse('staff-report-picture-svg')}?{chosen}",
        "png": f"{reverse('staff-report-picture-png')}?{chosen}" if pixels else "",
    }
    return fill("staff/report/picture.html", parts)
