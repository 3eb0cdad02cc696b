"""What is provided: facts, before anything about people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from replenish.conditions.facts.kinds import PER
from replenish.conditions.facts.reading import ProvidedInPeriod
from replenish.report.document import (
    Block,
    Bullets,
    Chart,
    FactMarks,
    FactStretch,
    Heading,
    Paragraph,
    Section,
    Table,
)
from replenish.web.conditions_report.figure_words import better, days, figure, rate, share, share_words
from replenish.web.conditions_report.provided import Fact, source_words
from replenish.web.conditions_report.source import Source
from replenish.web.conditions_report.wording import day

ROUND = timedelta(days=28)
FULL = 100.0
SCALE_TOPS = (1, 2, 5, 10, 20, 50, 100)


def provision(source: Source) -> Section:
    """The facts, each over the time of the rounds; or what will stand here and what to ask meanwhile."""
    blocks = _begun(source)
    drawn = [fact for fact in source.facts if len(fact.over_time.periods) > 1]
    if drawn:
        if source.rounds:
            blocks.append(Paragraph(_beside_the_rounds()))
        first, last = _axis(source)
        for fact in drawn:
            blocks += _over_time(source, fact, first, last)
    return Section("provided", _("What is provided"), tuple(blocks))


def _beside_the_rounds() -> str:
    return _(
        "Below, each fact stands over the same time as the rounds. A tick marks a day on which a round "
        "closed. What moved together is not yet cause and effect."
    )


def provision_in_short(source: Source) -> Section:
    """The newest facts, for one page."""
    if not source.facts:
        return Section("provided", _("What is provided"), tuple(_nothing_yet()))
    return Section("provided", _("What is provided"), (Bullets(tuple(map(_line, source.facts))),))


def _line(fact: Fact) -> str:
    if not fact.before:
        return _("%(name)s: %(now)s.") % {"name": fact.name, "now": fact.now}
    return _("%(name)s: %(now)s. Before: %(before)s.") % {
        "name": fact.name,
        "now": fact.now,
        "before": fact.before,
    }


def _begun(source: Source) -> list[Block]:
    told = Paragraph(_("These are counts of what was provided. They say nothing about how anybody feels."))
    return [told, *([facts_table(source.facts)] if source.facts else _nothing_yet())]


def facts_table(facts: Sequence[Fact]) -> Table:
    """Each fact with the figure before it."""
    return Table(
        _("Facts of provision"),
        (_("What"), _("Now"), _("Before"), _("From")),
        tuple((fact.name, fact.now, fact.before or "–", fact.source) for fact in facts),
    )


def _axis(source: Source) -> tuple[date, date]:
    """The days on which the time of all drawings begins and ends: that of the rounds, and of the facts."""
    periods = [period for fact in source.facts for period in fact.over_time.periods]
    closed = [one.published.closed_on for one in source.rounds]
    first = min([period.first_day for period in periods] + [day - ROUND for day in closed])
    last = max([period.last_day for period in periods] + closed)
    return first, last


def _over_time(source: Source, fact: Fact, first: date, last: date) -> tuple[Block, ...]:
    kind, newest_first = fact.over_time.kind, tuple(reversed(fact.over_time.periods))
    table = Table(
        _("%(name)s, period by period") % {"name": fact.name},
        (_("Days"), _("Figure"), _("Share"), _("From")),
        tuple(
            (days(one.first_day, one.last_day), figure(kind, one), share(kind, one), source_words(one))
            for one in newest_first
        ),
        better(kind),
    )
    chart = Chart(
        name=f"fact-{kind.code}",
        title=_("%(share)s in the newest figure") % {"share": share(kind, newest_first[0])},
        description=_("One line for each period. The table below has every figure."),
        marks=_marks(source, fact, first, last),
        table=table,
    )
    return Heading(fact.name), Paragraph(f"{_(kind.definition)} {better(kind)}"), chart


def _marks(source: Source, fact: Fact, first: date, last: date) -> FactMarks:
    kind = fact.over_time.kind
    per = PER if kind.shape == "rate" else FULL
    top = _top([one.share * per for one in fact.over_time.periods])
    closes = (one.published.closed_on for one in source.rounds)
    return FactMarks(
        tuple(_stretch(one, one.share * per / top, first, last) for one in fact.over_time.periods),
        tuple(_along(closed, first, last) for closed in closes),
        share_words(kind, rate(top)),
        day(first),
        day(last),
        "moss",
    )


def _stretch(one: ProvidedInPeriod, height: float, first: date, last: date) -> FactStretch:
    return FactStretch(
        _along(one.first_day, first, last), _along(one.last_day + timedelta(days=1), first, last), height
    )


def _along(when: date, first: date, last: date) -> float:
    return (when - first).days / ((last - first).days + 1)


def _top(values: Sequence[float]) -> float:
    """The end of the scale: the whole for shares that come near it, else the next round number."""
    most = max(values)
    if most <= 0:
        return float(SCALE_TOPS[0])
    size = 1.0
    while most > FULL * size:
        size *= FULL
    return next(top * size for top in SCALE_TOPS if most <= top * size)


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
