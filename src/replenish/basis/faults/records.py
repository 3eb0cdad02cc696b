"""Refusals of records that are sealed to named people, and of the phrases that open them."""

from __future__ import annotations

from replenish.basis.errors import Fault


class RecordFault(Fault):
    """Why a record or the phrase to it is not opened, made or shared."""

    STAYS = (
        "record.stays",
        "a record phrase is never copied or written down by a program",
    )
    PHRASE_COUNT = (
        "record.phrase_count",
        (
            "a record phrase has {expected} words, and {found} were given; compare them with your paper one "
            "by one, and keep the words of a key card out of this page"
        ),
    )
    PHRASE_WORD = (
        "record.phrase_word",
        "word {position} is none of the words of a record phrase; look again, it may be: {nearest}",
    )
    PHRASE_MISMATCH = (
        "record.phrase_mismatch",
        "each word is one of the list, but they do not belong together; check their order and each word",
    )
    PHRASE_OTHER = (
        "record.phrase_other",
        "this phrase does not open your records; it may be one you replaced, or somebody else's",
    )
    PHRASE_TEXT = ("record.phrase_text", "this is not a record phrase; type the words from your paper")
    KEY_TEXT = ("record.key_text", "this is not the public half of a key; ask its owner to make a new phrase")
    NAME = ("record.name", "a record needs a name, a kind and a party that can be read, and a version from 1")
    PARTIES = ("record.parties", "a record is sealed to at least one person")
    TOO_LONG = (
        "record.too_long",
        "there is no more room: {size} bytes, and {most} fit; shorten it, nothing was lost",
    )
    CLOSED = (
        "record.closed",
        "this record does not open: it was not sealed to your key as it is now, or it is damaged",
    )
    KEY_THERE = (
        "record.key_there",
        "you have a record phrase already; nothing was changed, open your records with it",
    )
    KEY_MISSING = (
        "record.key_missing",
        "there is no record phrase for this account yet; its owner makes one first",
    )
