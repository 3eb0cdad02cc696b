"""The report and its one-page version as documents; page, paper and file are drawn from these alone."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from replenish.disclosure.release import Cell
from replenish.report.document import (
    BandRow,
    Block,
    Chart,
    Paragraph,
    QuestionMarks,
    Report,
    Section,
    Table,
)
from replenish.report.questions import Question
from replenish.web.conditions_report.sections.acting import acting
from replenish.web.conditions_report.sections.agreed import agreed
from replenish.web.conditions_report.sections.around import (
    changed,
    changed_in_short,
    limits,
    not_yet,
    small,
    talk,
    together,
    who,
)
from replenish.web.conditions_report.sections.first import first
from replenish.web.conditions_report.sections.links import links
from replenish.web.conditions_report.sections.promised import promised, promised_in_short
from replenish.web.conditions_report.sections.provision import provision, provision_in_short
from replenish.web.conditions_report.sections.rounds import carrying, cell_of, conditions
from replenish.web.conditions_report.source import Source
from replenish.web.conditions_report.wording import (
    change,
    day,
    number,
    outwards,
    silence,
    span,
    upper,
    voices,
)

FACTS_ON_ONE_PAGE = 6


def full_report(source: Source) -> Report:
    """Facts first, then the releases over rounds, what goes with what, what was promised, what changed."""
    sections: list[Section | None] = [provision(source)]
    if source.small or (source.latest is not None and not source.latest.published.release.groups):
        sections.append(small(source))
    elif source.latest is None:
        sections.append(not_yet(source))
    if _anything(source):
        sections += [conditions(source), carrying(source), links(source), first(source)]
        sections += [promised(source), acting(source)]
        sections += [changed(source), together(source), limits(source)]
    else:
        sections += [promised(source), acting(source)]
    sections += [agreed(source), talk(), who(source)]
    return _report(source, [section for section in sections if section is not None])


def one_page(source: Source) -> Report:
    """The newest round on one page, to read together and for the wall of the staff room."""
    sections = [provision_in_short(replace(source, facts=source.facts[:FACTS_ON_ONE_PAGE]))]
    if source.small:
        sections.append(small(source))
    elif _anything(source):
        sections += [_now(source, "condition"), _now(source, "outcome"), changed_in_short(source)]
    else:
        sections.append(not_yet(source))
    sections += promised_in_short(source)
    if not source.small:
        return _report(source, [*sections, talk(), who(source, short=True)])
    # What was published when more people worked here is on the whole page; this sheet speaks of today.
    written = agreed(source)
    now = replace(source, rounds=())
    return _report(source, [*sections, *([written] if written else []), talk(), who(now, short=True)])


def facts_line(source: Source) -> str:
    """The line under the title: which part, which round, and that it never changes."""
    latest = source.latest
    if latest is None:
        return source.part.name
    return _("%(part)s. Round %(round)s, closed on %(closed)s. Never changed after that.") % {
        "part": source.part.name,
        "round": number(latest.published.round),
        "closed": day(latest.published.closed_on),
    }


def ending(source: Source) -> str:
    """The last line: which release this is, so that a copy can be checked."""
    if source.latest is None:
        return _("Made with Replenish.")
    return _("Made with Replenish. The fingerprint of the newest release begins with %(fingerprint)s.") % {
        "fingerprint": source.latest.published.release.hash[:16]
    }


def _anything(source: Source) -> bool:
    """Whether any release says anything about the part."""
    return any(one.group is not None or one.parent is not None for one in source.rounds)


def _report(source: Source, sections: list[Section]) -> Report:
    latest = source.latest
    return Report(
        title=source.title,
        round=number(latest.published.round) if latest is not None else "",
        published=latest.published.visible_from if latest is not None else source.read_on,
        sections=tuple(sections),
        figures=(),
        releases=tuple(one.published.release for one in source.rounds),
    )


def _now(source: Source, role: str) -> Section:
    """One line for each question, as it stands in the newest round."""
    told = [question for question in source.questions if question.role == role]
    title = _("The conditions people work in") if role == "condition" else _("What people carry")
    rows = tuple(_row(source, question) for question in told)
    table = Table(
        title,
        (_("Question"), _("Band, 0 to 100"), _("Voices"), _("Change")),
        tuple((row.full, row.note or silence(), row.voices, row.change) for row in rows),
    )
    chart = Chart(
        name=f"now-{role}",
        title=_reading(role),
        description=_("One line for each question. The table below has every figure."),
        marks=QuestionMarks(rows, "moss" if role == "condition" else "sky"),
        table=table,
    )
    blocks: tuple[Block, ...] = (chart,) if rows else (Paragraph(silence()),)
    return Section(role, title, blocks)


def _reading(role: str) -> str:
    if role == "condition":
        return _("Where the mean lies, from 0 to 100. Higher is better.")
    return _("Where the mean lies, from 0 to 100. Lower is better, but for meaning.")


def _row(source: Source, question: Question) -> BandRow:
    latest = source.latest
    cell = cell_of(latest, question.name) if latest is not None else None
    title = upper(question.title)
    if cell is None:
        return BandRow(title, title, None, None)
    if isinstance(cell, Cell):
        if cell.band is None:
            return BandRow(title, title, None, None)
        alone = latest is not None and latest.alone
        changed_to = change(cell, compared=False) if alone else _("read together with others")
        said = span(cell.band.low, cell.band.high)
        return BandRow(title, title, cell.band.low, cell.band.high, said, voices(cell), changed_to)
    low, high = outwards(cell)
    return BandRow(title, title, low, high, span(low, high), middle=cell.middle, parent=True)
