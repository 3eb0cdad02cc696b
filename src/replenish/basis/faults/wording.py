"""What a file of item texts may be refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class WordingFault(Fault):
    """What a file of item texts may be refused for."""

    WORDING_FIELD = (
        "wording.field",
        "the wording needs the columns number, code, reverse and text; '{field}' is missing",
    )
    WORDING_COUNT = (
        "wording.count",
        "the wording has {found} items and the instrument has {expected}; check that it is the same version",
    )
    WORDING_NUMBER = (
        "wording.number",
        "'{number}' is not an item number of this instrument, which has the numbers 1 to {count}",
    )
    WORDING_TWICE = ("wording.twice", "item {number} stands there twice; each item needs one row")
    WORDING_CODE = (
        "wording.code",
        "item {number} is called '{found}' here and '{expected}' in the key; the numbering may differ",
    )
    WORDING_REVERSAL = (
        "wording.reversal",
        "item {number} is marked reversed in only one of wording and key; the key may not fit",
    )
    WORDING_EMPTY = ("wording.empty", "item {number} has no text; every item needs its wording")
    WORDING_SAME_TEXT = (
        "wording.same_text",
        "items {first} and {second} have the same text; one of them is wrong",
    )
    WORDING_LONG = (
        "wording.long",
        "the text of item {number} is longer than a question can be ({length} characters)",
    )
    WORDING_SELF_HARM = (
        "wording.self_harm",
        (
            "item {number} asks about suicide or self-harm; nobody reads answers here in time to help, "
            "so such a question must not be asked"
        ),
    )
    WORDING_NOT_OFFICIAL = (
        "wording.not_official",
        "the wording is not the official text of '{edition}'; compare it letter by letter, or ask the owner",
    )
    WORDING_NO_OFFICIAL = (
        "wording.no_official",
        "no official wording is known by its SHA-256 for '{pack}'; leave out that check or give the SHA-256",
    )
