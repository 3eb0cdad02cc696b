"""From ticked conditions and sourced facts to one page that is shown, printed and copied alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from replenish.web.carer.words.case_parts import CaseParts, Receiver
from replenish.web.carer.words.facts import ALL, Condition, Fact, Kind
from replenish.web.carer.words.grammar import Joining

# So many facts of a kind for each condition that the page stays one page for one condition or two.
ROOM: dict[Kind, tuple[int, int]] = {"evidence": (3, 2), "expected": (4, 2), "limit": (3, 1)}


@dataclass(frozen=True)
class CaseChosen:
    """What a person chose for the page. Own answers and words are there only where asked for."""

    conditions: tuple[Condition, ...]
    setting: str
    country: str
    receiver: Receiver
    own_answers: tuple[str, ...] = ()
    own_words: str = ""


@dataclass(frozen=True)
class Line:
    """One sentence or two; `source` is the number of its source, and 0 where it needs none."""

    text: str
    source: int = 0


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    name: str
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Source:
    """Where facts come from, how surely, and when that was last looked at."""

    number: int
    name: str
    mark: str
    checked_on: date

    def said(self, common_day: date | None) -> str:
        """The source and its mark; its day too, where the sources of a page have no day in common."""
        if self.checked_on == common_day:
            return _("%(name)s: %(mark)s.") % {"name": self.name, "mark": self.mark}
        day = date_format(self.checked_on, "DATE_FORMAT")
        return _("%(name)s: %(mark)s (%(day)s).") % {"name": self.name, "mark": self.mark, "day": day}


@dataclass(frozen=True)
class Case:
    """The whole page."""

    title: str
    opening: str
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]

    @property
    def common_day(self) -> date | None:
        """The day on which all facts of the page were looked at, where it is one day."""
        days = {source.checked_on for source in self.sources}
        return days.pop() if len(days) == 1 else None

    @property
    def looked_at(self) -> str:
        """A sentence about that day; empty where there are several."""
        day = self.common_day
        return _("Looked at on %(day)s.") % {"day": date_format(day, "DATE_FORMAT")} if day else ""

    @property
    def listed(self) -> tuple[tuple[int, str], ...]:
        """The sources by their numbers, in words."""
        return tuple((source.number, source.said(self.common_day)) for source in self.sources)

    def plain(self) -> str:
        """The page as plain text."""
        blocks = [self.title, self.opening]
        for section in self.sections:
            lines = [f"- {line.text}{f' [{line.source}]' if line.source else ''}" for line in section.lines]
            blocks.append("\n".join([section.heading.upper(), *lines]))
        listed = [f"[{number}] {said}" for number, said in self.listed]
        about = [self.looked_at] if self.looked_at else []
        blocks.append("\n".join([_("Sources").upper(), *about, *listed]))
        return "\n\n".join(blocks)


def mark_in_words(mark: str) -> str:
    """How surely a fact is known, for readers."""
    return {
        "S": _("seen in the source named"),
        "R": _("from memory, please check"),
        "R?": _("from memory and uncertain, please check"),
        "A": _("our own view"),
    }[mark]


def make_case(words: CaseParts, known: Sequence[Fact], chosen: CaseChosen, joining: Joining) -> Case:
    """The page for these conditions, in this setting and country."""
    found: dict[Kind, list[Fact]] = {kind: chosen_facts(known, chosen, kind) for kind in ROOM}
    sources = _sources([fact for kind in ROOM for fact in found[kind]], words.sources)
    number = {(source.name, source.mark): source.number for source in sources}

    def lines(kind: Kind) -> tuple[Line, ...]:
        return tuple(
            Line(
                fact.said(words.statements, words.figures),
                number[(words.sources.get(fact.source, fact.source), mark_in_words(fact.mark))],
            )
            for fact in found[kind]
        )

    missing = [words.conditions[condition] for condition in chosen.conditions]
    own = [*chosen.own_answers, *([chosen.own_words] if chosen.own_words else [])]
    sections = (
        Section("missing", _("What is missing"), tuple(Line(one.missing) for one in missing)),
        Section("own", _("What one of us has noted"), tuple(Line(said) for said in own)),
        Section("evidence", _("What is known"), lines("evidence")),
        Section("expected", _("What is expected of employers"), lines("expected")),
        Section("asks", _("What we ask for"), tuple(Line(ask) for one in missing for ask in one.asks)),
        Section("needs", _("What it takes"), tuple(Line(one.needs) for one in missing)),
        Section("limit", _("What the evidence does not show"), lines("limit")),
    )
    about = joining.join([one.about for one in missing])
    return Case(
        title=_("What we need: %(about)s") % {"about": about},
        opening=words.receivers[chosen.receiver].opening,
        sections=tuple(section for section in sections if section.lines),
        sources=sources,
    )


def chosen_facts(known: Sequence[Fact], chosen: CaseChosen, kind: Kind) -> list[Fact]:
    """The facts of one kind for each condition in turn; none twice, and those for this setting first."""
    one, several = ROOM[kind]
    room = one if len(chosen.conditions) == 1 else several
    taken: list[Fact] = []
    for condition in chosen.conditions:
        fitting = [
            fact
            for fact in known
            if fact.kind == kind
            and fact not in taken
            and fact.fits(condition, chosen.setting, chosen.country)
        ]
        taken += sorted(fitting, key=_how_general)[:room]
    if kind == "limit":
        # What holds for every condition is said once, at the end, however little room there is.
        taken += [
            fact for fact in known if fact.kind == kind and fact.conditions == ALL and fact not in taken
        ]
    return taken


def _how_general(fact: Fact) -> int:
    """What is meant for this setting or this condition comes before what is meant for all."""
    return 2 * (fact.conditions == ALL) + (fact.settings == ALL) if fact.kind == "expected" else 0


def _sources(used: Sequence[Fact], translated: Mapping[str, str]) -> tuple[Source, ...]:
    """The sources in the order of their first use; the oldest look at a source is the one that is told."""
    days: dict[tuple[str, str], date] = {}
    for fact in used:
        key = (translated.get(fact.source, fact.source), mark_in_words(fact.mark))
        days[key] = min(days.get(key, fact.checked_on), fact.checked_on)
    return tuple(
        Source(number, name, mark, day) for number, ((name, mark), day) in enumerate(days.items(), 1)
    )
