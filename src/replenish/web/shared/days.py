"""Days as a page writes them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format


@lru_cache(maxsize=512)
def day_in_words(day: date, form: str, language: str) -> str:  # noqa: ARG001 - it is written in this language
    """A day in one of Django's forms, in the language that is in force."""
    return date_format(day, form)
