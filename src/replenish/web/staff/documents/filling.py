"""What both drafts are put together from: places to fill, tables of them, and where law is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from replenish.report.document import Block, Bullets, Entry, Paragraph, Section, Table
from replenish.report.odt import Blank
from replenish.web.conditions_report.wording import day
from replenish.web.staff.documents.texts import Legal

SIGNED_BY = 3


def to_fill(question: str) -> Blank:
    """A place for people to write in; it says so on paper too, where nothing else marks it."""
    return Blank(_("[To fill in: %(question)s]") % {"question": question})


def empty() -> Blank:
    """A place in a table that speaks for itself."""
    return Blank(_("[to fill in]"))


def table_to_fill(caption: str, questions: Sequence[str]) -> Table:
    """One line for each question, with an empty place beside it."""
    rows: tuple[tuple[Entry, ...], ...] = tuple((question, empty()) for question in questions)
    return Table(caption, (_("Question"), _("Your answer")), rows)


def about(summary: str, sentences: Sequence[str]) -> Section:
    """What the draft is and is not; the last sentence says that it is no legal advice."""
    blocks: list[Block] = [Paragraph(summary, "lead"), Bullets(tuple(sentences))]
    blocks.append(
        Paragraph(
            _("What stands in square brackets is for people to fill in. All else was filled in."), "aside"
        )
    )
    return Section("about", _("About this draft"), tuple(blocks))


def review() -> Section:
    """When it is looked at again, and who agreed to it."""
    columns = (_("Name"), _("Part"), _("Day"))
    signed = tuple((empty(), empty(), empty()) for _line in range(SIGNED_BY))
    return Section(
        "review",
        _("Looked at again, and agreed"),
        (
            Paragraph(to_fill(_("On which day is this looked at again, and who sees to it?"))),
            Table(_("Who agreed to it"), columns, signed),
        ),
    )


def sources(law: Iterable[Legal]) -> Section:
    """What law and standards say, in our words, each with its source, its day and how surely it is known."""
    columns = (_("What it says"), _("Where"), _("Last looked at"), _("How sure"))
    rows = tuple((one.says, one.source, day(one.checked_on), one.meaning) for one in law)
    return Section(
        "sources",
        _("What law and standards say"),
        (
            Paragraph(
                _("In our own words, and for orientation. Look up what holds for you, or ask somebody."),
                "aside",
            ),
            Table(_("Sources"), columns, rows),
        ),
    )
