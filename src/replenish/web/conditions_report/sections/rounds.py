"""Published bands over rounds: first the conditions, then what people carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from replenish.disclosure.release import QUARTERS as RELEASED
from replenish.disclosure.release import Cell, ParentCell
from replenish.report.document import Block, Chart, Heading, Paragraph, RoundBand, RoundMarks, Section, Table
from replenish.report.questions import Question
from replenish.web.conditions_report.parts import PartInRound
from replenish.web.conditions_report.source import Source
from replenish.web.conditions_report.wording import (
    MIDDLE,
    change,
    day,
    number,
    outwards,
    silence,
    span,
    upper,
    voices,
    where,
)

ROUNDS_COMPARED = 2


QUARTERS: Mapping[str, Promise] = {
    RELEASED[0]: gettext_lazy("Of all the people asked, less than a quarter answered in the newest round."),
    RELEASED[1]: gettext_lazy("Of all the people asked, a quarter to a half answered in the newest round."),
    RELEASED[2]: gettext_lazy(
        "Of all the people asked, half to three quarters answered in the newest round."
    ),
    RELEASED[3]: gettext_lazy(
        "Of all the people asked, three quarters or more answered in the newest round."
    ),
}


def conditions(source: Source) -> Section:
    """The conditions, before anything about how people are."""
    blocks: list[Block] = [Paragraph(text) for text in _how_to_read(source)]
    quarter = source.latest.published.release.response_quarter if source.latest is not None else None
    if quarter is not None:
        blocks.append(Paragraph(str(QUARTERS[quarter])))
    told = [question for question in source.questions if question.role == "condition"]
    return Section("conditions", _("The conditions people work in"), (*blocks, *_questions(source, told)))


def carrying(source: Source) -> Section:
    """What people carry, in bands."""
    told = [question for question in source.questions if question.role == "outcome"]
    intro = Paragraph(_("These are signals about the work. They do not say how any one person is."))
    return Section("carrying", _("What people carry"), (intro, *_questions(source, told)))


def _how_to_read(source: Source) -> tuple[str, ...]:
    talk = _("A stretch says where to sit down and talk. It ranks nobody.")
    if source.part.is_group:
        first = _("Each stretch is one round. The mean of the group lies somewhere in it.")
        more = _(
            "An empty frame means that the group was read together with others in that round. A short line "
            "means that nothing is shown. An arrow marks a change."
        )
    else:
        first = _(
            "Each thin stretch is one round. The mean lies somewhere in it, and the mark is its middle."
        )
        more = _("This is worked out from the bands of the groups alone, and never from the answers.")
    return (f"{first} {talk}", more)


def _questions(source: Source, questions: Sequence[Question]) -> list[Block]:
    return [block for question in questions for block in _question(source, question)]


def _question(source: Source, question: Question) -> tuple[Block, ...]:
    place = source.questions.index(question) + 1
    chart = Chart(
        name=f"rounds-{place}",
        title=finding(source, question),
        description=_("A picture of all rounds. The table below it has every figure."),
        marks=RoundMarks(tuple(_drawn(one, question.name) for one in source.rounds), question.tint),
        table=_table(source, question),
    )
    return Heading(upper(question.title)), Paragraph(question.gloss or question.title), chart


def cell_of(one: PartInRound, name: str) -> Cell | ParentCell | None:
    """What a release says about a part and a question; None where it says nothing at all."""
    if one.parent is not None:
        return one.parent.cells.get(name)
    return one.group.cells.get(name) if one.group is not None else None


def finding(source: Source, question: Question) -> str:
    """The newest round in a sentence."""
    latest = source.latest
    cell = cell_of(latest, question.name) if latest is not None else None
    if source.part.node is not None:
        return upper(_spread(source, question, cell))
    if latest is None or cell is None or isinstance(cell, ParentCell):
        return _("Nothing was published about this group in the last round")
    if cell.band is None:
        return upper(silence())
    said, changed = (
        where(cell.band.low, cell.band.high),
        change(cell, compared=_compared(source, question.name)),
    )
    if not latest.alone:
        return _("%(where)s, read together with others") % {"where": upper(said)}
    return upper(_("%(where)s, %(change)s") % {"where": said, "change": changed} if changed else said)


def _spread(source: Source, question: Question, cell: Cell | ParentCell | None) -> str:
    """How many of the groups inside a part lie on either side of the middle of the scale."""
    bands = [known.band for group in source.inside if (known := group.cells[question.name]).band is not None]
    if not isinstance(cell, ParentCell) or not bands:
        return silence()
    # The middle of the scale is a cut for every size class, so each band lies on one side of it.
    above = sum(band.low >= MIDDLE for band in bands)
    if above * 2 == len(bands):
        return _("half of the groups shown lie above 50 of 100, half below")
    if above in (0, len(bands)):
        return (
            _("all groups shown lie above 50 of 100") if above else _("all groups shown lie below 50 of 100")
        )
    if above * 2 > len(bands):
        return _("%(many)s of %(all)s groups shown lie above 50 of 100") % {"many": above, "all": len(bands)}
    return _("%(many)s of %(all)s groups shown lie below 50 of 100") % {
        "many": len(bands) - above,
        "all": len(bands),
    }


def _compared(source: Source, name: str) -> bool:
    """Whether both rounds before the newest show a band for the same units."""
    before = source.rounds[-1 - ROUNDS_COMPARED : -1]
    cells = [cell_of(one, name) for one in before if one.alone]
    shown = [cell for cell in cells if isinstance(cell, Cell) and cell.band is not None]
    return len(shown) == ROUNDS_COMPARED


def _drawn(one: PartInRound, name: str) -> RoundBand:
    cell, label = cell_of(one, name), number(one.published.round)
    if isinstance(cell, ParentCell):
        low, high = outwards(cell)
        return RoundBand(label, low, high, middle=cell.middle)
    if cell is None or cell.band is None:
        return RoundBand(label)
    changed = (cell.change or "") if one.alone else ""
    return RoundBand(label, cell.band.low, cell.band.high, together=not one.alone, change=changed)


def _table(source: Source, question: Question) -> Table:
    """Every round, the newest first."""
    newest_first = tuple(reversed(source.rounds))
    head = (_("Round"), _("Closed on"))
    caption = _("%(title)s, from 0 to 100") % {"title": upper(question.title)}
    note = _better(question)
    if source.part.node is not None:
        columns = (*head, _("Range"), _("Middle"))
        return Table(caption, columns, tuple(_parent_row(one, question.name) for one in newest_first), note)
    named = (*head, _("Band"), _("Voices"), _("Change"))
    return Table(caption, named, tuple(_group_row(one, question.name) for one in newest_first), note)


def _parent_row(one: PartInRound, name: str) -> tuple[str, ...]:
    cell = cell_of(one, name)
    head = (number(one.published.round), day(one.published.closed_on))
    if not isinstance(cell, ParentCell):
        return (*head, silence(), "")
    return (*head, span(*outwards(cell)), number(round(cell.middle)))


def _group_row(one: PartInRound, name: str) -> tuple[str, ...]:
    cell = cell_of(one, name)
    head = (number(one.published.round), day(one.published.closed_on))
    if not isinstance(cell, Cell):
        return (*head, _("other groups then"), "", "")
    if cell.band is None:
        return (*head, silence(), "", "")
    if not one.alone:
        return (*head, span(cell.band.low, cell.band.high), voices(cell), _("read together with others"))
    return (*head, span(cell.band.low, cell.band.high), voices(cell), change(cell, compared=False))


def _better(question: Question) -> str:
    if question.higher_is_better is None:
        return ""
    return _("Higher is better.") if question.higher_is_better else _("Lower is better.")
