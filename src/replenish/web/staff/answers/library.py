"""Commitments to choose from: what a leader can do about each condition, one file for every language."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Annotated

from django.utils.translation import get_language
from pydantic import Field, model_validator

from replenish.basis.faults import LeadershipFault
from replenish.leadership.queries import LONGEST_WORDS
from replenish.web.public.sources import Words, Written
from replenish.web.shared.checked_files import read_checked
from replenish.web.shared.texts import FALLBACK

FOLDER = Path(__file__).parent
FILE = "commitments.yaml"


class Idea(Written):
    """One commitment that a leader can make their own.

    Attributes:
        code: its name, the same in every language.
        condition: the condition it is about, by its name in releases.
        words: what the leader will do.
    """

    code: Words
    condition: Words
    words: Annotated[str, Field(min_length=1, max_length=LONGEST_WORDS)]


class Library(Written):
    """All of them, in their order; each code once."""

    commitments: Annotated[tuple[Idea, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _codes_once(self) -> Library:
        codes = [one.code for one in self.commitments]
        if len(set(codes)) < len(codes):
            raise ValueError("a code stands twice")
        return self


def read_library(path: Path) -> tuple[Idea, ...]:
    """The commitments in a file.

    Raises:
        Refused: it cannot be read, or an entry is incomplete or too long.
    """
    return read_checked(path, Library, LeadershipFault.LIBRARY_FILE).commitments


def ideas(chosen: Collection[str] | None = None) -> tuple[Idea, ...]:
    """All of them in the reader's language, in English where it has none.

    Args:
        chosen: the codes of those that are asked for; unknown ones are left out.
    """
    own = FOLDER / (get_language() or FALLBACK).split("-")[0] / FILE
    found = _library(own if own.is_file() else FOLDER / FALLBACK / FILE)
    return found if chosen is None else tuple(one for one in found if one.code in chosen)


@cache
def _library(path: Path) -> tuple[Idea, ...]:
    return read_library(path)
