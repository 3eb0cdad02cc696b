"""What the key of an instrument may be refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class PackFault(Fault):
    """What the key of an instrument may be refused for."""

    PACK_UNKNOWN = ("pack.unknown", "there is no instrument called '{pack}'; choose one of: {known}")
    PACK_UNREADABLE = (
        "pack.unreadable",
        "this cannot be read as a pack: {reason}; docs/reference/packs.md shows how a pack is written",
    )
    PACK_FIELD = (
        "pack.field",
        "the field '{field}' {complaint}; docs/reference/packs.md lists every field of a pack",
    )
    PACK_NO_SUCH_ITEM = ("pack.no_such_item", "the instrument '{pack}' has no item '{item}'")
    PACK_NO_SUCH_SCALE = (
        "pack.no_such_scale",
        "the instrument '{pack}' has no scale '{scale}'; its scales are: {known}",
    )
    PACK_NO_NORM = (
        "pack.no_norm",
        "the instrument '{pack}' has no norm for '{scale}'; compare with your own past instead",
    )
    PACK_DUPLICATE = ("pack.duplicate", "the {what} '{value}' stands there twice; each may stand there once")
    PACK_UNKNOWN_ITEM = (
        "pack.unknown_item",
        "the scale '{scale}' names the item '{item}', which the pack does not have; check the numbers",
    )
    PACK_UNKNOWN_SCALE = (
        "pack.unknown_scale",
        "a {what} is given for the scale '{scale}', which the pack does not have; check the name",
    )
    PACK_REVERSAL_UNKNOWN = (
        "pack.reversal_unknown",
        "item '{item}' is to be reversed, but the pack has no such item; check the numbers",
    )
    PACK_NUMBERING = (
        "pack.numbering",
        "the items must be numbered 1 to {count} in order, without a gap, as on the form",
    )
    PACK_ITEM = ("pack.item", "the item '{item}' {detail}; correct the pack")
    PACK_RESPONSE = ("pack.response", "the answers of the pack do not fit together: {detail}; correct them")
    PACK_RANGE = (
        "pack.range",
        (
            "the scale '{scale}' claims to run from {claimed}, but its items can only give {possible}; "
            "find out which of the two is wrong before anything is scored"
        ),
    )
    PACK_MISSING_RULE = (
        "pack.missing_rule",
        "the rule for missing answers of the scale '{scale}' {detail}; give one rule its items can meet",
    )
    PACK_COUNT = (
        "pack.count",
        "the scale '{scale}': 'count_from' goes with the method 'count' and items without their own answers",
    )
    PACK_NOT_APPLICABLE_IS_AN_ANSWER = (
        "pack.not_applicable_is_an_answer",
        "the code {value} for 'does not apply' is also an answer; give it a code outside the answers",
    )
    PACK_NOT_APPLICABLE_IN_A_SUM = (
        "pack.not_applicable_in_a_sum",
        "the scale '{scale}' adds up items that may not apply, which would lower the score; use the mean",
    )
    PACK_BAND = ("pack.band", "the band '{label}' of the scale '{scale}' {detail}; correct its edges")
    PACK_NORM = (
        "pack.norm",
        "the norm of '{scale}' for '{population}' is not possible on this scale; check the mean and the SD",
    )
    PACK_PROVENANCE = (
        "pack.provenance",
        "the pack does not say where its '{topic}' come from; add a source and a mark for them",
    )
    PACK_WORDING_UNDECLARED = (
        "pack.wording_undeclared",
        "the item '{item}' has a text, but the licence does not say that wording is included",
    )
    PACK_WORDING_NOT_ALLOWED = (
        "pack.wording_not_allowed",
        "the pack includes wording that {owner} does not allow to be passed on; leave the texts out",
    )
    PACK_SELF_HARM = (
        "pack.self_harm",
        (
            "the item '{item}' asks about suicide or self-harm; nobody reads answers here in time to help, "
            "so such a question must not be asked; leave the item out"
        ),
    )
    PACK_DISPUTED = (
        "pack.disputed",
        (
            "the key of '{name}' is disputed: {reason}; also in use: {alternatives}; "
            "to use this key all the same, confirm it by naming '{name}'"
        ),
    )
    PACK_CONFIRMED_UNKNOWN = (
        "pack.confirmed_unknown",
        "you confirmed '{name}', but nothing of that name is disputed here; check the name",
    )
    PACK_BANDS_OF_PERSONS = (
        "pack.bands_of_persons",
        "the bands of '{scale}' were made for one person and say nothing about the mean of a group",
    )
