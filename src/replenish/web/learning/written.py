"""The texts of what is offered to learn: an offer, a unit to read, and the plan of whoever leads it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from pydantic import ConfigDict, Field

from replenish.learning.catalogue import OFFER_TEXTS, PLAN_TEXTS, UNIT_TEXTS, Offer, offers
from replenish.measures.library import load_pack
from replenish.web.public.sources import Source, Words, Written, parts
from replenish.web.shared.questions import ROUND
from replenish.web.shared.texts import Text, text

SHORTEST, LONGEST = 20, 120
"""Minutes of a session."""

Sources = Annotated[tuple[Source, ...], Field(min_length=1)]


class _OfferHead(Written):
    title: Words
    summary: Words
    order: int
    aim: Words
    for_whom: Words
    asked_after: Words
    sources: Sources


class OfferText(_OfferHead):
    """An offer, ready for its page.

    Attributes:
        aim: what it is for.
        for_whom: who it is for.
        asked_after: what a team asks itself some weeks later, in conversation; no answer is collected.
        body: what it is, and what it cannot do.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    name: str
    body: SafeString


class _UnitHead(Written):
    title: Words
    summary: Words
    order: int
    prompts: Annotated[tuple[Words, ...], Field(min_length=3)]
    sources: Sources


class UnitText(_UnitHead):
    """A unit, ready for its page.

    Attributes:
        prompts: to think about alone; nothing of it is kept here.
        body: what there is to read.
        onwards: something to do, which begins with a link.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    name: str
    body: SafeString
    onwards: SafeString


class Step(Written):
    """One step of a session."""

    minutes: Annotated[int, Field(ge=1)]
    title: Words
    does: Words


class _PlanHead(Written):
    title: Words
    order: int
    minutes: Annotated[int, Field(ge=SHORTEST, le=LONGEST)]
    materials: Annotated[tuple[Words, ...], Field(min_length=1)]
    steps: Annotated[tuple[Step, ...], Field(min_length=4)]


class PlanText(_PlanHead):
    """How to lead a session about a unit.

    Attributes:
        before: what to settle first.
        stop: when to stop.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    name: str
    before: SafeString
    stop: SafeString


def offer_in(written: Text) -> OfferText:
    """An offer from its text; an error where something is missing."""
    (body,) = parts(written)
    return OfferText.model_validate({**written.facts, "name": written.name, "body": body})


def unit_in(written: Text) -> UnitText:
    """A unit from its text; an error where something is missing."""
    body, onwards = parts(written)
    return UnitText.model_validate({**written.facts, "name": written.name, "body": body, "onwards": onwards})


def plan_in(written: Text) -> PlanText:
    """A plan from its text; an error where something is missing."""
    before, stop = parts(written)
    return PlanText.model_validate({**written.facts, "name": written.name, "before": before, "stop": stop})


def offer_text(offer: Offer) -> OfferText:
    """The text of an offer in the reader's language."""
    return offer_in(_text(OFFER_TEXTS, offer.code))


def unit_text(unit: str) -> UnitText:
    """The text of a unit of the catalogue in the reader's language."""
    return unit_in(_text(UNIT_TEXTS, unit))


def plan_text(unit: str) -> PlanText:
    """The plan for a unit of the catalogue in the reader's language."""
    return plan_in(_text(PLAN_TEXTS, unit))


def offer_texts() -> tuple[tuple[Offer, OfferText], ...]:
    """All offers with their texts, in the order of the catalogue."""
    return tuple((offer, offer_text(offer)) for offer in offers().values())


def condition_title(offer: Offer) -> str:
    """The condition it should change, as the questions of a round call it."""
    scales = {scale.code: scale.title for scale in load_pack(ROUND).scales}
    return gettext(scales[offer.condition])


def _text(folder: Path, name: str) -> Text:
    found = text(folder, name)
    if found is None:  # names come from the catalogue, so a file is missing from the package
        raise FileNotFoundError(f"{folder.name}/{name}.md")
    return found
