"""Longer texts that somebody wrote into a form: read alike everywhere, and never lost with the form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest

# A field of this name holds a person's own words.
TEXT = "text"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_NOT_SENT_AGAIN = {"csrfmiddlewaretoken", "then"}


@dataclass(frozen=True)
class Unsent:
    """A form whose text was not taken in: where it goes, its texts, and its other fields."""

    action: str
    texts: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]


def written(request: HttpRequest, name: str) -> str:
    """The text in a field: line ends as one sign, and no signs that cannot be read."""
    return tidy(request.POST.get(name, ""))


def tidy(text: str) -> str:
    """A text with line ends as one sign, and without signs that cannot be read."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def unsent(request: HttpRequest) -> Unsent | None:
    """What somebody wrote into a form that was refused at the door; None where there is no text in it."""
    if request.method != "POST":
        return None
    texts = [
        (name, text) for name in request.POST if name.startswith(TEXT) and (text := written(request, name))
    ]
    if not texts:
        return None
    named = {name for name, _ in texts} | _NOT_SENT_AGAIN
    others = [
        (name, value) for name in request.POST if name not in named for value in request.POST.getlist(name)
    ]
    return Unsent(request.path, tuple(texts), tuple(others))
