"""The draft of a psychosocial assessment: six areas, each with what the organisation has about it.

Figures come from a `Source` alone: releases the reader may read, facts, and words that were agreed in public.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from replenish.conditions.actions.library.reading import library
from replenish.conditions.actions.told import Acting
from replenish.disclosure.release import ParentCell
from replenish.people.presets import preset_named
from replenish.report.document import Block, Bullets, Heading, LeadersWords, Paragraph, Report, Section, Table
from replenish.report.questions import Question
from replenish.web.conditions_report.provided import Fact
from replenish.web.conditions_report.sections.promised import in_words, signed
from replenish.web.conditions_report.sections.provision import facts_table
from replenish.web.conditions_report.sections.rounds import cell_of, finding
from replenish.web.conditions_report.sections.since import became
from replenish.web.conditions_report.source import Source
from replenish.web.conditions_report.wording import day, number, outwards, silence, span, upper
from replenish.web.conversation_kit.points import told
from replenish.web.staff.documents.filling import about, review, sources, table_to_fill, to_fill
from replenish.web.staff.documents.texts import Area, Psychosocial, Step, psychosocial_words

CONDITIONS: Mapping[str, tuple[str, ...]] = {
    "demands": ("workload", "process"),
    "control": (),
    "support": ("supervision", "reciprocity", "leaders"),
    "relationships": ("culture",),
    "role": (),
    "change": (),
}
"""By area, the conditions that rounds ask about, by their names in releases; three areas have none."""

FACTS: Mapping[str, tuple[str, ...]] = {
    "demands": (
        "breaks_kept", "rest_kept", "time_after", "restraints", "vacancies", "agency_share",
        "sickness_absence",
    ),
    "control": (),
    "support": ("supervision_held", "supervision_reflective", "debrief_offered", "debrief_held"),
    "relationships": ("complaints",),
    "role": (),
    "change": ("turnover",),
}  # fmt: skip
"""By area, the facts of provision that stand beside it."""

AGREED: Mapping[str, tuple[str, ...]] = {
    "demands": ("workload", "process"),
    "support": ("supervision", "support", "leaders"),
    "relationships": ("culture",),
}
"""By area, the conditions of points that teams agreed on."""

MOST_GROUPS = 60


STATES: Mapping[str, Promise] = {
    "planned": gettext_lazy("Planned"),
    "running": gettext_lazy("Running"),
    "done": gettext_lazy("Done"),
    "stopped": gettext_lazy("Stopped"),
}


def psychosocial_draft(source: Source, setting: str, acting: Sequence[Acting]) -> Report:
    """The draft for the whole of an organisation.

    Args:
        source: of the whole organisation, as the reader may read it.
        setting: the kind of place.
        acting: what is being tried to change conditions.
    """
    words = psychosocial_words()
    sections = [
        about(words.summary, words.about),
        _place(source, setting, words),
        Section("steps", _("Step by step"), tuple(_steps(words.steps))),
        _carried(source),
        *(_area(source, area, words, acting) for area in words.areas),
        _elsewhere(source),
        review(),
        sources(words.law),
    ]
    return Report(source.title, "", source.read_on, tuple(sections), figures=(), releases=())


def _place(source: Source, setting: str, words: Psychosocial) -> Section:
    preset = preset_named(setting)
    facts = [(_("Organisation"), source.title), (_("Draft made on"), day(source.read_on))]
    if preset is not None:
        facts.append((_("Kind of place"), _(preset.title)))
    latest = source.latest
    if latest is not None:
        said = _("Round %(round)s, closed on %(closed)s") % {
            "round": number(latest.published.round),
            "closed": day(latest.published.closed_on),
        }
        facts.append((_("Newest round read"), said))
    facts.append((_("Least number of voices for a figure"), str(source.floor)))
    table = Table(_("What is known"), (_("What"), _("Here")), tuple(facts))
    return Section(
        "place", _("The place and the people"), (table, table_to_fill(_("To fill in"), words.to_fill))
    )


def _steps(steps: Sequence[Step]) -> Iterator[Block]:
    for step in steps:
        yield Heading(step.title)
        yield Paragraph(step.text)
        yield Paragraph(to_fill(step.blank))


def _carried(source: Source) -> Section:
    """What people carry: it says where to look, and nothing about anybody."""
    told_of = [question for question in source.questions if question.role == "outcome"]
    blocks: list[Block] = [
        Paragraph(_("These are signals about the work. They do not say how any one person is."))
    ]
    blocks += _bands(source, told_of)
    return Section("carried", _("What people carry"), tuple(blocks))


def _area(source: Source, area: Area, words: Psychosocial, acting: Sequence[Acting]) -> Section:
    named = CONDITIONS[area.code]
    blocks: list[Block] = [Paragraph(area.covers)]
    if named:
        asked = [question for question in source.questions if question.name in named]
        blocks += [Heading(_("What staff said together")), *_bands(source, asked)]
    else:
        blocks.append(Paragraph(words.nothing_asked, "aside"))
    blocks += _facts([fact for fact in source.facts if fact.over_time.kind.code in FACTS[area.code]])
    blocks += _promised(source, named)
    blocks += _tried([one for one in acting if one.plan.condition in named])
    blocks += _agreed(source, AGREED.get(area.code, ()))
    blocks += [Heading(_("For people to fill in")), table_to_fill(area.title, area.asks)]
    return Section(area.code, area.title, tuple(blocks))


def _bands(source: Source, asked: Sequence[Question]) -> Iterator[Block]:
    """The whole, then its groups; or why there is nothing, which never depends on what anybody said."""
    if source.small and source.latest is None:
        yield Paragraph(
            _("There are too few people here to show a number about people without showing somebody.")
        )
        return
    if source.latest is None or not asked:
        yield Paragraph(
            _("Nothing has been published yet that you can read. Facts and talks need no waiting.")
        )
        return
    columns = (_("Question"), _("Range, 0 to 100"), _("What the groups show"), _("How to read it"))
    rows = tuple((upper(one.title), _range(source, one), finding(source, one), _better(one)) for one in asked)
    yield Table(_("The whole organisation, newest round"), columns, rows)
    if 1 < len(source.inside) <= MOST_GROUPS:
        named = (_("Group"), *(upper(one.title) for one in asked))
        groups = tuple(
            (group.label, *(_span(source, group.label, one.name) for one in asked)) for group in source.inside
        )
        yield Table(_("The same by group, from 0 to 100"), named, groups)
        yield Paragraph(_("A stretch says where to sit down and talk. It ranks nobody."))


def _range(source: Source, question: Question) -> str:
    latest = source.latest
    cell = cell_of(latest, question.name) if latest is not None else None
    return span(*outwards(cell)) if isinstance(cell, ParentCell) else silence()


def _span(source: Source, label: str, name: str) -> str:
    cell = next(group for group in source.inside if group.label == label).cells[name]
    return silence() if cell.band is None else span(cell.band.low, cell.band.high)


def _better(question: Question) -> str:
    if question.higher_is_better is None:
        return ""
    return _("Higher is better.") if question.higher_is_better else _("Lower is better.")


def _facts(facts: Sequence[Fact]) -> list[Block]:
    if not facts:
        return []
    return [Heading(_("What is provided")), facts_table(facts)]


def _promised(source: Source, named: Sequence[str]) -> list[Block]:
    """What leaders promised about these conditions, and what they say became of it."""
    found = [
        LeadersWords((in_words(made.promise), upper(signed(answer)), *became(made)))
        for one in source.answers
        for answer in one.answers
        for made in answer.made
        if made.promise.condition and made.promise.condition in named
    ]
    return [Heading(_("What leaders promised")), *found] if found else []


def _tried(acting: Sequence[Acting]) -> list[Block]:
    """Actions on these conditions; whether they helped is told by the report, with its uncertainty."""
    if not acting:
        return []
    columns = (_("What"), _("How it stands"), _("Begins"), _("Who takes care of it"))
    rows = tuple(
        (_title(one), str(STATES.get(one.state, one.state)), day(one.plan.first_day), one.owner)
        for one in acting
    )
    return [Table(_("What is being tried"), columns, rows)]


def _title(acting: Acting) -> str:
    known = library().get(acting.plan.library)
    return known.title if known is not None else acting.plan.words or acting.plan.library


def _agreed(source: Source, named: Sequence[str]) -> list[Block]:
    points = [told(point) for point in source.agreed if point.said.condition in named]
    if not points:
        return []
    columns = (_("What"), _("Who takes it on"), _("By when"), _("How it stands"))
    rows = tuple((one.words, one.taken_on_by, one.by_when or "–", one.stands) for one in points)
    return [Table(_("Points that all agreed to"), columns, rows)]


def _elsewhere(source: Source) -> Section:
    """What leaders promised about no single condition, and what Replenish cannot see."""
    loose = [
        in_words(made.promise)
        for one in source.answers
        for answer in one.answers
        for made in answer.made
        if not made.promise.condition
    ]
    blocks: list[Block] = [Heading(_("What leaders promised")), LeadersWords(tuple(loose))] if loose else []
    blocks += [
        Heading(_("What this draft cannot see")),
        Bullets(
            (
                _("How those are who did not answer. The most strained people often answer least."),
                _("What causes what. Only a change, begun on purpose and watched, can show that."),
                _("Violence, bullying and unfair pay, unless you write them in."),
            )
        ),
        Paragraph(to_fill(_("What else do people here know that belongs in this assessment?"))),
    ]
    return Section("elsewhere", _("What else there is"), tuple(blocks))
