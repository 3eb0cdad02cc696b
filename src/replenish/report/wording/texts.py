"""Reads the texts the report may print: glosses of our own scales, and what other studies found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from replenish.report.document import Tint


class ScaleText(BaseModel):
    """What one scale of our own question set is about, in the report's words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    gloss: str
    higher_is_better: bool
    tint: Tint = "moss"
    first_step: str | None = None


class Finding(BaseModel):
    """What other studies found, with its source and how it was checked (S: read in the source)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    text: str
    source: str
    mark: Literal["S", "R"]


class _ScaleTexts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    checked_on: date
    mark: str
    scales: Mapping[str, ScaleText]


class _Evidence(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    checked_on: date
    findings: tuple[Finding, ...]


def _read(name: str) -> object:
    content: object = yaml.safe_load((files("replenish.report") / "wording" / name).read_text("utf-8"))
    return content


@cache
def scale_texts() -> Mapping[str, ScaleText]:
    """The glosses of our own scales, by scale code."""
    return _ScaleTexts.model_validate(_read("glosses.yaml")).scales


@cache
def evidence() -> tuple[Finding, ...]:
    """What other studies found, in the order in which the report tells it."""
    return _Evidence.model_validate(_read("evidence.yaml")).findings
