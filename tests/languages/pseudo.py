"""A language that nobody speaks, from right to left: every string of today in other letters, and longer.

It shows in the browser what a translation would break: a page that only works from left to right, a box that
is too narrow, and a string that was never given to the translators, which stays in Latin letters.
"""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from tests.languages.catalogue import messages
from tests.languages.refresh import compiled

LANGUAGE = "ar"
_KEPT = re.compile(r"(%\(\w+\)[sd]|%%|%[sd]|\{\w*\}|&\w+;|<[^>]+>)")
_LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyz", "ابجدهفغحيژكلمنوپقرستعثخزىظ"
)  # fmt: skip


def pseudo(text: str) -> str:
    """A string in letters that run from right to left, about a third longer; open places stay as they are."""
    parts = _KEPT.split(text)
    written = [part if number % 2 else part.lower().translate(_LETTERS) for number, part in enumerate(parts)]
    more = " ونلا" * max(1, len(text) // 15)
    return "".join(written) + more


def write_pseudo(folder: Path) -> None:
    """Write the language into a folder of locales."""
    catalogue = Catalog(locale=LANGUAGE, charset="utf-8")
    for message in messages():
        if message.plural:
            said: object = tuple([pseudo(message.plural)] * catalogue.num_plurals)
            catalogue.add((message.text, message.plural), said, context=message.context or None)  # type: ignore[arg-type]
        else:
            catalogue.add(message.text, pseudo(message.text), context=message.context or None)
    path = folder / LANGUAGE / "LC_MESSAGES"
    path.mkdir(parents=True)
    (path / "django.mo").write_bytes(compiled(catalogue))
