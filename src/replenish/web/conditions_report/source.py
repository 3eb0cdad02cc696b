"""All that a report is made from: releases that may be read on the day, facts of provision, and a part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from replenish.conditions.actions.effect import Effect, effect_of
from replenish.conditions.actions.reading import actions_for
from replenish.conditions.actions.told import Acting
from replenish.conditions.queries import (
    MEMBERS_READ_AFTER,
    Published,
    RoundSummary,
    opens_to_members,
    rounds,
)
from replenish.conditions.read_together import newest_season, units_named
from replenish.conditions.response import RoundAnswers, answers_for
from replenish.conditions.shared_list import Point, points_for_members
from replenish.disclosure.construction import require_built_here
from replenish.disclosure.release import PublishedGroup, Release
from replenish.people.queries import organisation_summary
from replenish.report.questions import Question
from replenish.web.acting.names import unit_names
from replenish.web.conditions_report.asked import questions_of
from replenish.web.conditions_report.parts import (
    THE_WHOLE,
    Part,
    PartInRound,
    groups_inside,
    part_in_rounds,
    parts_of,
)
from replenish.web.conditions_report.provided import Fact, facts_about


@dataclass(frozen=True)
class Acted:
    """An action that touches the part, and what the releases that may be read tell about it."""

    acting: Acting
    effect: Effect


@dataclass(frozen=True)
class Source:
    """What a report says is a function of this, of the language, and of nothing else.

    Attributes:
        title: the name of the organisation.
        part: what the report is about.
        own: the reader's own group; None where there is none.
        parts: what else a report can be read for.
        rounds: the part in each release that may be read, oldest first.
        facts: of provision, for this part.
        small: the season that runs has no groups: there are too few people for figures about people.
        opens_on: when the next release can be read; None where no round is planned.
        floor: the least number of voices, as the latest release was made with; the organisation's before one.
        read_on: the day of the reading.
        answers: what leaders said about each closed round, newest first.
        agreed: the points that the people of the part agreed on in conversations.
        actions: what is tried for the conditions of the part: what runs first.
        unit_names: of the organisation's units, by id; none where no action names them.
    """

    title: str
    part: Part
    own: Part | None
    parts: tuple[Part, ...]
    rounds: tuple[PartInRound, ...]
    facts: tuple[Fact, ...]
    small: bool
    opens_on: date | None
    floor: int
    read_on: date
    answers: tuple[RoundAnswers, ...] = ()
    agreed: tuple[Point, ...] = ()
    actions: tuple[Acted, ...] = ()
    unit_names: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for one in self.rounds:
            require_built_here(one.published.release, Release)

    @property
    def latest(self) -> PartInRound | None:
        """The part in the newest release; None before there is one."""
        return self.rounds[-1] if self.rounds else None

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What the newest release asked about: conditions first."""
        return questions_of(self.rounds[-1].published.release) if self.rounds else ()

    @cached_property
    def inside(self) -> tuple[PublishedGroup, ...]:
        """The groups of the newest release that lie inside the part."""
        return groups_inside(self.part, self.rounds[-1].published.release) if self.rounds else ()


def source_of(
    organisation: str,
    published: Sequence[Published],
    *,
    own: Part | None,
    asked: str,
    until: date,
    known: Sequence[RoundSummary] | None = None,
) -> Source | None:
    """What a report for a part of an organisation is made from.

    Args:
        organisation: its id.
        published: what the reader may read on that day, oldest first.
        own: the reader's own group; None for somebody without one.
        asked: the key of the part; the own group, or the whole organisation, where it is empty.
        until: the day of the reading.
        known: the rounds of the organisation, where they were read already.

    Returns:
        None where there is no part of that key.

    Raises:
        Refused: one of the releases is not genuine.
    """
    parts = _parts(published, own)
    part = next((one for one in parts if one.key == asked), None) if asked else own or THE_WHOLE
    if part is None:
        return None
    summary = organisation_summary(organisation)
    season = newest_season(organisation)
    small = season.has_groups is False
    paths = part.units or ((part.node,) if part.node else ())
    named = units_named(organisation, () if small else paths, season)
    tried = actions_for(organisation, named)
    return Source(
        title=summary.name,
        part=part,
        own=own,
        parts=parts,
        rounds=part_in_rounds(part, published),
        facts=facts_about(organisation, part.units, until, node=part.node),
        small=small,
        opens_on=_opens_next(rounds(organisation) if known is None else known, until),
        floor=published[-1].release.floor if published else summary.floor,
        read_on=until,
        answers=answers_for(organisation, paths, until),
        agreed=points_for_members(organisation, named, every=small),
        actions=tuple(Acted(one, effect_of(organisation, one, published)) for one in tried),
        unit_names=tuple(unit_names(organisation, named.places).items()) if tried else (),
    )


def _parts(published: Sequence[Published], own: Part | None) -> tuple[Part, ...]:
    """The parts of the newest release that has groups, and the own group where a new season formed it."""
    formed = next((one.release for one in reversed(published) if one.release.groups), None)
    parts = parts_of(formed) if formed is not None else (THE_WHOLE,)
    return parts if own is None or own in parts else (*parts, own)


def _opens_next(known: Sequence[RoundSummary], until: date) -> date | None:
    """The first day after this one on which the members read a new release."""
    days = [
        opens_to_members(one.visible_from) if one.visible_from else one.closes_on + MEMBERS_READ_AFTER
        for one in known
        if one.state != "cancelled"
    ]
    return min((day for day in days if day > until), default=None)
