"""Lines of logs that tell who was there: addresses, browsers, names of rows, pages of one person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from replenish.disclosure.attack.at_rest.schema import Found

TELLING: Mapping[str, re.Pattern[str]] = {
    "the address of a device": re.compile(
        r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])|(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{1,4}(?![\w:])"
    ),
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"),
    "what browser somebody uses": re.compile(r"Mozilla/|AppleWebKit|User-Agent", re.IGNORECASE),
    "the random name of a row": re.compile(r"(?<![0-9a-f])[0-9a-f]{12,}(?![0-9a-f])"),
    "a page of one person": re.compile(r"/my/[\w-]+|/staff/[\w-]+"),
    "a secret of a key card": re.compile(r"replenish_card|#[A-Za-z0-9_-]{24}\b"),
}
SAFE_ADDRESSES = ("127.0.0.1", "0.0.0.0")  # noqa: S104 - the server's own, in its first lines


def telling_lines(logs: Mapping[str, str]) -> Iterator[Found]:
    """Each kind of thing a log must not tell, once for each log, without quoting it."""
    for name, text in logs.items():
        lines = text.splitlines()
        for tells, pattern in TELLING.items():
            found = [at for at, line in enumerate(lines, 1) if pattern.search(_without_own(line))]
            if found:
                times = "once" if len(found) == 1 else f"{len(found)} times"
                yield Found(f"{name}, line {found[0]}", f"it tells {tells} ({times})")


def _without_own(line: str) -> str:
    for address in SAFE_ADDRESSES:
        line = line.replace(address, "")
    return line


def canaries_that_meet(
    texts: Mapping[str, str | bytes], canaries: Mapping[str, Iterable[str]], *, apart: int = 1
) -> Iterator[Found]:
    """Places where words that were planted turn up, and where two kinds of them meet.

    Args:
        texts: logs and files.
        canaries: for each kind (name, address, answer, secret) the planted words.
        apart: from how many kinds in one text on it is a finding; 1 means that none may turn up at all.
    """
    for place, text in texts.items():
        content = text.encode() if isinstance(text, str) else text
        kinds = sorted(
            kind for kind, words in canaries.items() if any(word.encode() in content for word in words)
        )
        if len(kinds) >= apart:
            yield Found(place, f"planted there: {', '.join(kinds)}")
