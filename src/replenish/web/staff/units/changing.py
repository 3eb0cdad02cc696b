"""Changing the unit tree: fill in, read what it would mean, then do it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.people import rules
from replenish.people.actions import add_unit, dissolve_unit, move_unit, rename_unit, try_out
from replenish.people.askers import Asker
from replenish.people.changes import ChangeKind, UnitChange
from replenish.people.queries import places_of, unit_tree
from replenish.people.roles import RoleKind
from replenish.people.tree import UnitInTree
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.asked import DAY, AskedDay, asked_day, unit_choices
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.units.told import meanings, sentence

CHANGERS = (RoleKind.OPERATOR, RoleKind.STEWARD)
TOP = "top"


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to change, as the form says it.

    Attributes:
        unit: the unit that changes; None for one that is to begin.
        name: its new name.
        above: the unit above it, or `TOP`.
        from_day: the first day.
    """

    unit: UnitInTree | None
    name: str
    above: str
    from_day: AskedDay

    @property
    def parent(self) -> str | None:
        """The unit above, as actions want it."""
        return None if self.above == TOP else self.above

    @property
    def day(self) -> date:
        """The first day; asked for only where it is one."""
        assert self.from_day.day is not None  # noqa: S101
        return self.from_day.day

    @property
    def named(self) -> str:
        """The id of the unit that changes."""
        assert self.unit is not None  # noqa: S101
        return self.unit.unit


@dataclass(frozen=True)
class Change:
    """One kind of change.

    Attributes:
        address: the name of its page.
        title: what the page is called.
        button: what its last button says.
        kind: what it is in the history.
        do: makes it.
        asks_name: whether a name is typed.
        asks_above: whether a place is chosen.
    """

    address: str
    title: str | Promise
    button: str | Promise
    kind: ChangeKind
    do: Callable[[Asker, Wanted], object]
    asks_name: bool = False
    asks_above: bool = False

    @property
    def begins(self) -> bool:
        """Whether there is no unit yet."""
        return self.kind is ChangeKind.BEGINS


ADD = Change(
    "staff-unit-add", gettext_lazy("Add a unit"), gettext_lazy("Add it"), ChangeKind.BEGINS,
    lambda asker, wanted: add_unit(asker=asker, name=wanted.name, parent=wanted.parent, on=wanted.day),
    asks_name=True, asks_above=True,
)  # fmt: skip
RENAME = Change(
    "staff-unit-rename", gettext_lazy("Rename a unit"), gettext_lazy("Rename it"), ChangeKind.RENAMED,
    lambda asker, wanted: rename_unit(asker=asker, unit=wanted.named, name=wanted.name, on=wanted.day),
    asks_name=True,
)  # fmt: skip
MOVE = Change(
    "staff-unit-move", gettext_lazy("Move a unit"), gettext_lazy("Move it"), ChangeKind.MOVED,
    lambda asker, wanted: move_unit(asker=asker, unit=wanted.named, parent=wanted.parent, on=wanted.day),
    asks_above=True,
)  # fmt: skip
DISSOLVE = Change(
    "staff-unit-dissolve", gettext_lazy("Dissolve a unit"), gettext_lazy("Dissolve it"), ChangeKind.ENDS,
    lambda asker, wanted: dissolve_unit(asker=asker, unit=wanted.named, on=wanted.day),
)  # fmt: skip


@staff_page(*CHANGERS)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Begin a unit."""
    return _changed(request, asker, ADD)


@staff_page(*CHANGERS)
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Give a unit another name."""
    return _changed(request, asker, RENAME)


