"""JSON files, read strictly: no key twice, no NaN, no bottomless nesting, nothing fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar, cast

import numpy as np
from pydantic import BaseModel, ValidationError

from replenish.basis.errors import Refused, problem, refuse
from replenish.basis.faults import QuestionnaireFault, TableFault
from replenish.measures.tables.memory import require_memory

# Measured on a bundle of 10,000 responses: the peak is about seven and a half times the text.
_TIMES_TEXT = 9
# Real questionnaires nest a dozen levels; readers that call themselves stay far from their limit.
_DEEPEST = 100

Model = TypeVar("Model", bound=BaseModel)


def read_json(path: Path, *, memory_limit: int | None = None) -> Mapping[str, object]:
    """The one object of a JSON file.

    Raises:
        Refused: FILE_MISSING, FILE_IS_FOLDER, FILE_EMPTY, FILE_TOO_LARGE, FORM_NOT_JSON.
    """
    if not path.exists():
        refuse(TableFault.FILE_MISSING, file=path)
    if path.is_dir():
        refuse(TableFault.FILE_IS_FOLDER, file=path)
    if not path.stat().st_size:
        refuse(TableFault.FILE_EMPTY, file=path)
    require_memory(path, _TIMES_TEXT * path.stat().st_size, memory_limit)
    try:
        text = path.read_text(encoding="utf-8-sig")
        if _depth(text) > _DEEPEST:
            refuse(QuestionnaireFault.FORM_NOT_JSON, file=path, why="it is nested too deeply")
        plain = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError:
        refuse(QuestionnaireFault.FORM_NOT_JSON, file=path, why="it is not UTF-8 text")
    except json.JSONDecodeError as error:
        refuse(QuestionnaireFault.FORM_NOT_JSON, file=path, why=f"line {error.lineno}: {error.msg.lower()}")
    except _TwiceError as error:
        refuse(QuestionnaireFault.FORM_NOT_JSON, file=path, why=str(error))
    if not isinstance(plain, dict):
        refuse(QuestionnaireFault.FORM_NOT_JSON, file=path, why="it does not hold one object in braces")
    return cast("Mapping[str, object]", plain)


def as_model(model: type[Model], plain: object, *, file: object) -> Model:
    """Plain data as a checked record.

    Raises:
        Refused: FORM_FIELD, once for every entry that is missing or not what it should be.
    """
    try:
        return model.model_validate(plain)
    except ValidationError as error:
        raise Refused(
            [
                problem(
                    QuestionnaireFault.FORM_FIELD,
                    file=file,
                    field=".".join(str(step) for step in entry["loc"]) or model.__name__,
                    complaint="is missing" if entry["type"] == "missing" else _complaint(entry["msg"]),
                )
                for entry in error.errors(include_url=False, include_input=False)[:20]
            ]
        ) from None


def _depth(text: str) -> int:
    """How deeply objects and lists are nested, told without building them."""
    signs = np.frombuffer(re.sub(r'"(?:[^"\\]|\\.)*"', "", text).encode(), dtype=np.uint8)
    opens = (signs == ord("{")) | (signs == ord("["))
    closes = (signs == ord("}")) | (signs == ord("]"))
    return int(np.cumsum(opens.astype(np.int32) - closes).max(initial=0))


class _TwiceError(Exception):
    """A key stands twice, or a number is none that JSON knows."""


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    entries = dict(pairs)
    if len(entries) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _TwiceError(f"the entry '{twice}' stands there twice")
    return entries


def _no_constant(name: str) -> float:
    raise _TwiceError(f"{name} is not a number in JSON")


def _complaint(message: str) -> str:
    return f"is not right: {message[:1].lower()}{message[1:]}"
