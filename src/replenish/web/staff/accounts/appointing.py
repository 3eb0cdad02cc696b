"""Giving a part to somebody new, or to somebody who is there; the operator's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.basis.faults import PeopleFault
from replenish.people.actions import appoint, try_out
from replenish.people.actions.appointments import Appointment
from replenish.people.askers import Asker
from replenish.people.queries import unit_tree
from replenish.people.roles import RoleKind
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.accounts.invitation import asked_address, hand_over
from replenish.web.staff.accounts.parts_told import BY_KIND, PARTS
from replenish.web.staff.accounts.who import FIELD, PersonShown, named_person
from replenish.web.staff.asked import DAY, AskedDay, asked_day, unit_choices
from replenish.web.staff.door import NOT_THERE, staff_page
from replenish.web.staff.drawn import drawn


@dataclass(frozen=True)
class Asked:
    """An appointment as the form says it.

    Attributes:
        name: of somebody new.
        role: the short name of the part.
        unit: the id of the unit; empty for the whole organisation.
        from_day: the first day.
        email: where the invitation goes, if anywhere.
        by_mail: whether it is to go by e-mail.
    """

    name: str
    role: str
    unit: str
    from_day: AskedDay
    email: str
    by_mail: bool


@staff_page(RoleKind.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def appointing(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The form; and, for somebody new, the sheet to hand over, which is shown this once."""
    there = named_person(request, asker) if request.POST.get(FIELD) or request.GET.get(FIELD) else None
    asked = _asked(request)
    if request.method != "POST":
        return _form(request, asker, asked, there)
    problems = _problems(asker, asked, there)
    address = ""
    if not problems and there is None and asked.by_mail:
        address, problems = asked_address(request, asked.email)
    if problems:
        return _form(request, asker, asked, there, problems)
    made = _appointed(asker, asked, there)
    if made.code is None:
        return redirect(f"{reverse('staff-person')}?{FIELD}={there.mark if there else ''}")
    part = BY_KIND[RoleKind(asked.role)]
    return hand_over(request, asker, made.account, made.code, name=asked.name, address=address, parts=[part])


def _asked(request: HttpRequest) -> Asked:
    sent = request.POST
    return Asked(
        sent.get("name", "").strip(),
        sent.get("role", ""),
        sent.get("unit", ""),
        asked_day(request),
        sent.get("email", "").strip(),
        by_mail=settings.REPLENISH_MAIL and bool(sent.get("email", "").strip()),
    )


def _appointed(asker: Asker, asked: Asked, there: PersonShown | None) -> Appointment:
    return appoint(
        asker=asker,
        role=asked.role,
        name=None if there else asked.name,
        account=there.account if there else None,
        unit=asked.unit or None,
        on=asked.from_day.day,
    )


def _problems(asker: Asker, asked: Asked, there: PersonShown | None) -> list[FormProblem]:
    problems = asked.from_day.problems
    if asked.role not in RoleKind.values:
        problems.append(FormProblem("role", _("Choose a part.")))
    if there is None and not asked.name:
        problems.append(FormProblem("name", _("Write the person's name.")))
    return problems or _refused(asker, asked, there)


def _refused(asker: Asker, asked: Asked, there: PersonShown | None) -> list[FormProblem]:
    try:
        try_out(lambda: _appointed(asker, asked, there))
    except Refused as refused:
        if refused.fault is PeopleFault.ACCOUNT_NAME_TAKEN:
            return [
                FormProblem(
                    "name",
                    _(
                        "Somebody of this name is there already. Give them the part from their own page. If "
                        "it is another person, add something that tells the two apart."
                    ),
                )
            ]
        if refused.fault in NOT_THERE:
            raise
        return problems_of(refused, _field(refused))
    return []


def _field(refused: Refused) -> str:
    if refused.fault is PeopleFault.DAY_PAST:
        return DAY
    if refused.fault is PeopleFault.ROLE_WITH_UNIT:
        return "unit"
    return "name" if refused.fault is PeopleFault.NAME else "role"


def _form(
    request: HttpRequest,
    asker: Asker,
    asked: Asked,
    there: PersonShown | None,
    problems: Sequence[FormProblem] = (),
) -> HttpResponse:
    shown = {
        "asked": asked,
        "person": there,
        "parts": PARTS,
        "choices": unit_choices(unit_tree(asker.organisation)),
        "has_mail": settings.REPLENISH_MAIL,
        "problems": problems,
        "fields": {problem.field: problem.sentence for problem in problems},
    }
    return drawn(request, "staff/accounts/appoint.html", shown, status=400 if problems else 200)