@staff_page(*CHANGERS)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Place a unit elsewhere, with all below it."""
    return _changed(request, asker, MOVE)


@staff_page(*CHANGERS)
@require_http_methods(["GET", "HEAD", "POST"])
def dissolve(request: HttpRequest, asker: Asker) -> HttpResponse:
    """End a unit."""
    return _changed(request, asker, DISSOLVE)


def _changed(request: HttpRequest, asker: Asker, change: Change) -> HttpResponse:
    tree = unit_tree(asker.organisation)
    mine = rules.units_to_change(asker, tree)
    named = request.POST.get("unit") or request.GET.get("unit") or ""
    if named and named not in mine:
        if change.kind is ChangeKind.ENDS and request.method == "POST" and _has_ended(asker, named):
            return redirect("staff-units")
        raise Http404
    choices = [one for one in tree if one.unit in mine]
    if not named and not change.begins:
        shown = {"title": change.title, "address": change.address, "choices": unit_choices(choices)}
        return drawn(request, "staff/units/which.html", shown)
    unit = next((one for one in tree if one.unit == named), None)
    wanted = _wanted(request, change, unit)
    if request.method != "POST":
        return _form(request, asker, change, wanted, choices)
    problems = [*wanted.from_day.problems, *_left_out(change, wanted)]
    problems = problems or _refused(asker, change, wanted)
    if problems:
        return _form(request, asker, change, wanted, choices, problems)
    if request.POST.get("step") != "do":
        return _look(request, asker, change, wanted)
    change.do(asker, wanted)
    return redirect(_after(change, wanted))


def _has_ended(asker: Asker, unit: str) -> bool:
    """Whether a unit of one's own organisation is gone: the form was sent twice."""
    return any(place.unit == unit and place.until_date for place in places_of(asker.organisation))


def _wanted(request: HttpRequest, change: Change, unit: UnitInTree | None) -> Wanted:
    """On the page of a new unit, the unit that was named is the one above it."""
    named = unit.unit if unit else ""
    fallback = named if change.begins else (unit.parent if unit else None) or TOP
    return Wanted(
        None if change.begins else unit,
        request.POST.get("name", ""),
        request.POST.get("above", fallback),
        asked_day(request),
    )


def _left_out(change: Change, wanted: Wanted) -> list[FormProblem]:
    problems = []
    if change.asks_name and not wanted.name.strip():
        problems.append(FormProblem("name", _("Give it a name.")))
    if change.asks_above and not wanted.above:
        problems.append(FormProblem("above", _("Choose where it belongs.")))
    return problems


def _refused(asker: Asker, change: Change, wanted: Wanted) -> list[FormProblem]:
    """What the change would be refused for; nothing stays of trying it."""
    try:
        try_out(lambda: change.do(asker, wanted))
    except Refused as refused:
        code = refused.fault.code
        field = DAY if code.startswith("people.day") else "name" if change.asks_name else "above"
        field = DAY if not change.asks_name and not change.asks_above else field
        return _unless_not_there(refused, field)
    return []


def _unless_not_there(refused: Refused, field: str) -> list[FormProblem]:
    """Somebody else's unit, chosen by an altered form, stays unknown: the door answers."""
    from replenish.web.staff.door import NOT_THERE

    if refused.fault in NOT_THERE:
        raise refused
    return problems_of(refused, field)


def _form(
    request: HttpRequest,
    asker: Asker,
    change: Change,
    wanted: Wanted,
    choices: Sequence[UnitInTree],
    problems: Sequence[FormProblem] = (),
) -> HttpResponse:
    tree = unit_tree(asker.organisation)
    shown = {
        "change": change,
        "wanted": wanted,
        "choices": unit_choices(choices),
        "may_top": change.asks_above and rules.may_change_units(asker, [None], tree),
        "top": TOP,
        "problems": problems,
        "fields": {problem.field: problem.sentence for problem in problems},
        "parts_below": wanted.unit is not None and not wanted.unit.is_leaf,
    }
    return drawn(request, "staff/units/change.html", shown, status=400 if problems else 200)


def _look(request: HttpRequest, asker: Asker, change: Change, wanted: Wanted) -> HttpResponse:
    unit = wanted.unit
    name = wanted.name if change.asks_name else unit.name if unit else ""
    announced = UnitChange(
        unit.unit if unit else "", wanted.day, change.kind, unit.name if unit else name, name,
        unit.parent if unit else None, wanted.parent, is_last=True,
    )  # fmt: skip
    shown = {
        "change": change,
        "wanted": wanted,
        "sentence": sentence(announced, places_of(asker.organisation)),
        "day": wanted.day,
        "meanings": meanings(
            asker.organisation, unit.unit if unit else None, wanted.day, ends=change.kind is ChangeKind.ENDS
        ),
        "moves_all": change.kind is ChangeKind.MOVED and unit is not None and not unit.is_leaf,
    }
    return drawn(request, "staff/units/look.html", shown)


def _after(change: Change, wanted: Wanted) -> str:
    if wanted.unit is None or change.kind is ChangeKind.ENDS:
        return reverse("staff-units")
    return f"{reverse('staff-unit')}?unit={wanted.named}"
