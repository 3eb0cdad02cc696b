"""A sheet for the wall: what is told, where to go, and who can see what."""

from __future__ import annotations

import io
import json
import re
from functools import lru_cache
from importlib.resources import as_file, files

import segno
from django.utils.translation import gettext as _

from replenish.conditions.telling.words import Told

KEPT = 16
# Nobody types it, and without it a long address has room.
_SCHEME = re.compile(r"https?://")


def poster_of(said: Told, organisation: str, language: str) -> bytes:
    """The sheet as PDF, in A4.

    Args:
        said: what stands on it.
        organisation: its name.
        language: of the words, for readers that read aloud.
    """
    sheet = {
        "title": said.title,
        "organisation": organisation,
        "paragraphs": list(said.paragraphs),
        "kept": [_SCHEME.sub("", line) for line in said.kept],
        "address": said.address.partition("://")[2].rstrip("/"),
        "qr": _qr(said.address),
        "qr-says": _("Code to scan; the address beside it says the same"),
        "scan": _("Scan this with your own phone, on your own data, or type:"),
        "language": language,
    }
    return _typeset(json.dumps(sheet, ensure_ascii=False))


# What hangs on a wall is the same for everybody who may print it.
@lru_cache(maxsize=KEPT)
def _typeset(sheet: str) -> bytes:
    # The page works where no typesetter is installed.
    import typst

    with as_file(files("replenish.web.staff.telling") / "poster.typ") as template:
        drawn: bytes = typst.compile(
            str(template),
            format="pdf",
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            sys_inputs={"sheet": sheet},
        )
    return drawn


def _qr(link: str) -> str:
    drawn = io.BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue().decode()
