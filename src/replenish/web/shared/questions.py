"""Which questions are asked, and which of their answers are ever counted: read off the packs themselves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.utils.translation import gettext as _

from replenish.measures.library import load_pack
from replenish.measures.pack import Pack
from replenish.measures.pack_parts import Item

WEEKLY = "replenish-weekly"
ROUND = "replenish-round"
AFTER_SUPERVISION = "replenish-supervision"


def packs_asked() -> tuple[Pack, ...]:
    """The packs of the check-in and of the longer set, in the order in which they are asked."""
    return load_pack(WEEKLY), load_pack(ROUND)


@cache
def _counted_codes(pack_id: str) -> frozenset[str]:
    scales = (scale for scale in load_pack(pack_id).scales if scale.kind != "private")
    return frozenset(code for scale in scales for code in scale.items)


def counted_items(pack: Pack) -> tuple[Item, ...]:
    """Questions that belong to a scale which is counted into a group's band."""
    return tuple(item for item in pack.items if item.code in _counted_codes(pack.id))


def private_items(pack: Pack) -> tuple[Item, ...]:
    """Questions whose answers are for the person alone."""
    return tuple(item for item in pack.items if item.code not in _counted_codes(pack.id))


@cache
def short_names(language: str) -> Mapping[str, str]:  # noqa: ARG001 - the language that is in force
    """The weekly questions in a few words, for the head of a row."""
    return {
        "sign.flatness": _("Moved less than before"),
        "sign.patience": _("Out of patience"),
        "sign.cynicism": _("Nothing will change"),
        "sign.recovery": _("Slow to recover"),
        "sign.motions": _("Going through the motions"),
        "sign.dread": _("Dread"),
        "sign.warmth": _("A moment of warmth"),
        "event.encounters": _("Hard moments"),
    }
