"""Pages whose words are the same for everybody: drawn once from their template, then only filled.

A page of answers is many cells and few words. Its template is drawn once in each language with marks where
something of a person stands, and cut at the marks; a request puts its own parts in between. What is kept in
memory holds nothing of anybody.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

# No page holds such a character, and what is filled in is not looked through for marks.
_MARK = "\x00"
_PLACE = re.compile(f"{_MARK}([a-z_]+){_MARK}")


def fill(template: str, parts: dict[str, str], **chosen: bool) -> SafeString:
    """A page or a piece of one.

    Args:
        template: its name. It finds each part and each choice under its name, and prints a part or asks
            whether it is empty; nothing else of a part is known while the template is drawn.
        parts: what differs from person to person; escaped unless it is safe already.
        chosen: what the template decides by.
    """
    there = tuple(name for name, part in parts.items() if part)
    frame = _frame(template, get_language() or "", there, tuple(sorted(chosen.items())))
    filled = list(frame)
    for at in range(1, len(frame), 2):  # the names stand between the words
        part = parts[frame[at]]
        filled[at] = part if isinstance(part, SafeString) else escape(part)
    return mark_safe("".join(filled))  # noqa: S308 - the template's own words, and parts that were escaped


@lru_cache(maxsize=512)
def _frame(
    template: str,
    language: str,  # noqa: ARG001 - the language that is in force while the template is drawn
    there: tuple[str, ...],
    chosen: tuple[tuple[str, bool], ...],
) -> tuple[str, ...]:
    """The words of the template, and between them the names of the parts."""
    marks = {name: mark_safe(f"{_MARK}{name}{_MARK}") for name in there}  # noqa: S308 - a name from the code
    return tuple(_PLACE.split(render_to_string(template, {**marks, **dict(chosen)})))
