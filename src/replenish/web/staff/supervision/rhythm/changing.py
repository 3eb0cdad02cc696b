"""The form in which a steward changes a rhythm for a part; everybody reads the change beside its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.basis.faults.rhythm import RhythmFault
from replenish.people.askers import Asker
from replenish.people.queries import organisation_summary
from replenish.supervision.own_rhythms import CHANGERS, RhythmChange, change_rhythm, changing_scope
from replenish.supervision.rhythms import rhythm_files
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.supervision.meeting.form import read_day

WHOLE = "whole"
MOST_DIGITS = 3
FIELDS = {
    RhythmFault.RHYTHM: "rhythm",
    RhythmFault.WEEKS: "weeks",
    RhythmFault.LENGTH: "minutes",
    RhythmFault.FROM_DAY: "from_day",
    RhythmFault.WHY: "why",
}


@dataclass(frozen=True)
class ChangeForm:
    """What stands in the fields."""

    rhythm: str = ""
    unit: str = ""
    weeks: str = "4"
    minutes: str = "60"
    from_day: str = ""
    why: str = ""

    def read(self) -> tuple[RhythmChange | None, list[FormProblem]]:
        """What it says, or what to look at again."""
        day = read_day(self.from_day)
        problems = [
            FormProblem(name, _("Write a whole number in digits."))
            for name in ("weeks", "minutes")
            if not _is_number(getattr(self, name))
        ]
        if day is None:
            problems.append(FormProblem("from_day", _("This is no day. Write it as 2027-01-31.")))
        if problems or day is None:
            return None, problems
        unit = None if self.unit == WHOLE else self.unit
        return RhythmChange(self.rhythm, unit, int(self.weeks), int(self.minutes), self.why, day), []


@staff_page(*CHANGERS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Change it; the list then shows it."""
    if request.method != "POST":
        return _page(request, asker, _begun(request.GET.get("rhythm", ""), clock.today()))
    form = _sent(request.POST)
    said, problems = form.read()
    if said is not None:
        try:
            change_rhythm(asker=asker, change=said)
        except Refused as refused:
            problems = _problems(refused)
        else:
            return redirect("staff-supervision-rhythms")
    return _page(request, asker, form, problems)


def _begun(code: str, day: date) -> ChangeForm:
    return ChangeForm(rhythm=code, from_day=day.isoformat())


def _sent(sent: QueryDict) -> ChangeForm:
    return ChangeForm(**{name: sent.get(name, "").strip() for name in ChangeForm.__dataclass_fields__})


def _is_number(typed: str) -> bool:
    # Digits of other scripts are none that a form here is filled in with.
    return typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS


def _problems(refused: Refused) -> list[FormProblem]:
    fault = refused.problems[0].fault
    field = next((name for known, name in FIELDS.items() if known is fault), None)
    if field is None:
        raise refused
    return problems_of(refused, field)


def _page(
    request: HttpRequest, asker: Asker, form: ChangeForm, problems: list[FormProblem] | None = None
) -> HttpResponse:
    scope = changing_scope(asker)
    whole = [(WHOLE, organisation_summary(asker.organisation).name)] if scope.whole else []
    shown = {
        "form": form,
        "files": rhythm_files(),
        "parts": [*whole, *((one.unit, " / ".join(one.path)) for one in scope.units)],
        "problems": problems or [],
        "fields": {problem.field: problem.sentence for problem in problems or []},
    }
    return drawn(request, "staff/supervision/change_rhythm.html", shown, status=400 if problems else 200)
