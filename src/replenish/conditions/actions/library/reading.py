"""Reading the library of actions: checked whole, and refused by the entry that is wrong.

The English files hold the facts of an action (at what it takes hold, what it may touch, marks, settings) and
its words. A file of another language holds words for the same actions and nothing else, so that no
translation can turn a shaky finding into a sure one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import yaml
from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from replenish.basis.errors import refuse
from replenish.basis.faults import ActionFault
from replenish.conditions.models import LONGEST_TITLE

FOLDER = Path(__file__).parent
FALLBACK = "en"
CONDITIONS = ("supervision", "process", "workload", "culture", "leaders", "reciprocity")
"""The names of the conditions in releases, in the order of the pages."""
MOST_INDIVIDUAL = 4
"""Help for single people is never offered instead of a change in conditions."""
LEAST_STEPS, MOST_STEPS = 2, 4

Kind = Literal[
    "eliminate", "redesign", "rota", "supervision", "debrief", "leadership", "training", "individual"
]
Outcome = Literal["relational", "witness", "overload", "meaning"]
Mark = Literal["S", "R", "R?", "C"]
Setting = Literal["school", "childrens-home", "social-work", "hospice", "charity"]
Words = Annotated[str, Field(min_length=1)]
Steps = Annotated[tuple[Words, ...], Field(min_length=LEAST_STEPS, max_length=MOST_STEPS)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Evidence(_Entry):
    """What is known about a step.

    Attributes:
        studied: whether a study of this very step was found; else `says` is about its neighbourhood.
        says: in our words.
        source: who found it.
        mark: how surely we know it.
    """

    studied: bool
    says: Words
    source: Words
    mark: Mark


class LibraryAction(_Entry):
    """One action of the library.

    Attributes:
        code: its public name.
        condition: the condition it should move, by its name in releases.
        kind: at what it takes hold.
        touches: what people carry that it may ease.
        settings: the kinds of places it suits; none for all of them.
        title: what it is called.
        sentence: what it is, in one sentence.
        steps: how to begin.
        evidence: what is known about it.
    """

    code: Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=60)]
    condition: str
    kind: Kind
    touches: Outcome
    settings: tuple[Setting, ...] = ()
    title: Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE)]
    sentence: Words
    steps: Steps
    evidence: Evidence

    def suits(self, setting: str) -> bool:
        """Whether it suits a kind of place; one that nobody has described suits everything."""
        return not self.settings or setting not in _SETTINGS or setting in self.settings


_SETTINGS = frozenset({"school", "childrens-home", "social-work", "hospice", "charity"})


class _File(_Entry):
    condition: Literal["supervision", "process", "workload", "culture", "leaders", "reciprocity"]
    actions: Annotated[tuple[dict[str, object], ...], Field(min_length=1)]


class _Library(_Entry):
    actions: tuple[LibraryAction, ...]

    @model_validator(mode="after")
    def _mostly_structural(self) -> _Library:
        twice = [code for code, times in Counter(one.code for one in self.actions).items() if times > 1]
        if twice:
            raise ValueError(f"the code {twice[0]} stands twice")
        if sum(one.kind == "individual" for one in self.actions) > MOST_INDIVIDUAL:
            raise ValueError(f"more than {MOST_INDIVIDUAL} actions leave it to single people")
        return self


class _Translated(_Entry):
    code: str
    title: Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE)]
    sentence: Words
    steps: Steps
    says: Words
    source: Words


@dataclass(frozen=True)
class _Place:
    folder: Path
    language: str


def read_library(folder: Path = FOLDER, language: str = FALLBACK) -> tuple[LibraryAction, ...]:
    """The library in a language, in the order of the conditions and of their files.

    Raises:
        Refused: a file is missing or cannot be read, an entry is incomplete, a code stands twice, too many
            actions leave it to single people, or a language does not have the same actions and steps.
    """
    english = _whole(_Place(folder, FALLBACK))
    if language == FALLBACK:
        return english
    return _spoken(english, _Place(folder, language))


def library() -> Mapping[str, LibraryAction]:
    """By code, in the reader's language; in English where the library has not been written in it."""
    language = (get_language() or FALLBACK).split("-")[0]
    return _known(language if (FOLDER / language).is_dir() else FALLBACK)


@cache
def _known(language: str) -> Mapping[str, LibraryAction]:
    return {one.code: one for one in read_library(language=language)}


def _whole(place: _Place) -> tuple[LibraryAction, ...]:
    entries = [
        {"condition": condition, **entry} for condition in CONDITIONS for entry in _entries(place, condition)
    ]
    try:
        return _Library.model_validate({"actions": entries}).actions
    except ValidationError as error:
        _refuse(place.folder / place.language, error)


def _spoken(english: tuple[LibraryAction, ...], place: _Place) -> tuple[LibraryAction, ...]:
    """The same actions with the words of another language."""
    words: dict[str, _Translated] = {}
    for condition in CONDITIONS:
        for entry in _entries(place, condition):
            try:
                told = _Translated.model_validate(entry)
            except ValidationError as error:
                _refuse(place.folder / place.language / f"{condition}.yaml", error)
            words[told.code] = told
    for one in english:
        told_steps = words[one.code].steps if one.code in words else ()
        if len(told_steps) != len(one.steps):
            _refuse_words(place, one.code)
    if len(words) != len(english):
        _refuse_words(place, next(code for code in words if code not in {one.code for one in english}))
    return tuple(_with_words(one, words[one.code]) for one in english)


def _with_words(one: LibraryAction, told: _Translated) -> LibraryAction:
    evidence = one.evidence.model_copy(update={"says": told.says, "source": told.source})
    said = {"title": told.title, "sentence": told.sentence, "steps": told.steps, "evidence": evidence}
    return one.model_copy(update=said)


def _entries(place: _Place, condition: str) -> Iterator[dict[str, object]]:
    path = place.folder / place.language / f"{condition}.yaml"
    try:
        found = _File.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except ValidationError as error:
        _refuse(path, error)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        refuse(ActionFault.LIBRARY_FILE, file=path, reason=str(error).splitlines()[0])
    if found.condition != condition:
        refuse(ActionFault.LIBRARY_FILE, file=path, reason=f"it is about {found.condition}")
    yield from found.actions


def _refuse(path: Path, error: ValidationError) -> NoReturn:
    first = error.errors(include_url=False, include_input=False)[0]
    place = " > ".join(str(step + 1) if isinstance(step, int) else str(step) for step in first["loc"])
    refuse(ActionFault.LIBRARY_FILE, file=path, reason=f"{place}: {first['msg']}")


def _refuse_words(place: _Place, code: str) -> NoReturn:
    where = place.folder / place.language
    refuse(
        ActionFault.LIBRARY_FILE, file=where, reason=f"{code}: not the same actions and steps as in English"
    )
