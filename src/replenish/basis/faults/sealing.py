"""What secrets, boxes, contributions, keys and slips may be refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class SealingFault(Fault):
    """What secrets, boxes, contributions, keys and slips may be refused for."""

    SECRET_STAYS = (
        "card.secret_stays",
        "the secret of a key card is never copied or written down by a program",
    )
    CARD_WORD_COUNT = (
        "card.word_count",
        "a key card has {expected} words, and {found} were given; compare them with the card one by one",
    )
    CARD_WORD_UNKNOWN = (
        "card.word_unknown",
        "word {position} is none of the words of a key card; look at it again, it may be: {nearest}",
    )
    CARD_WORDS_MISMATCH = (
        "card.words_mismatch",
        "each word is a word of a key card, but they do not belong together; check their order and each word",
    )
    CARD_CODE = (
        "card.code",
        "this is not the code of a key card; scan it again, or type the words of the card",
    )
    NAME_EMPTY = ("sealing.name_empty", "the name of a {what} must be text that can be read, and not empty")
    BOX_FULL = ("box.full", "there is no more room: {size} bytes, and {most} fit; remove something first")
    BOX_CLOSED = (
        "box.closed",
        "this box does not open with this key card: it belongs to another, or is damaged",
    )
    BOX_VERSION = (
        "box.version",
        "this box was written in a form this version does not know; update the software, then open it again",
    )
    WRAP_KEY_ID = ("wrap.key_id", "the id of a key has 1 to {most} letters and digits")
    WRAP_KEY_UNKNOWN = (
        "wrap.key_unknown",
        "this row was wrapped under the key {key_id}, which is not here; restore the key file of its backup",
    )
    WRAP_DAMAGED = (
        "wrap.damaged",
        "this row is damaged, or stands under the name of another; restore a backup",
    )
    KEY_FILE_OPEN = (
        "key.file_open",
        "others on this machine can reach this key (mode {mode}); allow its owner only: chmod {wanted}",
    )
    KEY_FILE_DAMAGED = (
        "key.file_damaged",
        "this key file cannot be read; restore it, or destroy the key and make a new one",
    )
    KEY_IN_USE = ("key.in_use", "the key {key_id} is in use and stays; make a new one first")
    KEY_MISSING = ("key.missing", "the key {key_id} is not here; restore the key file, or use another key")
    ROUND_KEY_MISSING = (
        "key.round_missing",
        "there is no key for this round: it was destroyed when the round closed, or it was lost",
    )
    ROUND_KEY_SPLIT = (
        "key.round_split",
        "the key of this round opens with the halves of: {holders}; each of them brings their own",
    )
    ROUND_KEY_HALVES = (
        "key.round_halves",
        "these halves do not make the key of this round; check each of them",
    )
    ROUND_SPLIT_HOLDERS = (
        "key.split_holders",
        "a key is split between two or more different holders, each with an age recipient",
    )
    RECIPIENT = ("contribution.recipient", "this is not the public key of a round; open the round again")
    CONTRIBUTION_CLOSED = (
        "contribution.closed",
        "a contribution does not open with the key of this round: it belongs to another, or is damaged",
    )
    QUEUED_CLOSED = (
        "queued.closed",
        (
            "a check-in that waited on a device does not open: its key was replaced since, or it is damaged; "
            "what was kept before is safe, and the questions can be answered again"
        ),
    )
    SCALES_NAMED = ("contribution.scales_named", "the scales need names, each a different one")
    SCALE_UNKNOWN = ("contribution.scale_unknown", "'{scale}' is none of the scales of this round")
    SCORE_RANGE = (
        "contribution.score_range",
        "a score of '{scale}' is {score}; a score lies between {low} and {high}, or is missing",
    )
    SCALES_OTHER = (
        "contribution.scales_other",
        "contribution {position} was made for another set of scales, or has another length",
    )
    SLIP_LENGTH = ("slip.length", "the code on a slip has {expected} letters, and {found} were given")
    SLIP_LETTER = (
        "slip.letter",
        "'{letter}' is never printed on a slip; slips use the letters {alphabet} only, so look at it again",
    )
    SLIP_CHECK = (
        "slip.check",
        "these letters do not belong together: one is mistyped, or two are swapped; look at the slip again",
    )
