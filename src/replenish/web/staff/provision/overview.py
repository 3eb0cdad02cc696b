"""All facts of a part by kind over time, with what was corrected and taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.basis import clock
from replenish.conditions.facts.kinds import Kind, kinds
from replenish.conditions.facts.reading import FactEntered, ProvidedInPeriod, entered_facts, facts_of
from replenish.conditions.facts.trees import WHOLE
from replenish.people.askers import Asker
from replenish.people.queries import names_of_accounts
from replenish.people.roles import READERS
from replenish.web.conditions_report.figure_words import better, days, figure, kind_name, share
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.provision.charting import FactChart, NoChart, charted
from replenish.web.staff.provision.parts_told import ground_of

SHOWN = 6


@dataclass(frozen=True)
class Line:
    """One period of a kind.

    Attributes:
        fact: the id of its row where the reader may change it.
        days: its period.
        figure: how many out of how many.
        share: the same for each hundred or thousand.
        source: where the numbers come from.
        who: who entered it; empty where parts were added up.
        when: on which day.
        added_up: it is the sum of its parts.
        by_room: the pages of supervision or debrief count it.
    """

    fact: str
    days: str
    figure: str
    share: str
    source: str
    who: str
    when: date | None
    added_up: bool
    by_room: bool


@dataclass(frozen=True)
class Earlier:
    """A row that counts no longer."""

    days: str
    figure: str
    who: str
    when: date
    corrected: bool
    ended_by: str
    ended_on: date | None


@dataclass(frozen=True)
class Told:
    """A kind with all its periods, the newest first."""

    kind: Kind
    name: str
    better: str
    lines: tuple[Line, ...]
    earlier: tuple[Earlier, ...]
    chart: FactChart | NoChart | None

    @property
    def newest(self) -> tuple[Line, ...]:
        """Those that are shown at once: about half a year of months."""
        return self.lines[:SHOWN]

    @property
    def older(self) -> tuple[Line, ...]:
        """Those before them, folded away."""
        return self.lines[SHOWN:]

    @property
    def is_added_up(self) -> bool:
        """Whether nobody entered any of them for this part itself."""
        return bool(self.lines) and all(line.added_up for line in self.lines)

    @property
    def by_rooms(self) -> bool:
        """Whether one of them was counted by the pages of supervision or debrief."""
        return any(line.by_room for line in self.lines)

    @property
    def may_change(self) -> bool:
        """Whether the reader may change one of them."""
        return any(line.fact for line in self.lines)


@staff_page(*READERS)
@require_safe
def overview(request: HttpRequest, asker: Asker) -> HttpResponse:
    """What was provided in one part, and what is not entered yet."""
    ground = ground_of(asker)
    unit = ground.chosen(request.GET.get("unit"))
    rows = entered_facts(asker.organisation, units=[unit], current=False)
    provided = {one.kind.code: one.periods for one in facts_of(asker.organisation, [unit], clock.today())}
    may = {code for code in kinds() if ground.entrant.may_enter(unit, code)}
    told = _told(rows, provided, may, names_of_accounts(asker.organisation))
    shown = {
        "unit": unit,
        "part": ground.name_of(unit),
        "parts": ground.parts((WHOLE, *ground.tree.units), unit),
        "told": told,
        "missing": [
            kind_name(kind) for code, kind in kinds().items() if code in may and code not in provided
        ],
        "may_enter": bool(may),
        "may_bring": bool(ground.entrant.units_in(ground.tree)),
    }
    return drawn(request, "staff/provision/overview.html", shown)


def _told(
    rows: Iterable[FactEntered],
    provided: Mapping[str, tuple[ProvidedInPeriod, ...]],
    may: set[str],
    names: Mapping[str, str],
) -> list[Told]:
    current: dict[tuple[str, date, date], FactEntered] = {}
    earlier: dict[str, list[Earlier]] = defaultdict(list)
    for row in rows:
        if row.counts:
            current[row.kind, row.period.first_day, row.period.last_day] = row
        elif row.kind in kinds():
            earlier[row.kind].append(_earlier(row, names))
    found = []
    for code, kind in kinds().items():
        lines = tuple(
            _line(kind, period, _row_of(current, code, period), names, may=code in may)
            for period in reversed(provided.get(code, ()))
        )
        if lines or earlier[code]:
            chart = charted(kind, provided.get(code, ()))
            found.append(Told(kind, kind_name(kind), better(kind), lines, tuple(earlier[code]), chart))
    return found


def _row_of(
    current: Mapping[tuple[str, date, date], FactEntered], code: str, period: ProvidedInPeriod
) -> FactEntered | None:
    """The row that somebody entered; none where a room counts by itself."""
    return None if period.by_room else current.get((code, period.first_day, period.last_day))


def _line(
    kind: Kind, period: ProvidedInPeriod, row: FactEntered | None, names: Mapping[str, str], *, may: bool
) -> Line:
    return Line(
        row.fact if row is not None and may else "",
        days(period.first_day, period.last_day),
        figure(kind, period),
        share(kind, period),
        period.source,
        names.get(row.entered_by, "") if row is not None else "",
        row.entered_on if row is not None else None,
        period.added_up,
        period.by_room,
    )


def _earlier(row: FactEntered, names: Mapping[str, str]) -> Earlier:
    return Earlier(
        days(row.period.first_day, row.period.last_day),
        figure(kinds()[row.kind], row.period),
        names.get(row.entered_by, ""),
        row.entered_on,
        row.is_corrected,
        names.get(row.ended_by, ""),
        row.ended_on,
    )
