"""The form in which an action is planned: what stands in it, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from replenish.basis.errors import Refused
from replenish.basis.faults import ActionFault
from replenish.conditions.actions.starts import MOST_WAVES
from replenish.conditions.actions.told import WHOLE, Acting, Plan
from replenish.web.shared.problems import FormProblem, problems_of

FIELDS = {
    ActionFault.TITLE: "words",
    ActionFault.CHOICE: "condition",
    ActionFault.UNITS: "units",
    ActionFault.NOT_ALLOWED: "units",
    ActionFault.OWNER: "owner",
    ActionFault.DAY: "first-day",
    ActionFault.NO_GROUPS: "how",
    ActionFault.WAITING: "waiting",
    ActionFault.RELEASE: "release",
    ActionFault.LISTS_FULL: "words",
}
"""Beside which field a refusal is said; all others are about the page."""
ALL, LOT = "all", "lot"
LONGEST_NUMBER = 4


@dataclass(frozen=True)
class ActionForm:
    """What stands in the fields, as it was typed.

    Attributes:
        action: the action that is changed; empty for a new one.
        library: its code; empty for an action of their own.
        words, kind, condition, expects: of an action of their own.
        units: keys of units.
        first_day: a day.
        how: whether all begin on one day or by lot.
        waves, waiting: of a lot.
        owner: an account.
        because_low: whether these units were chosen because the condition stood low.
        release: the release that it answers to.
    """

    action: str = ""
    library: str = ""
    words: str = ""
    kind: str = "redesign"
    condition: str = "supervision"
    expects: str = "higher"
    units: tuple[str, ...] = ()
    first_day: str = ""
    how: str = ALL
    waves: str = "1"
    waiting: str = ""
    owner: str = ""
    because_low: bool = False
    release: str = ""

    def read(self) -> tuple[Plan | None, list[FormProblem]]:
        """What it says, or what to look at again."""
        problems: list[FormProblem] = []
        day = self._day(problems)
        if not self.units:
            problems.append(FormProblem("units", _("Choose at least one team, or the whole organisation.")))
        waves, waiting = self._lot(problems)
        if problems or day is None:
            return None, problems
        return Plan(
            condition=self.condition,
            owner=self.owner,
            first_day=day,
            library=self.library,
            words=self.words,
            kind=self.kind,
            expects="lower" if self.expects == "lower" else "higher",
            units=() if WHOLE in self.units else self.units,
            waves=waves,
            waiting=waiting,
            because_low=self.because_low,
            release=self.release,
        ), problems

    def _day(self, problems: list[FormProblem]) -> date | None:
        try:
            return date.fromisoformat(self.first_day)
        except ValueError:
            problems.append(FormProblem("first-day", _("This is no day. Write it as 2027-01-31.")))
            return None

    def _lot(self, problems: list[FormProblem]) -> tuple[int, int]:
        if self.how != LOT:
            return 1, 0
        waves, waiting = _number(self.waves, 1), _number(self.waiting, 0)
        if waves is None or not 1 <= waves <= MOST_WAVES:
            problems.append(FormProblem("waves", _("Choose how many starts there are.")))
        if waiting is None:
            problems.append(FormProblem("waiting", _("Write a number, such as 4.")))
        if waves == 1 and waiting == 0:
            problems.append(
                FormProblem("waiting", _("A lot needs groups that wait, or more than one start."))
            )
        return waves or 1, waiting or 0


def _number(typed: str, empty: int) -> int | None:
    if not typed:
        return empty
    plain = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER
    return int(typed) if plain else None


def form_sent(sent: QueryDict) -> ActionForm:
    """The form as it was sent."""
    return ActionForm(
        action=sent.get("action", ""),
        library=sent.get("library", ""),
        words=sent.get("words", ""),
        kind=sent.get("kind", ""),
        condition=sent.get("condition", ""),
        expects=sent.get("expects", ""),
        units=tuple(sent.getlist("units")),
        first_day=sent.get("first-day", "").strip(),
        how=sent.get("how", ALL),
        waves=sent.get("waves", "").strip(),
        waiting=sent.get("waiting", "").strip(),
        owner=sent.get("owner", ""),
        because_low="because-low" in sent,
        release=sent.get("release", ""),
    )


def form_of(acting: Acting) -> ActionForm:
    """The form with what an action says."""
    plan = acting.plan
    return ActionForm(
        action=acting.action,
        library=plan.library,
        words=plan.words,
        kind=acting.kind,
        condition=plan.condition,
        expects=plan.expects,
        units=plan.units or (WHOLE,),
        first_day=plan.first_day.isoformat(),
        how=LOT if plan.by_lot else ALL,
        waves=str(plan.waves),
        waiting=str(plan.waiting),
        owner=plan.owner,
        because_low=plan.because_low,
        release=plan.release,
    )


def problems_said(refused: Refused) -> list[FormProblem]:
    """A refusal beside its field.

    Raises:
        Refused: it is about no field.
    """
    fault = refused.problems[0].fault
    field = next((name for known, name in FIELDS.items() if known is fault), None)
    if field is None:
        raise refused
    return problems_of(refused, field)
