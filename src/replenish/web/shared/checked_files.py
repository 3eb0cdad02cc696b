"""Files of facts and words that an operator may edit: checked whole, refused by the entry that is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from replenish.basis.errors import Fault, refuse

Checked = TypeVar("Checked", bound=BaseModel)


def read_checked(path: Path, kind: type[Checked], fault: Fault) -> Checked:
    """The content of a YAML file.

    Args:
        path: of the file.
        kind: what it must be.
        fault: how it is refused; its sentence has places for the file and the reason.

    Raises:
        Refused: the file cannot be read, or an entry is incomplete.
    """
    try:
        return kind.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except ValidationError as error:
        refuse(fault, file=path, reason=first_complaint(error))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        refuse(fault, file=path, reason=str(error).splitlines()[0])


def first_complaint(error: ValidationError) -> str:
    """Where an entry is wrong, and why, in one line."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = " > ".join(str(step + 1) if isinstance(step, int) else step for step in first["loc"])
    return f"{place}: {first['msg']}" if place else first["msg"]
