"""Names as people type them: cleaned, refused where they could mislead, compared as the eye compares."""

from __future__ import annotations

import unicodedata

from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.people.models import NAME_LENGTH


def clean_name(name: str, *, what: str) -> str:
    """The name with single blanks and none at its ends.

    Raises:
        Refused: it is empty, too long, or holds a sign that cannot be seen. Such signs (line ends, marks that
            turn the direction of writing) make two different names look alike, and break tables and logs.
    """
    if any(unicodedata.category(sign)[0] == "C" or sign in "\u2028\u2029" for sign in name):
        refuse(PeopleFault.NAME, what=what, most=NAME_LENGTH, name=ascii(name)[1:-1])
    cleaned = " ".join(unicodedata.normalize("NFC", name).split())
    if not 0 < len(cleaned) <= NAME_LENGTH:
        refuse(PeopleFault.NAME, what=what, most=NAME_LENGTH, name=cleaned[:NAME_LENGTH])
    return cleaned


def look(name: str) -> str:
    """What two names share that a reader would take for one: capitals and widths do not count."""
    return unicodedata.normalize("NFKC", name).casefold()
