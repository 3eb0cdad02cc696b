"""Every string that a reader may meet on a page, collected from where it is written.

Strings stand in templates, in Python, in the sentences of refusals, in our own questions and in a few data
files. One collection serves the translations and the check of how easily they are read.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.messages.extract import extract_python
from django.utils.translation import templatize

from replenish.basis.errors import Fault
from replenish.basis.faults import (
    ActionFault,
    ConversationFault,
    DebriefingFault,
    FactFault,
    IncidentFault,
    LeadershipFault,
    LearningFault,
    PeopleFault,
    RecordFault,
    SealingFault,
    SignInFault,
    SupervisionFault,
    TellingFault,
    VoiceFault,
)
from replenish.basis.faults.rhythm import RhythmFault
from replenish.basis.faults.rounds import RoundFault
from replenish.measures.library import load_pack
from replenish.web.shared.questions import ROUND, WEEKLY

SOURCE = Path(__file__).parents[2] / "src/replenish"
ROOMS_WITH_PAGES = ("web", "people", "debrief")
KEYWORDS = dict.fromkeys(
    ("_", "gettext", "gettext_lazy", "ngettext", "pgettext", "npgettext", "ngettext_lazy"), None
)
FAULTS_ON_PAGES: tuple[type[Fault], ...] = (
    ActionFault,
    DebriefingFault,
    FactFault,
    IncidentFault,
    LeadershipFault,
    LearningFault,
    PeopleFault,
    RhythmFault,
    RoundFault,
    VoiceFault,
    SealingFault,
    RecordFault,
    SignInFault,
    SupervisionFault,
    TellingFault,
    ConversationFault,
)
# Entries of data files that pages show through gettext, by file: the keys whose values are shown.
SHOWN: dict[str, frozenset[str]] = {
    "web/public/help_lines.yaml": frozenset({"country", "when", "for"}),
    "debrief/conversations/facts.yaml": frozenset({"title", "says"}),
    "conditions/facts/kinds.yaml": frozenset({"name", "definition", "counted", "out_of", "measure", "hint"}),
    "supervision/limits.yaml": frozenset({"says", "source"}),
    "supervision/presets/*.yaml": frozenset({"title", "who", "says", "source"}),
    "supervision/points.yaml": frozenset({"says", "asks", "why", "words", "source"}),
    "debrief/incidents/steps.yaml": frozenset({"source", "says"}),
    "debrief/incidents/recording.yaml": frozenset({"country", "source"}),
    "people/presets/*.yaml": frozenset(
        {"title", "one", "many", "name", "source", "who", "expected", "hard_encounters", "turn_to"}
    ),
}


@dataclass(frozen=True, order=True)
class Message:
    """A string as gettext knows it: its context, its singular and its plural, and where it stands."""

    text: str
    plural: str = ""
    context: str = ""
    place: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What a translation is found by."""
        return self.context, self.text


@cache
def messages() -> tuple[Message, ...]:
    """All of them, each once, in the order of their places."""
    found: dict[tuple[str, str], Message] = {}
    for message in (*_of_templates(), *_of_python(), *_of_refusals(), *_of_questions(), *_of_files()):
        found.setdefault(message.key, message)
    return tuple(found.values())


def _of_templates() -> Iterator[Message]:
    for path in sorted((SOURCE / "web/templates").rglob("*")):
        if path.suffix in {".html", ".svg", ".txt"}:
            place = path.relative_to(SOURCE).as_posix()
            written = templatize(path.read_text("utf-8"), origin=str(path))
            yield from _of_calls(written, place)


def _of_python() -> Iterator[Message]:
    for room in ROOMS_WITH_PAGES:
        for path in sorted((SOURCE / room).rglob("*.py")):
            yield from _of_calls(path.read_text("utf-8"), path.relative_to(SOURCE).as_posix())


def _of_calls(written: str, place: str) -> Iterator[Message]:
    found: Iterable[Any] = extract_python(io.BytesIO(written.encode()), KEYWORDS, (), {"encoding": "utf-8"})
    for _line, call, said, _comments in found:
        strings = [one for one in (said if isinstance(said, tuple) else (said,)) if isinstance(one, str)]
        context = strings.pop(0) if call in {"pgettext", "npgettext"} and len(strings) > 1 else ""
        if strings and strings[0].strip():
            yield Message(strings[0], strings[1] if "ngettext" in call else "", context, place)


def _of_refusals() -> Iterator[Message]:
    for faults in FAULTS_ON_PAGES:
        for fault in faults:
            yield Message(fault.sentence, place=f"basis/faults: {fault.code}")


def _of_questions() -> Iterator[Message]:
    for pack in (load_pack(WEEKLY), load_pack(ROUND)):
        place = f"measures/packs/{pack.id}"
        for item in pack.items:
            shown = (item.text, item.gloss, item.why, *(option.label for option in item.options))
            yield from (Message(one, place=place) for one in shown if one)
        yield from (Message(label.text, place=place) for label in pack.response.labels)
        yield from (Message(one, place=place) for scale in pack.scales for one in (scale.title, scale.gloss))


def _of_files() -> Iterator[Message]:
    for pattern, keys in SHOWN.items():
        for path in sorted(SOURCE.glob(pattern)):
            place = path.relative_to(SOURCE).as_posix()
            written = yaml.safe_load(path.read_text("utf-8"))
            yield from (Message(text, place=place) for text in _values(written, keys))


def _values(node: object, keys: frozenset[str]) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in keys and isinstance(value, str):
                yield value
            elif key in keys and isinstance(value, list) and all(isinstance(one, str) for one in value):
                yield from value
            else:
                yield from _values(value, keys)
    elif isinstance(node, list):
        for value in node:
            yield from _values(value, keys)
