"""The words of kinds, places, reasons and steps, and of points to record, in every language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from django.utils.translation import get_language
from pydantic import Field, model_validator

from replenish.basis.faults.incidents import IncidentFault
from replenish.debrief.incidents import model
from replenish.debrief.incidents.codes import KINDS, REASONS, SETTINGS, SEVERITIES
from replenish.debrief.incidents.model import STEPS
from replenish.debrief.incidents.recording import recording_places
from replenish.web.public.sources import Words, Written
from replenish.web.shared.checked_files import read_checked
from replenish.web.shared.texts import FALLBACK

FOLDER = Path(model.__file__).with_name("words")


class StepWords(Written):
    """A step in words.

    Attributes:
        title: what it is called.
        what: what there is to do, in short sentences.
        who: whose it is.
        recorded: what is written down about it, and what is not.
    """

    title: Words
    what: Annotated[tuple[Words, ...], Field(min_length=1)]
    who: Words
    recorded: Words


class IncidentWords(Written):
    """All codes of incidents and steps, by code and in their order."""

    kinds: Mapping[str, Words]
    settings: Mapping[str, Words]
    severities: Mapping[int, Words]
    reasons: Mapping[str, Words]
    steps: Mapping[str, StepWords]

    @model_validator(mode="after")
    def _every_code(self) -> IncidentWords:
        worded = (
            tuple(self.kinds),
            tuple(self.settings),
            tuple(self.severities),
            tuple(self.reasons),
            tuple(self.steps),
        )
        if worded != (KINDS, SETTINGS, SEVERITIES, REASONS, STEPS):
            raise ValueError("each code has its words, in the order of the codes")
        return self


class RecordingWords(Written):
    """The points and duties that laws name, by code."""

    settings: Mapping[str, Words]
    points: Mapping[str, Words]
    duties: Mapping[str, Words]

    @model_validator(mode="after")
    def _every_code(self) -> RecordingWords:
        for place in recording_places():
            wanted = {*place.points, *(duty.code for duty in place.duties)}
            if wanted - {*self.points, *self.duties}:
                raise ValueError(f"a point of {place.code} has no words")
        return self


def incident_words() -> IncidentWords:
    """The words of incidents in the reader's language."""
    return _incident_words(_language())


def recording_words() -> RecordingWords:
    """The words of points to record in the reader's language."""
    return _recording_words(_language())


def _language() -> str:
    language = (get_language() or FALLBACK).split("-")[0]
    return language if (FOLDER / language).is_dir() else FALLBACK


@cache
def _incident_words(language: str) -> IncidentWords:
    return read_checked(FOLDER / language / "words.yaml", IncidentWords, IncidentFault.FILE)


@cache
def _recording_words(language: str) -> RecordingWords:
    return read_checked(FOLDER / language / "recording.yaml", RecordingWords, IncidentFault.FILE)
