"""What changed, what cannot be told, who is read together, who can see this; why there may be no number."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from replenish.disclosure.bands import SIZE_CLASSES
from replenish.disclosure.release import PublishedGroup
from replenish.report.document import Block, Bullets, Paragraph, Section, Table
from replenish.web.conditions_report.sections.readers import readers_in_short, readers_told
from replenish.web.conditions_report.source import Source
from replenish.web.conditions_report.wording import listed, silence, span, upper
from replenish.web.shared.floor import in_words

GROUPS_IN_A_TABLE = 60
GROUPS_NAMED = 12
# Of the group itself, of groups by name, and of groups by their number.
HIGHER = (
    gettext_lazy("“%(title)s” is higher than in both rounds before."),
    gettext_lazy("“%(title)s” is higher than in both rounds before in: %(groups)s."),
    gettext_lazy("“%(title)s” is higher than in both rounds before, in groups: %(count)s."),
)
HIGHER_IN_SHORT = (
    gettext_lazy("Higher than in both rounds before: %(titles)s."),
    gettext_lazy("Higher than in both rounds before, in one group or more: %(titles)s."),
)
LOWER_IN_SHORT = (
    gettext_lazy("Lower than in both rounds before: %(titles)s."),
    gettext_lazy("Lower than in both rounds before, in one group or more: %(titles)s."),
)
LOWER = (
    gettext_lazy("“%(title)s” is lower than in both rounds before."),
    gettext_lazy("“%(title)s” is lower than in both rounds before in: %(groups)s."),
    gettext_lazy("“%(title)s” is lower than in both rounds before, in groups: %(count)s."),
)


def changed(source: Source) -> Section:
    """The published arrows of the newest round, and nothing that was not published."""
    told = []
    for question in source.questions:
        for arrow, words in (("higher", HIGHER), ("lower", LOWER)):
            moved = [group.label for group in _told(source) if group.cells[question.name].change == arrow]
            if moved:
                form = 0 if source.part.is_group else 1 if len(source.inside) <= GROUPS_NAMED else 2
                which = {"title": upper(question.title), "groups": "; ".join(moved), "count": len(moved)}
                told.append(str(words[form]) % which)
    return _changes(told)


def changed_in_short(source: Source) -> Section:
    """The same in two sentences, for one page."""
    told = []
    for arrow, words in (("higher", HIGHER_IN_SHORT), ("lower", LOWER_IN_SHORT)):
        titles = [
            question.title
            for question in source.questions
            if any(group.cells[question.name].change == arrow for group in _told(source))
        ]
        if titles:
            told.append(str(words[0 if source.part.is_group else 1]) % {"titles": listed(titles)})
    return _changes(told)


def _told(source: Source) -> tuple[PublishedGroup, ...]:
    """The group itself where it was read alone, or the groups inside a part."""
    latest = source.latest
    if latest is None or latest.group is None:
        return source.inside
    return (latest.group,) if latest.alone else ()


def _changes(told: Sequence[str]) -> Section:
    blocks: list[Block] = [
        Bullets(tuple(told)) if told else Paragraph(_("In the newest round there is no clear change.")),
        Paragraph(
            _(
                "A change is named only where a band lies on the same side of both bands before it. Chance "
                "does this too, for about one group in seven. Look for the same word next time."
            )
        ),
    ]
    return Section("changed", _("What changed"), tuple(blocks))


def limits(source: Source) -> Section:  # noqa: ARG001 - every section is a function of the source
    """The limits a reader could otherwise run into."""
    items = (
        _("How any one person is. Nothing here can be used to judge somebody, for or against."),
        _("How those are who did not answer. The most strained people often answer least."),
        _("Which group is best. Two groups in different bands may be close together."),
        _("What causes what. Only a change, begun on purpose and watched, can show that."),
        _("Small changes. A band moves only when much has changed."),
    )
    return Section("limits", _("What this page cannot tell"), (Bullets(items),))


def together(source: Source) -> Section | None:
    """Which units are read together, and the groups inside a part at the newest round."""
    latest = source.latest
    if latest is None:
        return None
    blocks: list[Block] = []
    if source.part.is_group:
        if latest.group is None:
            return None
        merged = latest.group if len(latest.group.units) > 1 else None
        if merged is not None:
            blocks.append(_explained())
            blocks.append(Bullets((merged.label,)))
    else:
        blocks += _inside(source)
    return Section("together", _("Who is read together"), tuple(blocks)) if blocks else None


def _explained() -> Paragraph:
    return Paragraph(
        _("A team with few people is read together with others, so that nobody can be seen in it.")
    )


def _inside(source: Source) -> list[Block]:
    merged = tuple(group.label for group in source.inside if len(group.units) > 1)
    blocks: list[Block] = [_explained(), Bullets(merged)] if merged else []
    if not source.inside:
        return blocks
    if len(source.inside) > GROUPS_IN_A_TABLE:
        return [
            *blocks,
            Paragraph(_("The bands of every group stand on its own page, and all in the file of figures.")),
        ]
    columns = (_("Group"), *(upper(question.title) for question in source.questions))
    rows = tuple(
        (group.label, *(_cell(group, question.name) for question in source.questions))
        for group in source.inside
    )
    return [*blocks, Table(_("Bands by group in the newest round, from 0 to 100"), columns, rows)]


def _cell(group: PublishedGroup, name: str) -> str:
    cell = group.cells[name]
    return silence() if cell.band is None else span(cell.band.low, cell.band.high)


def who(source: Source, *, short: bool = False) -> Section:
    """Who can see what, written from the rules in force, so that page and rules cannot part."""
    if source.small and not source.rounds:
        return _who_without_numbers()
    floor = source.floor
    sizes = [
        f"{max(size.low, floor)}+" if size.high is None else f"{max(size.low, floor)}–{size.high}"
        for size in SIZE_CLASSES
        if size.high is None or size.high >= floor
    ]
    items = (
        *(readers_in_short() if short else readers_told()),
        _("Nothing is shown about fewer than %(floor)s people who answered.") % {"floor": in_words(floor)},
        _("How many answered is shown only in classes: %(sizes)s.") % {"sizes": ", ".join(sizes)},
        _("What was published once is never changed, and the answers behind it are deleted."),
        _("Nobody can see that you opened this page. It is not written down."),
    )
    return Section("who", _("Who can see this"), (Bullets(items),))


def _who_without_numbers() -> Section:
    items = (
        _("Everybody with a seat in this organisation can read this page."),
        _("Leaders read the same facts and the same list, and nothing about people."),
        _("What you answer stays in your private space. It is counted for nobody."),
        _("Nobody can see that you opened this page. It is not written down."),
    )
    return Section("who", _("Who can see this"), (Bullets(items),))


def small(source: Source) -> Section:
    """Why there is no number about people, and what there is instead."""
    why = [
        Paragraph(
            _("There are too few people here to show a number about people without showing somebody."), "lead"
        ),
        Paragraph(
            _(
                "A number needs at least %(floor)s people who answer. Whether there is one depends on how "
                "many people work here, and never on what anybody said. It is nobody's fault."
            )
            % {"floor": in_words(source.floor)}
        ),
    ]
    if source.rounds:
        why.append(Paragraph(_("What was published before, when more people worked here, stays as it was.")))
    instead = (
        _("Facts about what is provided. They need no least number of people."),
        _("A conversation, with a guide and cards. Ask somebody from outside your team to lead it."),
        _("A list of what you agreed on together. It stands on this page."),
        _("Your own picture, which only you can see."),
        _("If you belong to a larger organisation, ask if your team can be read with others."),
    )
    return Section(
        "small",
        _("Why there is no number about people"),
        (*why, Paragraph(_("What there is instead:")), Bullets(instead)),
    )


def talk() -> Section:
    """What a team can do with the page when it reads it together."""
    items = (
        _("Does this fit what you see?"),
        _("What lies behind it?"),
        _("Which one condition would you change first, and who could do it?"),
    )
    return Section("talk", _("To read together"), (Bullets(items, ordered=True),))


def nothing_to_read(source: Source) -> str:
    """Why there is no release yet: none was published, or the reader's own answer comes first."""
    if any(one.opens_on <= source.read_on for one in source.answers):
        return _("What was published opens here after an answer of those who lead.")
    return _("Nothing has been published yet.")


def not_yet(source: Source) -> Section:
    """Before the first release: what will stand here, and what to do meanwhile."""
    return Section(
        "conditions",
        _("The conditions people work in"),
        (
            Paragraph(nothing_to_read(source), "lead"),
            Paragraph(
                _(
                    "When a round has closed, the answers of each group with enough voices are put into "
                    "bands. They will stand here, round by round."
                )
            ),
            Paragraph(_("Until then your answers count most when you give them. And facts need no waiting.")),
        ),
    )
