"""What is offered to learn, and which condition at work each offer should change; the texts lie beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from replenish.basis.errors import refuse
from replenish.basis.faults.learning import LearningFault

ROOM = Path(__file__).parent
FILE = ROOM / "catalogue.yaml"
OFFER_TEXTS, UNIT_TEXTS, PLAN_TEXTS = ROOM / "offers", ROOM / "units", ROOM / "plans"
"""One folder for each language in each of them."""

Condition = Literal["supervision", "process", "workload", "culture", "leaders", "reciprocity"]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z-]{2,39}$")]


class Offer(BaseModel):
    """One offer.

    Attributes:
        code: its name in addresses and files.
        condition: the condition it should change, as the questions of a round name it.
        units: the names of its texts, in their order.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    condition: Condition
    units: Annotated[tuple[Code, ...], Field(min_length=1)]


class Catalogue(BaseModel):
    """All of them; each name stands once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    offers: Annotated[tuple[Offer, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_once(self) -> Catalogue:
        codes = [offer.code for offer in self.offers]
        units = [unit for offer in self.offers for unit in offer.units]
        if len(set(codes)) < len(codes) or len(set(units)) < len(units):
            raise ValueError("a name stands twice")
        return self


def read_offers(path: Path) -> tuple[Offer, ...]:
    """The offers of a file.

    Raises:
        Refused: an entry is incomplete, or the file cannot be read.
    """
    try:
        return Catalogue.model_validate(yaml.safe_load(path.read_text("utf-8"))).offers
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = " > ".join(str(step) for step in first["loc"])
        refuse(LearningFault.CATALOGUE_FILE, file=path, reason=f"{place}: {first['msg']}")
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        refuse(LearningFault.CATALOGUE_FILE, file=path, reason=str(error).splitlines()[0])


@cache
def offers() -> Mapping[str, Offer]:
    """All offers by code, in their order."""
    return {offer.code: offer for offer in read_offers(FILE)}
