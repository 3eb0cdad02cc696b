"""From releases to the document: which sections there are, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from replenish.basis.clock import today
from replenish.disclosure.release import Release
from replenish.report.document import Report, Section
from replenish.report.figures import figures
from replenish.report.findings import Findings
from replenish.report.questions import Question
from replenish.report.sections.about import about
from replenish.report.sections.first import first
from replenish.report.sections.limits import cannot_tell, method
from replenish.report.sections.links import links
from replenish.report.sections.numbers import numbers
from replenish.report.sections.people import carrying, conditions
from replenish.report.sections.short import in_short
from replenish.report.sections.small import too_small


def build_report(
    releases: Sequence[Release],
    questions: Sequence[Question],
    *,
    title: str = "Our work and how it is",
    published: date | None = None,
) -> Report:
    """The conditions report on the last of these releases.

    Args:
        releases: oldest first; those before the last are what it is compared with.
        questions: the outcomes and conditions, in the order in which they are told.
        title: what stands at the top, such as the name of the organisation.
        published: the day of publication; today unless given.

    Raises:
        Refused: anything but genuine releases, or a question the last release does not hold.
    """
    findings = Findings(tuple(releases), tuple(questions), " ".join(title.split()), published or today())
    return Report(
        title=findings.title,
        round=findings.release.round,
        published=findings.published,
        sections=_sections(findings),
        figures=figures(findings),
        releases=findings.releases,
    )


def _sections(findings: Findings) -> tuple[Section, ...]:
    """Conditions come before people, and what to change before how it was made."""
    if not findings.groups:
        return (about(findings), too_small(), method(findings))
    return (
        about(findings),
        in_short(findings),
        conditions(findings),
        carrying(findings),
        links(findings),
        first(findings),
        cannot_tell(findings),
        method(findings),
        numbers(findings),
    )
