"""What can be counted: each kind of fact with its words, its denominator, and who may enter it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from replenish.basis.errors import refuse
from replenish.basis.faults.facts import FactFault
from replenish.people.roles import RoleKind

FILE = Path(__file__).parent / "kinds.yaml"
LEAST_DAYS = 7
LEAST_DAYS_ABOUT_PEOPLE = 28
"""A figure for a single week would tell of a single illness."""
MOST_DAYS = 93
MOST_OUT_OF = 100_000_000
MOST_PER_DAY = 50
"""A rate may be above one: several restraints in one day of support."""
PER = 1000

Group = Literal["supervision", "debrief", "rota", "staffing", "encounters"]
# Who may enter a group of facts besides those who answer for the part.
ALSO_ENTERED_BY: Mapping[str, RoleKind] = {
    "supervision": RoleKind.SUPERVISOR,
    "debrief": RoleKind.FACILITATOR,
}


class Kind(BaseModel):
    """One kind of fact.

    Attributes:
        code: its public name, as in files.
        group: what it belongs with, and so who may enter it.
        condition: the question of a round that it stands beside.
        name: what it is called.
        definition: in one sentence, what is counted out of what.
        counted: the label of the count.
        out_of: the label of what it is counted out of.
        measure: the denominator's unit, after a number.
        shape: a share of the denominator, or a rate that may be above it.
        whole: the count is of things, so it has no decimals.
        better: which way is better for those who work there; "neither" where both can be good or bad.
        about_people: it is about staff themselves, so only parts that hold whole reporting groups have it.
        hint: why it is asked, and who sees it.
        source: where the definition comes from.
        checked_on: when that was last looked at.
        mark: how surely it is known.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    group: Group
    condition: str
    name: str
    definition: str
    counted: str
    out_of: str
    measure: str
    shape: Literal["share", "rate"]
    whole: bool
    better: Literal["more", "less", "neither"]
    about_people: bool = False
    hint: str
    source: str
    checked_on: date
    mark: Literal["S", "R", "R?", "C"]

    @property
    def least_days(self) -> int:
        """The shortest period it may be entered for."""
        return LEAST_DAYS_ABOUT_PEOPLE if self.about_people else LEAST_DAYS


class KindsFile(BaseModel):
    """All of them; each code once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: tuple[Kind, ...]

    @model_validator(mode="after")
    def _codes_once(self) -> KindsFile:
        codes = [kind.code for kind in self.kinds]
        if len(set(codes)) < len(codes):
            raise ValueError("a code stands twice")
        return self


def read_kinds(path: Path) -> tuple[Kind, ...]:
    """The kinds of a file.

    Raises:
        Refused: an entry is incomplete, or the file cannot be read.
    """
    try:
        return KindsFile.model_validate(yaml.safe_load(path.read_text("utf-8"))).kinds
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = " > ".join(str(step) for step in first["loc"])
        refuse(FactFault.KINDS_FILE, file=path, reason=f"{place}: {first['msg']}")
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        refuse(FactFault.KINDS_FILE, file=path, reason=str(error).splitlines()[0])


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by code, in their order."""
    return {kind.code: kind for kind in read_kinds(FILE)}
