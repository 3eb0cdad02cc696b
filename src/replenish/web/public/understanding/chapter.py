"""A page of Understand: a short text, something to do, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from pydantic import ConfigDict

from replenish.web.public.sources import Source, Words, Written, parts
from replenish.web.shared.texts import Text, text, texts

FOLDER = Path(__file__).parent

Group = Literal["meaning", "signs", "causes", "help", "questions"]
GROUPS: Mapping[Group, Promise] = {
    "meaning": _("What it is"),
    "signs": _("Six signs"),
    "causes": _("Where it comes from"),
    "help": _("What helps"),
    "questions": _("Questions people ask"),
}
"""The groups of the list, in its order."""


class _Head(Written):
    title: Words
    summary: Words
    order: int
    group: Group
    sources: tuple[Source, ...] = ()


class Chapter(_Head):
    """One page, ready to be shown.

    Attributes:
        body: what it says.
        onwards: something to do, which begins with a link.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    name: str
    body: SafeString
    onwards: SafeString


def chapter_in(written: Text) -> Chapter:
    """A chapter from its text; an error where the head or one of the two parts is missing."""
    body, onwards = parts(written)
    return Chapter.model_validate({**written.facts, "name": written.name, "body": body, "onwards": onwards})


def find_chapter(name: str) -> Chapter | None:
    """The chapter of that name in the reader's language."""
    written = text(FOLDER, name)
    return chapter_in(written) if written else None


def chapters() -> tuple[Chapter, ...]:
    """All of them, in the order of the list."""
    return tuple(chapter_in(written) for written in texts(FOLDER))
