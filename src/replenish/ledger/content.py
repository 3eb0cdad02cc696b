"""What an entry may hold: exactly the keys of its event, each with a value of its kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from replenish.basis.errors import refuse
from replenish.basis.faults import LedgerFault
from replenish.ledger.events import KEYS, Event, Kind

MOST = 2**31 - 1
LONGEST_WORDS = 500
LONGEST_LIST = 10_000

IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,79}")
HASH = re.compile(r"[0-9a-f]{64}")
# Names are typed by people, so an address can slip into one: by mail, or of a machine.
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|\b\d{1,3}(?:\.\d{1,3}){3}\b|(?:[0-9A-Fa-f]{1,4}:){3,}")


def require_content(event: Event, content: Mapping[str, object]) -> dict[str, object]:
    """The content as plain values that every database gives back alike.

    Raises:
        Refused: a key is missing or not listed, a value is not of its kind, or words hold an address.
    """
    allowed = KEYS[event]
    if set(content) != set(allowed):
        refuse(
            LedgerFault.KEYS,
            event=event.value,
            allowed=", ".join(allowed),
            found=", ".join(map(str, content)) or "none",
        )
    for key, kind in allowed.items():
        if not CHECKS[kind](content[key]):
            refuse(LedgerFault.VALUE, event=event.value, key=key, expected=kind.value)
        if kind in (Kind.WORDS, Kind.LIST_OF_WORDS) and ADDRESS.search(_all_words(content[key])):
            refuse(LedgerFault.ADDRESS, event=event.value, key=key)
    return {key: _plain(value) for key, value in content.items()}


def _all_words(value: object) -> str:
    return value if isinstance(value, str) else "\n".join(value) if isinstance(value, list | tuple) else ""


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value


def _is_identifier(value: object) -> bool:
    return isinstance(value, str) and bool(IDENTIFIER.fullmatch(value))


def _is_words(value: object) -> bool:
    """Printable text: PostgreSQL keeps no zero byte, and half a surrogate pair has no hash."""
    return (
        isinstance(value, str)
        and 0 < len(value) <= LONGEST_WORDS
        and not any(unicodedata.category(character).startswith("C") for character in value)
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


def _is_day(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_list_of_words(value: object) -> bool:
    return isinstance(value, list | tuple) and len(value) <= LONGEST_LIST and all(map(_is_words, value))


def _is_numbers_by_unit(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and len(value) <= LONGEST_LIST
        and all(map(_is_identifier, value))
        and all(map(_is_number, value.values()))
    )


CHECKS: Mapping[Kind, Callable[[object], bool]] = {
    Kind.IDENTIFIER: _is_identifier,
    Kind.IDENTIFIER_OR_NONE: lambda value: value is None or _is_identifier(value),
    Kind.WORDS: _is_words,
    Kind.NUMBER: _is_number,
    Kind.DAY: _is_day,
    Kind.DAY_OR_NONE: lambda value: value is None or _is_day(value),
    Kind.HASH: lambda value: isinstance(value, str) and bool(HASH.fullmatch(value)),
    Kind.LIST_OF_WORDS: _is_list_of_words,
    Kind.NUMBERS_BY_UNIT: _is_numbers_by_unit,
}
