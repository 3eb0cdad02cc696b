"""What is provided: facts, before anything about people."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from replenish.report.document import Block, Bullets, Paragraph, Section, Table
from replenish.web.conditions_report.provided import Fact
from replenish.web.conditions_report.source import Source
from replenish.web.conditions_report.wording import day


def provision(source: Source) -> Section:
    """The facts, or what will stand here and what to ask meanwhile."""
    blocks: list[Block] = [
        Paragraph(_("These are counts of what was provided. They say nothing about how anybody feels."))
    ]
    blocks += [facts_table(source.facts)] if source.facts else _nothing_yet()
    return Section("provided", _("What is provided"), tuple(blocks))


def facts_table(facts: Sequence[Fact]) -> Table:
    """Each fact with the figure before it."""
    return Table(
        _("Facts of provision"),
        (_("What"), _("Now"), _("Before"), _("Until"), _("From")),
        tuple((fact.name, fact.now, fact.before or "–", day(fact.until), fact.source) for fact in facts),
    )


def _nothing_yet() -> list[Block]:
    return [
        Paragraph(_("Nothing stands here yet."), "lead"),
        Paragraph(
            _(
                "Facts, such as supervision held or breaks taken, need no least number of people. This page "
                "has none."
            )
        ),
        Paragraph(_("Meanwhile, ask in your team:")),
        Bullets(
            (
                _("Did supervision take place in the last four weeks?"),
                _("Did people get their breaks, and enough rest between two days?"),
                _("After the last hard moment, was there time?"),
            )
        ),
    ]
