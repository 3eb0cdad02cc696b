"""A pack as a questionnaire, so that its answers and its form can be written in every format."""

from __future__ import annotations

from replenish.measures.formats.number_text import written
from replenish.measures.formats.questionnaire import Asked, Choice, Kind, Questionnaire
from replenish.measures.pack import Pack
from replenish.measures.pack_parts import Item
from replenish.measures.wording import Wording

SCHEME = "urn:replenish:pack:"
"""Our own addresses for questionnaires, as none of the instruments has a published one."""


def pack_form(pack: Pack, wording: Wording | None = None) -> Questionnaire:
    """The items of a pack as questions; without wording, an item that ships none is called by its number."""
    return Questionnaire(
        format="pack",
        title=pack.title,
        asked=tuple(_asked(pack, item, wording) for item in pack.items),
        url=f"{SCHEME}{pack.id}",
        version=pack.version,
        citation=pack.source,
        licence=pack.licence.attribution,
    )


def _asked(pack: Pack, item: Item, wording: Wording | None) -> Asked:
    text = wording.texts[item.code] if wording is not None else item.text or f"Item {item.number}"
    options = tuple(Choice(written(option.code), option.label, option.code) for option in item.options)
    response = pack.response
    steps = int((response.max - response.min) / response.step) + 1 if response.step else 0
    if not options and 0 < steps <= 20 and response.step:
        labels = {label.value: label.text for label in response.labels}
        values = [response.min + place * response.step for place in range(steps)]
        options = tuple(Choice(written(value), labels.get(value, written(value)), value) for value in values)
    return Asked(
        code=item.code,
        text=text,
        kind=Kind.ONE if options else Kind.NUMBER,
        options=options,
        low=None if options else response.min,
        high=None if options else response.max,
        note=item.gloss,
        reverse=item.reverse,
    )
