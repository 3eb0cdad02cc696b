"""Agreements: the list of one's own, one of them, and the forms to propose and to change one."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from replenish.basis.errors import Refused
from replenish.people.askers import Asker
from replenish.people.queries import accounts, path_of, unit_tree
from replenish.people.record_keys import own_half
from replenish.people.roles import RoleKind
from replenish.supervision.agreements import agree, end, leave, propose, reword
from replenish.supervision.notes import without_key
from replenish.supervision.points import points
from replenish.supervision.reading import AgreementTold, agreement_of, agreements_of
from replenish.supervision.rhythms import rhythm_files
from replenish.web.shared.problems import FormProblem
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.supervision.agreements.form import (
    OWN_WEEKS,
    AgreementForm,
    form_of,
    form_sent,
    new_form,
    problems_said,
)
from replenish.web.staff.supervision.agreements.words import CHOSEN_ENDS, KINDS, lines_of, stands, title_of

ASKED = "agreement"


@staff_page()
@require_safe
def agreements(request: HttpRequest, asker: Asker) -> HttpResponse:
    """One's own agreements, and what each waits for."""
    told = agreements_of(asker)
    shown = {
        "open": [(one, title_of(one), stands(one), KINDS[one.kind]) for one in told if one.is_open],
        "ended": [(one, title_of(one)) for one in told if not one.is_open],
        "has_key": own_half(asker) is not None,
    }
    return drawn(request, "staff/agreements/agreements.html", shown)


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: HttpRequest, asker: Asker) -> HttpResponse:
    """One agreement: who can see what, what was agreed, and what waits."""
    asked = request.POST.get(ASKED, "") if request.method == "POST" else request.GET.get(ASKED, "")
    if not asked:
        return agreements_or_choose(request, asker)
    if request.method != "POST":
        return _one(request, asker, asked)
    what = request.POST.get("what", "")
    if what == "leave":
        leave(asker=asker, agreement=asked)
        return redirect("staff-agreements")
    if what == "end":
        end(asker=asker, agreement=asked, why=request.POST.get("why", ""))
        return redirect("staff-agreements")
    if request.POST.get("limits") != "read" and not agreement_of(asker, asked).own.agreed_version:
        problem = FormProblem("limits", _("Read first who can see what, then say so here."))
        return _one(request, asker, asked, [problem])
    version = request.POST.get("version", "")
    agree(
        asker=asker,
        agreement=asked,
        version=int(version) if version.isascii() and version.isdigit() else 0,
        has_read_limits=request.POST.get("limits") == "read",
    )
    return redirect(address_of(asked))


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def propose_one(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Propose an agreement, after reading who will be able to see what."""
    if request.method != "POST":
        follows = request.GET.get("follows", "")
        earlier = agreement_of(asker, follows) if follows else None
        form = new_form(follows=follows, unit=earlier.unit if earlier else "")
        return _form(request, asker, form)
    form = form_sent(request.POST)
    said, problems = form.proposed()
    if said is not None:
        try:
            return redirect(address_of(propose(asker=asker, said=said)))
        except Refused as refused:
            problems = problems_said(refused)
    return _form(request, asker, form, problems=problems)


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def change_terms(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Propose other terms to those who belong to an agreement."""
    asked = request.POST.get(ASKED, "") if request.method == "POST" else request.GET.get(ASKED, "")
    if not asked:
        return agreements_or_choose(request, asker)
    told = agreement_of(asker, asked)
    if request.method != "POST":
        return _form(request, asker, form_of(told.latest.wording), told=told)
    form = form_sent(request.POST)
    wording, problems = form.wording()
    if wording is not None:
        read = request.POST.get("version", "")
        try:
            reword(
                asker=asker,
                agreement=asked,
                read=int(read) if read.isascii() and read.isdigit() else 0,
                wording=wording,
            )
            return redirect(address_of(asked))
        except Refused as refused:
            problems = problems_said(refused)
    return _form(request, asker, form, told=told, problems=problems)


def address_of(agreement: str) -> str:
    """Where one agreement is read."""
    return f"{reverse('staff-agreement')}?{urlencode({ASKED: agreement})}"


def agreements_or_choose(request: HttpRequest, asker: Asker) -> HttpResponse:
    """For whoever comes without naming an agreement: their list."""
    told = agreements_of(asker)
    return drawn(request, "staff/agreements/which.html", {"choices": [(one, title_of(one)) for one in told]})


def _one(
    request: HttpRequest, asker: Asker, asked: str, problems: list[FormProblem] | None = None
) -> HttpResponse:
    told = agreement_of(asker, asked)
    pending = told.latest if told.in_force != told.latest else None
    shown = {
        "told": told,
        "title": title_of(told),
        "stands": stands(told),
        "kind": KINDS[told.kind],
        "unit": " / ".join(path_of(told.unit, organisation=asker.organisation)) if told.is_open else "",
        "in_force": lines_of(told.in_force) if told.in_force else [],
        "pending": lines_of(pending) if pending else [],
        "waits_for": [one.name for one in told.parties if _is_waited_for(one.agreed_version, told)],
        "points": points(),
        "ends": CHOSEN_ENDS,
        "several": len(told.parties) > 2,
        "without_key": without_key(asker, asked) if told.is_open else (),
        "problems": problems or [],
        "fields": {one.field: one.sentence for one in problems or []},
    }
    return drawn(request, "staff/agreements/agreement.html", shown, status=400 if problems else 200)


def _is_waited_for(version: int, told: AgreementTold) -> bool:
    return told.is_open and version != told.latest.version


def _form(
    request: HttpRequest,
    asker: Asker,
    form: AgreementForm,
    *,
    told: AgreementTold | None = None,
    problems: list[FormProblem] | None = None,
) -> HttpResponse:
    people = accounts(asker.organisation)
    supervisors = [one for one in people if any(role.kind == RoleKind.SUPERVISOR for role in one.roles)]
    shown = {
        "form": form,
        "told": told,
        "own": asker.account,
        "kinds": KINDS.items(),
        "units": [(one.unit, " / ".join(one.path)) for one in unit_tree(asker.organisation)],
        "people": [one for one in people if one.account != asker.account],
        "supervisors": supervisors,
        "rhythms": [(file.title, [one for one in file.rhythms if one.stages]) for file in rhythm_files()],
        "own_weeks": OWN_WEEKS,
        "points": points(),
        "answers": [
            (one, form.answers.get(one.code, ""), form.words.get(one.code, "")) for one in points().points
        ],
        "problems": problems or [],
        "fields": {one.field: one.sentence for one in problems or []},
    }
    return drawn(request, "staff/agreements/form.html", shown, status=400 if problems else 200)
