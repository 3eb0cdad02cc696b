"""A person's notes as a list: what each is called, from which week, and how it begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from replenish.voices.box_content import BoxContent, Reflection
from replenish.voices.weeks import thursday_of
from replenish.web.carer.reflecting.cycles import cycle
from replenish.web.carer.reflecting.finding import excerpt, places

FREE, AGENDA, WORDS = "note", "agenda", "words"
CYCLE = "cycle:"
MONDAY = timedelta(days=3)
# More than this many are folded away, so that a list of years stays short.
SHOWN_AT_ONCE = 12

GROUPS = (
    ("notes", gettext_lazy("Reflections and notes")),
    ("agenda", gettext_lazy("For supervision")),
    ("words", gettext_lazy("Words I found")),
    ("others", gettext_lazy("Other texts of mine")),
)


@dataclass(frozen=True)
class NoteLine:
    """One note in the list.

    Attributes:
        number: its place in the box.
        title: what it is called.
        week: from which week it is, in words.
        beginning: how it begins, or the place where a searched word stands.
    """

    number: int
    title: str
    week: str
    beginning: SafeString


@dataclass(frozen=True)
class NoteGroup:
    """Notes of one kind: the newest ones, and the older ones that are folded away."""

    heading: str
    newest: tuple[NoteLine, ...]
    older: tuple[NoteLine, ...]


def title_of(topic: str) -> str:
    """What a note is called."""
    if topic == AGENDA:
        return _("Agenda for supervision")
    if topic.startswith(WORDS):
        return _("Words I found")
    found = cycle(topic.removeprefix(CYCLE)) if topic.startswith(CYCLE) else None
    return found.title if found else _("Note")


def week_in_words(week: str) -> str:
    """A week, named by its Monday."""
    return _("week of %(day)s") % {"day": date_format(thursday_of(week) - MONDAY, "DATE_FORMAT")}


def listed(box: BoxContent | None, words: Sequence[str] = ()) -> tuple[NoteGroup, ...]:
    """The notes by kind, newest first; with words, only the notes in which all of them stand."""
    reflections = () if box is None else box.reflections
    found = [(number, note, places(note.text, words)) for number, note in enumerate(reflections)]
    hits = [each for each in found if each[2] or not words]
    # The box keeps the order of writing; within a week the later one comes first.
    hits.sort(key=lambda each: (each[1].week, each[0]), reverse=True)
    groups = {
        kind: [
            NoteLine(number, title_of(note.topic), week_in_words(note.week), excerpt(note.text, span))
            for number, note, span in hits
            if _kind(note.topic) == kind
        ]
        for kind, _heading in GROUPS
    }
    return tuple(_group(str(heading), groups[kind]) for kind, heading in GROUPS if groups[kind])


def note_at(box: BoxContent | None, number: str) -> Reflection | None:
    """The note at a place of the box; None where nothing stands there any more."""
    return next(iter(notes_in(box, (number,))), None)


def notes_in(box: BoxContent | None, numbers: Iterable[str]) -> tuple[Reflection, ...]:
    """The notes at some places, each once, in the order of writing."""
    chosen = set(numbers)
    return tuple(note for at, note in enumerate(box.reflections if box else ()) if str(at) in chosen)


def _kind(topic: str) -> str:
    if topic == FREE or topic.startswith(CYCLE):
        return "notes"
    if topic.startswith(WORDS):
        return "words"
    return "agenda" if topic == AGENDA else "others"


def _group(heading: str, lines: Sequence[NoteLine]) -> NoteGroup:
    return NoteGroup(heading, tuple(lines[:SHOWN_AT_ONCE]), tuple(lines[SHOWN_AT_ONCE:]))
