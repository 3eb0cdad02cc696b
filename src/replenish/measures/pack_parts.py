"""What a pack is made of: items, answers, scales, licence, norms and facts, each with source and mark."""

from __future__ import annotations

import math
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Code = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9]*([._-][A-Za-z0-9]+)*$", max_length=60)]
Words = Annotated[str, Field(min_length=1, max_length=2000)]
Permission = Literal["allowed", "allowed with conditions", "ask", "licence needed", "not allowed"]


class Mark(StrEnum):
    """How surely a fact is known. Nobody raises a mark without reading the source."""

    SEEN = "S"
    RECALLED = "R"
    SHAKY = "R?"
    COMPUTED = "C"
    ASSUMPTION = "our assumption"


class Record(BaseModel):
    """A frozen record that refuses unknown fields, so that a misspelt field is not lost in silence."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        str_strip_whitespace=True,
        ignored_types=(cached_property,),
    )


class Sourced(Record):
    """A record that says where it comes from and how surely it is known."""

    source: Words
    mark: Mark


class Option(Record):
    """One answer of an item with its own answers; a value of null means the item did not apply."""

    code: float
    label: Words
    value: float | None


class Item(Record):
    """One question. Published instruments carry no wording here: number, code and reversal only."""

    number: int = Field(ge=1)
    code: Code
    reverse: bool = False
    options: tuple[Option, ...] = ()
    text: Words | None = None
    gloss: Words | None = None
    why: Words | None = None
    unscored: Words | None = None


class Label(Record):
    """The name of one point of the answer scale."""

    value: float
    text: Words


class Response(Record):
    """The answers an item may have: from `min` to `max` in steps; a step of null allows any number."""

    min: float
    max: float
    step: Annotated[float, Field(gt=0)] | None = 1.0
    labels: tuple[Label, ...] = ()
    not_applicable: tuple[float, ...] = ()


class MissingRule(Record):
    """How many items a scale needs; with no entry, all. Answers that do not apply count as missing."""

    min_answered: Annotated[int, Field(ge=1)] | None = None
    max_missing: Annotated[int, Field(ge=0)] | None = None
    proportion: Annotated[float, Field(gt=0, le=1)] | None = None

    def needed(self, items: int) -> int:
        """The number of items out of `items` that must be answered."""
        if self.min_answered is not None:
            return self.min_answered
        if self.max_missing is not None:
            return items - self.max_missing
        if self.proportion is not None:
            return max(1, math.ceil(self.proportion * items - 1e-9))
        return items


class Dispute(Sourced):
    """Why a key is not settled, and what else is in use."""

    reason: Words
    alternatives: tuple[Words, ...] = Field(min_length=1)


class Range(Record):
    """The lowest and highest possible score, claimed by the pack and checked against its items."""

    low: float
    high: float


class Scale(Record):
    """A score: which items, how they are put together, which way is better, who may see it.

    `kind` is "outcome" (what people carry), "condition" (what surrounds them) or "private" (shown to
    the person alone, never part of any figure about a group).
    """

    code: Code
    title: Words
    gloss: Words
    items: tuple[Code, ...] = Field(min_length=1)
    method: Literal["sum", "mean", "mean0-100", "count"]
    count_from: float | None = None
    missing: MissingRule
    direction: Literal["higher is better", "lower is better"]
    kind: Literal["outcome", "condition", "private"]
    range: Range
    compare_with: Words | None = None
    disputed: Dispute | None = None

    @property
    def higher_is_better(self) -> bool:
        """Whether a higher score is the better one."""
        return self.direction == "higher is better"

    @property
    def needed(self) -> int:
        """How many of its items must be answered."""
        return self.missing.needed(len(self.items))


class Band(Sourced):
    """A named stretch of a scale. An `individual` band says nothing about the mean of a group."""

    scale: Code
    low: float
    high: float
    label: Words
    individual: bool = True

    @property
    def shown(self) -> bool:
        """Only bands read in their source are shown to anybody."""
        return self.mark is Mark.SEEN


class Norm(Sourced):
    """How a named population answered."""

    scale: Code
    population: Words
    n: Annotated[int, Field(gt=0)] | None = None
    mean: float
    sd: Annotated[float, Field(gt=0)]
    alpha: Annotated[float, Field(gt=0, lt=1)] | None = None


class Reliability(Sourced):
    """One published reliability of a scale."""

    scale: Code
    kind: Literal["alpha", "omega", "retest"]
    value: Annotated[float, Field(gt=0, lt=1)]
    sample: Words


class Fact(Sourced):
    """Something known about the instrument; a trap is a mistake that has been made with it."""

    about: Words
    says: Words
    trap: bool = False


class OfficialWording(Sourced):
    """The SHA-256 of an official wording, so that a file can be recognised without shipping it."""

    edition: Words
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Licence(Sourced):
    """What the owner allows; `wording_included` is about this file, the rest about the instrument."""

    owner: Words
    wording_included: bool = False
    wording_may_ship: Permission
    own_use: Permission
    commercial_use: Permission
    derivatives: Permission
    attribution: Words


class Provenance(Sourced):
    """Where one part of the key comes from."""

    topic: Literal["items", "reversal", "response", "scoring", "missing", "frame", "options"]


class PackContent(Record):
    """Everything a pack says, before anybody looked whether it keeps the rules."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
    version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)*$")]
    title: Words
    authors: Words
    year: int = Field(ge=1900, le=2100)
    source: Words
    about: Words
    frame: Words | None = None
    statement: Words | None = None
    licence: Licence
    response: Response
    items: tuple[Item, ...] = Field(min_length=1)
    scales: tuple[Scale, ...] = Field(min_length=1)
    bands: tuple[Band, ...] = ()
    norms: tuple[Norm, ...] = ()
    reliability: tuple[Reliability, ...] = ()
    sem_source: Words | None = None
    facts: tuple[Fact, ...] = ()
    official_wording: tuple[OfficialWording, ...] = ()
    provenance: tuple[Provenance, ...]
    disputed: Dispute | None = None

    @property
    def item_codes(self) -> tuple[str, ...]:
        """The codes of all items in their order: the columns of a table of answers."""
        return tuple(item.code for item in self.items)

    def scales_of(self, item_code: str) -> tuple[Scale, ...]:
        """The scales an item belongs to; none for an item that is asked but not scored."""
        return tuple(scale for scale in self.scales if item_code in scale.items)
