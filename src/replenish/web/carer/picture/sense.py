"""What a person's signs make sense of: sentences that connect them with conditions, never with character."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field

from replenish.web.carer.picture.said import ENCOUNTERS, STEP, WARMTH, Answers, Said
from replenish.web.carer.picture.signs import LATELY, SignNow
from replenish.web.carer.question_form import choices_of
from replenish.web.shared.questions import WEEKLY
from replenish.web.shared.texts import FALLBACK

FOLDER = Path(__file__).with_name("connections")
FILE = "connections.yaml"
MOST = 3
SAME_TIME = 13
"""Weeks: about a season."""
PRESENT = 2 * STEP
"""From "sometimes" on, a sign is there often enough to be spoken of."""


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Connection(_Written):
    """A sign beside a condition it often goes with, and where that is known from."""

    sign: str
    condition: str
    answers: Annotated[tuple[int, ...], Field(min_length=1)]
    says: Annotated[str, Field(min_length=1, max_length=300)]
    source: str
    mark: Literal["S", "R", "reasoned"]


class _Connections(_Written):
    checked_on: date
    connections: tuple[Connection, ...]


@dataclass(frozen=True)
class Sense:
    """A few sentences, and the studies behind them.

    Args:
        sentences: at most three.
        sources: the sources of those that have one.
    """

    sentences: tuple[str, ...]
    sources: tuple[str, ...]


def connections(language: str) -> tuple[Connection, ...]:
    """All connections in a language, in English where they have not been written in it."""
    short = language.split("-")[0]
    return _read(short if (FOLDER / short / FILE).is_file() else FALLBACK).connections


def recent(said: Said, this_week: int) -> Answers:
    """The newest longer set, where it and a check-in are so recent that they speak of the same time."""
    newest = max(said.longer, default=this_week - SAME_TIME)
    if min(newest, max(said.weekly, default=newest)) <= this_week - SAME_TIME:
        return {}
    return said.longer[newest]


def sense_of(signs: Sequence[SignNow], conditions: Answers) -> Sense:
    """The sentences that fit a person's own answers: each sign and each condition once.

    Args:
        signs: as they are lately; the one that came most often is spoken of first.
        conditions: the newest longer set.
    """
    there = [sign for sign in signs if sign.code != WARMTH and sign.lately is not None]
    order = sorted(there, key=lambda sign: (not sign.more_than_usual, -(sign.lately or 0.0)))
    by_sign: dict[str, list[Connection]] = {}
    for connection in connections(get_language() or FALLBACK):
        by_sign.setdefault(connection.sign, []).append(connection)
    chosen: list[Connection] = []
    for sign in order:
        if not (sign.more_than_usual or (sign.lately or 0.0) >= PRESENT):
            continue
        used = {connection.condition for connection in chosen}
        fits = (
            one for one in by_sign.get(sign.code, ()) if _holds(one, conditions) and one.condition not in used
        )
        chosen += [one for one in (next(fits, None),) if one is not None]
    chosen = chosen[:MOST]
    sources = dict.fromkeys(one.source for one in chosen if one.mark != "reasoned")
    return Sense(tuple(one.says for one in chosen), tuple(sources))


def hard_moments(said: Said) -> str:
    """How many hard moments the newest weeks held, as a sentence; empty where the question was skipped."""
    counts = [answers[ENCOUNTERS] for answers in said.weekly.values() if ENCOUNTERS in answers][-LATELY:]
    if not counts:
        return ""
    labels = encounter_labels(get_language() or "")
    listed = ", ".join(labels[count].lower() for count in counts if count in labels)
    return _("Hard moments with people in your newest check-ins, week by week: %(counts)s.") % {
        "counts": listed
    }


@cache
def encounter_labels(language: str) -> Mapping[float, str]:  # noqa: ARG001 - the labels are in this language
    """How many hard moments an answer stands for, in words."""
    return {float(choice.value): gettext(choice.label) for choice in choices_of(WEEKLY)[ENCOUNTERS]}


def _holds(connection: Connection, conditions: Answers) -> bool:
    return conditions.get(connection.condition) in connection.answers


@cache
def _read(language: str) -> _Connections:
    return _Connections.model_validate(yaml.safe_load((FOLDER / language / FILE).read_text("utf-8")))
