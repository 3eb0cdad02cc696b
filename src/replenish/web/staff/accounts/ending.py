"""Ending a part or an account, one's own or as the operator; each asks once more and says what ends."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.basis.faults import PeopleFault
from replenish.people import rules
from replenish.people.actions import end_account, end_role
from replenish.people.askers import Asker
from replenish.people.pending import ProposalShown, pending_proposals
from replenish.people.queries import names_of_accounts
from replenish.people.roles import RoleKind
from replenish.people.signing_in import forget_standing, standing_of
from replenish.web.staff.accounts.who import (
    FIELD,
    PartShown,
    PersonShown,
    everybody,
    mark_of,
    named_person,
)
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def end_part(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Choose which part, read what ends with it, then end it; one that has not begun is called off."""
    person = _whom(request, asker)
    sent = request.POST or request.GET
    if "role" not in sent:
        return drawn(request, "staff/accounts/which_part.html", {"person": person})
    part = person.part(sent.get("role", ""), sent.get("unit", ""))
    if part is None:
        if request.method == "POST":
            return redirect(_page_of(person))
        raise Http404
    if request.method != "POST":
        shown = {"person": person, "part": part, "consequences": _of_part(asker, person, part)}
        return drawn(request, "staff/accounts/end_part.html", shown)
    _ended(asker, person, part)
    forget_standing(request)
    return redirect(_page_of(person) if _still_acts(request) else "staff-home")


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def end_whole(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Read what ends with an account, then end it."""
    if request.method == "POST" and _has_left(request, asker):
        return redirect("staff-people")
    person = _whom(request, asker)
    if request.method != "POST":
        told: list[str] = []
        for part in person.parts:
            told += [one for one in _of_part(asker, person, part) if one not in told]
        return drawn(request, "staff/accounts/end_account.html", {"person": person, "consequences": told})
    end_account(asker=asker, account=person.account)
    forget_standing(request)
    return redirect("staff-people" if _still_acts(request) else "staff-signed-out")


def _whom(request: HttpRequest, asker: Asker) -> PersonShown:
    """Oneself, or anybody for the operator; whoever else asks finds nothing."""
    person = named_person(request, asker)
    if not rules.may_end_account(asker, account=person.account):
        raise Http404
    return person


def _has_left(request: HttpRequest, asker: Asker) -> bool:
    """Whether the operator's form came a second time: whom it names has left already."""
    mark = request.POST.get(FIELD, "")
    left = set(names_of_accounts(asker.organisation)) - {one.account for one in everybody(asker)}
    return rules.acts_as_operator(asker) and mark in {mark_of(account) for account in left}


def _ended(asker: Asker, person: PersonShown, part: PartShown) -> None:
    try:
        end_role(asker=asker, account=person.account, role=part.role, unit=part.unit or None)
    except Refused as refused:
        if refused.fault is not PeopleFault.ROLE_NOT_HELD:
            raise


def _still_acts(request: HttpRequest) -> bool:
    standing = standing_of(request)
    return standing is not None and standing.chosen is not None


def _page_of(person: PersonShown) -> str:
    return f"{reverse('staff-person')}?{FIELD}={person.mark}"


def _of_part(asker: Asker, person: PersonShown, part: PartShown) -> list[str]:
    """What ends with a part, and what then waits."""
    if part.is_to_come:
        return [_("It has not begun. It is called off, and nothing else ends.")]
    waiting = pending_proposals(asker.organisation)
    if part.role == RoleKind.REPRESENTATIVE:
        return _of_representative(asker, person, waiting)
    said = []
    ending = sum(one.proposed_by == person.name and one.proposed_as == part.role for one in waiting)
    if ending:
        said.append(_("What they proposed and nobody confirmed ends with it. It can be proposed again."))
    if _others(asker, person, part.role):
        return said
    if part.role == RoleKind.STEWARD:
        said.append(_("No other steward is there then. Slips and headcounts wait until one is appointed."))
    if part.role == RoleKind.OPERATOR:
        said.append(
            _("No other operator is there then. After that people are appointed at the command line alone.")
        )
    return said


def _of_representative(asker: Asker, person: PersonShown, waiting: tuple[ProposalShown, ...]) -> list[str]:
    said = []
    if waiting:
        said.append(
            _("All that waits for a second key ends, so that nothing lies ready for whoever is next.")
        )
    if not _others(asker, person, RoleKind.REPRESENTATIVE):
        said += [
            _("Nobody can then confirm slips or headcounts. Check-ins, rounds and reports go on."),
            _(
                "Staff choose the next one: by a vote, or through their union. A leader does not choose. The "
                "operator then gives that person the part."
            ),
        ]
    return said


def _others(asker: Asker, person: PersonShown, role: str) -> bool:
    return any(
        part.role == role and not part.is_to_come
        for one in everybody(asker)
        if one.mark != person.mark
        for part in one.parts
    )
