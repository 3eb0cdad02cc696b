"""What a report may be made from: genuine releases, and what their questions are called. Nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from replenish.basis.errors import refuse
from replenish.basis.faults import ReportFault
from replenish.disclosure.construction import require_genuine
from replenish.disclosure.model_results import ModelResult
from replenish.disclosure.release import Cell, PublishedGroup, PublishedParent, Release
from replenish.disclosure.scale import AnswerScale
from replenish.report.questions import Question


@dataclass(frozen=True)
class Findings:
    """The release a report is about, those before it, and the questions in the order they are told.

    Args:
        releases: oldest first; the last one is reported.
        questions: every one names a scale of the last release.
        title: the name of the organisation or of the survey, as it should stand on the page.
        published: the day of publication.

    Raises:
        Refused: no release, something that is not a genuine release or model result, a question without
            a scale in the release, or a question named twice.
    """

    releases: tuple[Release, ...]
    questions: tuple[Question, ...]
    title: str
    published: date

    def __post_init__(self) -> None:
        if not self.releases:
            refuse(ReportFault.REPORT_WITHOUT_RELEASE)
        for release in self.releases:
            require_genuine(release, Release)
            for result in release.model_results:
                require_genuine(result, ModelResult)
        scales = {scale.name for scale in self.release.scales}
        names = [question.name for question in self.questions]
        for name in names:
            if name not in scales:
                refuse(ReportFault.REPORT_QUESTION_UNKNOWN, column=name)
            if names.count(name) > 1:
                refuse(ReportFault.REPORT_QUESTION_TWICE, column=name)

    @property
    def release(self) -> Release:
        """The release the report is about."""
        return self.releases[-1]

    @cached_property
    def outcomes(self) -> tuple[Question, ...]:
        """What people carry."""
        return tuple(question for question in self.questions if question.role == "outcome")

    @cached_property
    def conditions(self) -> tuple[Question, ...]:
        """The conditions they work in."""
        return tuple(question for question in self.questions if question.role == "condition")

    @cached_property
    def groups(self) -> tuple[PublishedGroup, ...]:
        """The groups in tree order, names in the order a reader expects (2 before 10)."""
        return tuple(sorted(self.release.groups, key=lambda group: _tree_order(group.units)))

    @cached_property
    def parents(self) -> tuple[PublishedParent, ...]:
        """The organisation, then the inner nodes of the tree, in the same order."""
        return tuple(sorted(self.release.parents, key=lambda parent: _tree_order([parent.path])))

    def scale(self, name: str) -> AnswerScale:
        """The range of possible answers to a question."""
        return next(scale for scale in self.release.scales if scale.name == name)

    def question(self, name: str) -> Question | None:
        """The question of that name, if the report speaks about it."""
        return next((question for question in self.questions if question.name == name), None)

    def shown(self, name: str) -> list[tuple[PublishedGroup, Cell]]:
        """The groups that had enough voices on a question, in tree order."""
        cells = [(group, group.cells[name]) for group in self.groups if name in group.cells]
        return [(group, cell) for group, cell in cells if cell.band is not None]

    def anybody_shown(self) -> bool:
        """Whether any group has a band on any question."""
        return any(self.shown(question.name) for question in self.questions)

    def results(self, outcome: str, *kinds: str) -> list[ModelResult]:
        """The model results about an outcome, of the kinds asked for, in the order of the conditions."""
        order = {question.name: place for place, question in enumerate(self.conditions)}
        found = [
            result
            for result in self.release.model_results
            if result.outcome == outcome and result.kind in kinds
        ]
        return sorted(found, key=lambda result: (order.get(result.condition, -1), kinds.index(result.kind)))

    @cached_property
    def earlier_rounds(self) -> tuple[str, ...]:
        """The names of the rounds published before."""
        return tuple(release.round for release in self.releases[:-1])


def _tree_order(paths: Sequence[tuple[str, ...]]) -> list[list[list[tuple[int, int, str]]]]:
    return [[_natural(part) for part in path] for path in paths]


def _natural(text: str) -> list[tuple[int, int, str]]:
    """A key that puts 2 before 10, and is defined for every text."""
    return [
        (0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part.casefold())
        for part in re.split(r"([0-9]+)", text)
        if part
    ]
