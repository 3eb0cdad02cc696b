"""An action in words: what it is, where and since when, and who takes care of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from replenish.basis import clock
from replenish.conditions.actions.library.reading import library
from replenish.conditions.actions.told import Acting
from replenish.web.conditions_report.asked import condition_titles
from replenish.web.conditions_report.wording import day, upper

KINDS: Mapping[str, Promise] = {
    "eliminate": gettext_lazy("Something ends"),
    "redesign": gettext_lazy("Work is done differently"),
    "rota": gettext_lazy("The rota changes"),
    "supervision": gettext_lazy("Supervision"),
    "debrief": gettext_lazy("Time after hard moments"),
    "leadership": gettext_lazy("How it is led"),
    "training": gettext_lazy("Training"),
    "individual": gettext_lazy("Help for single people"),
}
CHANGES_WORK = frozenset({"eliminate", "redesign", "rota"})
"""These change the work itself; all others change what stands around it, or the people."""
ASKS_PEOPLE = frozenset({"training", "individual"})
STATES: Mapping[str, Promise] = {
    "planned": gettext_lazy("Planned"),
    "running": gettext_lazy("Running"),
    "done": gettext_lazy("Done: it is in place, and stays"),
    "stopped": gettext_lazy("Stopped"),
}


@dataclass(frozen=True)
class ActionTold:
    """One action, ready for a page or for paper.

    Attributes:
        action: its id.
        title: what it is, in the words of the library or of those who planned it.
        kind: at what it takes hold.
        condition: what it should move.
        expects: which way.
        where: the units.
        starts: when they begin, a sentence each.
        care: who takes care of it.
        state: planned, running, done or stopped.
        stands: the same in words, with its day.
        notes: how it goes, oldest first: words and day.
    """

    action: str
    title: str
    kind: str
    condition: str
    expects: str
    where: str
    starts: tuple[str, ...]
    care: str
    state: str
    stands: str
    notes: tuple[tuple[str, str], ...]


def told(acting: Acting, names: Mapping[str, str]) -> ActionTold:
    """An action in the reader's language.

    Args:
        acting: the action.
        names: of units, by id.
    """
    condition = condition_titles().get(acting.plan.condition, acting.plan.condition)
    return ActionTold(
        acting.action,
        title_of(acting),
        str(KINDS[acting.kind]),
        upper(condition),
        _expected(acting),
        _where(acting, names),
        tuple(_starts(acting, names)),
        _("%(name)s takes care of it.") % {"name": acting.owner},
        acting.state,
        _stands(acting),
        tuple((note.words, day(note.noted_on)) for note in acting.notes),
    )


def title_of(acting: Acting) -> str:
    """What an action is called; one that has left the library keeps its code."""
    known = library().get(acting.plan.library)
    return known.title if known is not None else acting.plan.words or acting.plan.library


def mix_in_words(kinds: Sequence[str]) -> tuple[str, ...]:
    """How many of which type, and what that leaves out; nothing where there is no action."""
    if not kinds:
        return ()
    counted = Counter(kinds)
    listed = [
        _("“%(kind)s”: %(count)s") % {"kind": KINDS[kind], "count": counted[kind]}
        for kind in KINDS
        if counted[kind]
    ]
    total = ngettext("%(count)s action so far.", "%(count)s actions so far.", len(kinds))
    total %= {"count": len(kinds)}
    return f"{total} {_('By type:')} {'; '.join(listed)}.", _missing(counted, len(kinds))


def _missing(counted: Mapping[str, int], total: int) -> str:
    """The sentence that makes a lopsided mix visible."""
    people = sum(counted[kind] for kind in ASKS_PEOPLE)
    work = sum(counted[kind] for kind in CHANGES_WORK)
    if not work:
        if people:
            return _("%(people)s of %(total)s ask people to change. None changes the work itself.") % {
                "people": people,
                "total": total,
            }
        return _("None of them changes the work itself.")
    if 2 * people > total:
        return _("More than half ask people to change, and not the work.")
    said = _("Changes in the work itself: %(work)s of %(total)s. That is where studies saw most.")
    return said % {"work": work, "total": total}


def _expected(acting: Acting) -> str:
    if acting.plan.expects == "lower":
        return _("Expected: lower. It is known that it has a price here.")
    return _("Expected: higher, which is better.")


def _where(acting: Acting, names: Mapping[str, str]) -> str:
    if not acting.plan.units:
        return _("the whole organisation")
    return _listed(acting.plan.units, names)


def _listed(units: Sequence[str], names: Mapping[str, str]) -> str:
    known = sorted(names.get(unit, "") or _("a unit that has ended") for unit in units)
    return str(get_text_list(known, _("and")))


def _starts(acting: Acting, names: Mapping[str, str]) -> list[str]:
    days = acting.days()
    if not acting.plan.by_lot or not acting.starts:
        return [_when(acting, days[0]) % {"day": day(days[0])}]
    found = []
    for one in days:
        units = [unit for unit, start in acting.starts if start == one]
        found.append(_("From %(day)s: %(units)s.") % {"day": day(one), "units": _listed(units, names)})
    waits = [unit for unit, start in acting.starts if start is None]
    if waits:
        found.append(_("Waiting for now: %(units)s.") % {"units": _listed(waits, names)})
    return found


def _when(acting: Acting, first: date) -> str:
    if acting.fixed_on is None:
        return _("Planned to begin on %(day)s.")
    return _("Began on %(day)s.") if first <= clock.today() else _("Begins on %(day)s.")


def _stands(acting: Acting) -> str:
    state = str(STATES[acting.state])
    if acting.ended_on is None:
        return state
    return _("%(state)s (%(day)s)") % {"state": state, "day": day(acting.ended_on)}
