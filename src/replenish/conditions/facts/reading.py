"""Reading facts of provision: open to everybody in an organisation, and to nobody in another one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from replenish.basis import clock
from replenish.conditions.facts.kinds import Kind, kinds
from replenish.conditions.facts.room_figures import RoomFigure
from replenish.conditions.facts.trees import WHOLE, Trees
from replenish.conditions.models import AddedUp, FactState, ProvidedFact, Season
from replenish.disclosure.partition import UnitPath
from replenish.people.queries import places_of, unit_tree

SEASONS_LOOKED_THROUGH = 4


@dataclass(frozen=True)
class ProvidedInPeriod:
    """One figure of a part in one period.

    Attributes:
        first_day: of the period.
        last_day: of the period, included.
        count: how many.
        out_of: out of how many.
        source: where the numbers come from, as entered; empty where parts were added up.
        added_up: it is the sum of the part's own parts.
        by_room: it comes from the pages of supervision or debrief by itself.
    """

    first_day: date
    last_day: date
    count: Decimal
    out_of: Decimal
    source: str
    added_up: bool
    by_room: bool = False

    @property
    def share(self) -> float:
        """The count for each one of what it is out of."""
        return float(self.count / self.out_of)


@dataclass(frozen=True)
class ProvidedOverTime:
    """All figures of a part and a kind, oldest first."""

    kind: Kind
    periods: tuple[ProvidedInPeriod, ...]


@dataclass(frozen=True)
class FactEntered:
    """A row as somebody entered it.

    Attributes:
        fact: its id.
        unit: the id of its part; empty for the whole organisation.
        kind: the code of its kind.
        period: what it says.
        entered_by: the account.
        entered_on: the day.
        replaces: the id of the row that it corrected.
        state: whether it counts, was corrected, or was taken back.
        ended_by: the account that corrected it or took it back.
        ended_on: the day of that.
    """

    fact: str
    unit: str
    kind: str
    period: ProvidedInPeriod
    entered_by: str
    entered_on: date
    replaces: str
    state: str
    ended_by: str
    ended_on: date | None

    @property
    def counts(self) -> bool:
        """Whether it stands: neither corrected nor taken back."""
        return self.state == FactState.CURRENT

    @property
    def is_corrected(self) -> bool:
        """Whether another row stands in its place."""
        return self.state == FactState.CORRECTED


def facts_of(organisation: str, units: Collection[str], until: date) -> tuple[ProvidedOverTime, ...]:
    """What was provided in a part: the figures entered for it, or the sums of its parts.

    Several units are one part together: a period has a figure where each of them has one for it. Counts and
    what they are out of are added up; shares never are.

    Args:
        organisation: its id.
        units: their ids; `WHOLE` alone for the whole organisation.
        until: the last day that counts.
    """
    told = (
        _one(organisation, next(iter(units)), until)
        if len(units) == 1
        else _several(organisation, units, until)
    )
    by_kind: dict[str, list[ProvidedInPeriod]] = defaultdict(list)
    for kind, period in (*told, *_by_rooms(organisation, units, until)):
        by_kind[kind].append(period)
    return tuple(
        ProvidedOverTime(kind, tuple(_apart(by_kind[code])))
        for code, kind in kinds().items()
        if code in by_kind
    )


def _one(organisation: str, unit: str, until: date) -> Iterator[tuple[str, ProvidedInPeriod]]:
    """The figures of one unit, by the code of their kind: entered for it, or added up from its parts."""
    asked = {"organisation": organisation, "unit": unit, "last_day__lte": until}
    named = ("kind", "first_day", "last_day", "count", "out_of", "said", "summed")
    entered = ProvidedFact.objects.filter(**asked, state=FactState.CURRENT)
    summed = AddedUp.objects.filter(**asked)
    rows = (
        entered.annotate(said=F("source"), summed=Value(0))
        .values_list(*named)
        .union(summed.annotate(said=Value(""), summed=Value(1)).values_list(*named), all=True)
    )
    for kind, first, last, count, out_of, said, is_sum in rows:
        yield kind, ProvidedInPeriod(first, last, _number(count), _number(out_of), said, bool(is_sum))


def _several(
    organisation: str, units: Collection[str], until: date
) -> Iterator[tuple[str, ProvidedInPeriod]]:
    """What several units come to in each period for which every one of them has a figure."""
    asked = {"organisation": organisation, "unit__in": list(units), "last_day__lte": until}
    rows = _sums(ProvidedFact.objects.filter(**asked, state=FactState.CURRENT)).union(
        _sums(AddedUp.objects.filter(**asked)), all=True
    )
    found: dict[tuple[str, date, date], list[tuple[int, int, int]]] = defaultdict(list)
    for kind, first, last, count, out_of, parts in rows:
        found[kind, first, last].append((int(count), int(out_of), parts))
    for (kind, first, last), sums in found.items():
        # A unit has a figure of its own or a sum for a period, never both.
        count, out_of, parts = (sum(column) for column in zip(*sums, strict=True))
        if parts == len(units):
            yield kind, ProvidedInPeriod(first, last, _number(count), _number(out_of), "", added_up=True)


def _by_rooms(
    organisation: str, units: Collection[str], until: date
) -> Iterator[tuple[str, ProvidedInPeriod]]:
    """What the rooms count by themselves: a unit in which nothing was due is no gap."""
    rows = RoomFigure.objects.filter(organisation=organisation, unit__in=list(units), last_day__lte=until)
    together = rows.values("kind", "first_day", "last_day").annotate(total=Sum("count"), whole=Sum("out_of"))
    for row in together.order_by():
        count, out_of = _number(int(row["total"])), _number(int(row["whole"]))
        first, last = row["first_day"], row["last_day"]
        yield row["kind"], ProvidedInPeriod(first, last, count, out_of, "", added_up=False, by_room=True)


def _sums(rows: QuerySet[Any]) -> QuerySet[Any, tuple[Any, ...]]:
    named = ("code", "first_day", "last_day")
    # Grouped by the bare column, SQLite would go through every figure of the kind instead of the few units.
    rows = rows.annotate(code=Coalesce("kind", Value("")))
    together = rows.values(*named).annotate(total=Sum("count"), whole=Sum("out_of"), parts=Count("id"))
    found: QuerySet[Any, tuple[Any, ...]] = together.values_list(*named, "total", "whole", "parts")
    return found


def _apart(periods: list[ProvidedInPeriod]) -> Iterator[ProvidedInPeriod]:
    """In their order; of two that share days, the room's own, the one that was entered, or the longer one.

    Parts may be entered by the month and their whole by the quarter: no day is told twice. A figure that
    somebody entered for the time since a room counts by itself stays in the table, and is not told.
    """
    chosen: list[ProvidedInPeriod] = []
    for one in sorted(periods, key=_rank):
        if all(one.last_day < other.first_day or other.last_day < one.first_day for other in chosen):
            chosen.append(one)
    return iter(sorted(chosen, key=lambda one: one.first_day))


def _rank(one: ProvidedInPeriod) -> tuple[bool, bool, timedelta, date]:
    return not one.by_room, one.added_up, one.first_day - one.last_day, one.first_day


def _number(hundredths: int) -> Decimal:
    whole, rest = divmod(hundredths, 100)
    return Decimal(whole) if not rest else Decimal(hundredths).scaleb(-2).normalize()


def units_at(organisation: str, paths: Sequence[UnitPath]) -> tuple[str, ...]:
    """The ids of units by their paths in a release: those of the newest season that knows them all.

    Args:
        organisation: its id.
        paths: as the groups of a season name them.
    """
    for season in _newest_seasons(organisation, "unit_codes", "unit_paths"):
        ids = {code: unit for unit, code in season.unit_codes.items()}
        known = {tuple(path): ids[code] for code, path in season.unit_paths.items() if code in ids}
        if all(tuple(path) in known for path in paths):
            # The own team of a unit with others below it: what is entered for that unit is about all of them.
            if any(_holds_others(path, known) for path in paths):
                return ()
            return tuple(known[tuple(path)] for path in paths)
    # Before a first season the parts are those of today.
    today = {unit.path: unit.unit for unit in unit_tree(organisation) if unit.is_leaf}
    return tuple(today[tuple(path)] for path in paths) if all(tuple(path) in today for path in paths) else ()


def _holds_others(path: UnitPath, known: Collection[UnitPath]) -> bool:
    """Whether a path repeats its last name to be as long as others, and stands for a unit above some."""
    own = tuple(path)
    while len(own) > 1 and own[-1] == own[-2]:
        own = own[:-1]
    return own != tuple(path) and any(one != path and one[: len(own)] == own for one in known)


def unit_at(organisation: str, path: UnitPath) -> str | None:
    """The id of a part of the tree by its path in a release; `WHOLE` for the empty path."""
    if not path:
        return WHOLE
    trees = Trees(places_of(organisation), date.min)
    days = [season.starts_on for season in _newest_seasons(organisation, "starts_on")]
    for day in (*days, clock.today()):
        for unit in trees.on(day).units.values():
            if unit.path == tuple(path):
                return unit.unit
    return None


def _newest_seasons(organisation: str, *named: str) -> Iterable[Season]:
    rows = Season.objects.filter(organisation=organisation).order_by("-number").only(*named)
    return rows[:SEASONS_LOOKED_THROUGH]


def entered_facts(
    organisation: str, *, units: Collection[str] | None = None, current: bool = True
) -> tuple[FactEntered, ...]:
    """The rows as they were entered, the newest period first.

    Args:
        organisation: its id.
        units: only for these; all unless given.
        current: only those that count; with corrected and taken back ones otherwise.
    """
    rows = ProvidedFact.objects.filter(organisation=organisation)
    if units is not None:
        rows = rows.filter(unit__in=list(units))
    if current:
        rows = rows.filter(state=FactState.CURRENT)
    return tuple(_entered(row) for row in rows.order_by("-last_day", "kind", "unit", "entered_on", "id"))


def entered_fact(organisation: str, fact: str) -> FactEntered | None:
    """One row; none where it is of another organisation."""
    row = ProvidedFact.objects.filter(organisation=organisation, id=fact).first()
    return None if row is None else _entered(row)


def _entered(row: ProvidedFact) -> FactEntered:
    count, out_of = _number(row.count), _number(row.out_of)
    period = ProvidedInPeriod(row.first_day, row.last_day, count, out_of, row.source, added_up=False)
    return FactEntered(
        row.id, row.unit, row.kind, period, row.entered_by, row.entered_on, row.replaces, row.state,
        row.ended_by, row.ended_on,
    )  # fmt: skip
