"""Which pictures a report has: the newest round at a glance, then each question, then what goes with what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from replenish.report.charts import Drawing, draw_chart
from replenish.report.document import Chart, Heading, IntervalMarks, Marks, QuestionMarks, RoundMarks, Section
from replenish.web.conditions_report.document import ending, facts_line, full_report, one_page
from replenish.web.conditions_report.pictures.differences import draw_differences
from replenish.web.conditions_report.pictures.frame import Words, framed
from replenish.web.conditions_report.sections.around import nothing_to_read
from replenish.web.conditions_report.source import Source
from replenish.web.conditions_report.wording import MIDDLE

MOST_LINES = 8
"""So many lines of a chart can still be read from the back of a room."""


@dataclass(frozen=True)
class Picture:
    """One chart on a light ground, sixteen by nine.

    Attributes:
        name: what stands for it in an address and in the name of a file.
        heading: what it is about.
        title: its finding.
        svg: the drawing, as a file of its own.
    """

    name: str
    heading: str
    title: str
    svg: str


def pictures_of(source: Source) -> tuple[Picture, ...]:
    """Every picture of a part, in the order of the report; one that says why, where there is no chart."""
    found = [_picture(source, heading, chart) for heading, chart in _charts(source)]
    return tuple(found) or (_without(source),)


def _charts(source: Source) -> Iterator[tuple[str, Chart]]:
    """Each chart with the heading it stands under; one with many lines as several."""
    full, page = full_report(source).sections, one_page(source).sections
    provided = [section for section in full if section.name == "provided"]
    rest = [section for section in full if section.name != "provided"]
    # The newest round at a glance stands behind the facts, as it does on the one page.
    glance = [section for section in page if section.name != "provided"]
    for section in (*provided, *glance, *rest):
        for heading, chart in _with_headings(section):
            for part in _readable(chart):
                yield heading, part


def _with_headings(section: Section) -> Iterator[tuple[str, Chart]]:
    heading = section.title
    for block in section.blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Chart):
            yield heading, block


def _readable(chart: Chart) -> tuple[Chart, ...]:
    """What colleagues said becomes a picture of its own where both together have too many lines."""
    marks = chart.marks
    if not isinstance(marks, IntervalMarks) or len(marks.rows) <= MOST_LINES:
        return (chart,)
    halves = [tuple(row for row in marks.rows if row.hollow is hollow) for hollow in (False, True)]
    return tuple(
        replace(chart, name=f"{chart.name}-{place}", marks=replace(marks, rows=rows))
        for place, rows in enumerate(halves, 1)
        if rows
    )


def _picture(source: Source, heading: str, chart: Chart) -> Picture:
    title = _at_a_glance(chart) if isinstance(chart.marks, QuestionMarks) else chart.title
    words = _words(source, heading, title, _reading(source, chart.marks))
    return Picture(chart.name, heading, title, framed(words, _drawing(chart.marks)))


def _at_a_glance(chart: Chart) -> str:
    """On which side of the middle the stretches lie, where each of them lies on one."""
    rows = chart.marks.rows if isinstance(chart.marks, QuestionMarks) else ()
    shown = [(row.low, row.high) for row in rows if row.low is not None and row.high is not None]
    above = sum(low >= MIDDLE for low, _high in shown)
    below = sum(high <= MIDDLE for _low, high in shown)
    if not shown or above + below < len(shown):
        return chart.title
    told = {"above": above, "below": below, "all": len(shown)}
    if not above or not below:
        side = _("All lie above 50 of 100.") if above else _("All lie below 50 of 100.")
    elif above >= below:
        side = _("%(above)s of %(all)s lie above 50 of 100.") % told
    else:
        side = _("%(below)s of %(all)s lie below 50 of 100.") % told
    return f"{side} {chart.title}"


def _without(source: Source) -> Picture:
    if source.latest is None and not source.small:
        title = nothing_to_read(source)
    else:
        title = _("There is no chart about this part.")
    heading = _("Conditions report")
    return Picture("none", heading, title, framed(_words(source, heading, title, ""), None))


def _words(source: Source, heading: str, title: str, reading: str) -> Words:
    return Words(
        organisation=source.title,
        heading=heading,
        title=title,
        reading=reading,
        facts=facts_line(source),
        ending=ending(source),
    )


def _drawing(marks: Marks) -> Drawing:
    return draw_differences(marks) if isinstance(marks, IntervalMarks) else draw_chart(marks)


def _reading(source: Source, marks: Marks) -> str:
    """One line for whoever sees the picture and has not seen the report."""
    if isinstance(marks, IntervalMarks):
        return _("These are links, not causes. They are about the whole organisation.")
    if isinstance(marks, QuestionMarks | RoundMarks):
        return _talk(source)
    return ""


def _talk(source: Source) -> str:
    if source.part.is_group:
        first = _("The mean of the group lies somewhere in the stretch.")
    else:
        first = _("The mean lies somewhere in the stretch, and the mark is its middle.")
    return f"{first} {_('A stretch says where to sit down and talk. It ranks nobody.')}"
