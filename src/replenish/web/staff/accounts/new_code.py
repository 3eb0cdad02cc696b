"""A new printed code for somebody who has lost theirs; the operator's."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from replenish.people.actions import replace_code
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind
from replenish.web.shared.problems import FormProblem
from replenish.web.staff.accounts.invitation import asked_address, hand_over
from replenish.web.staff.accounts.parts_told import BY_KIND
from replenish.web.staff.accounts.who import FIELD, everybody, named_person
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn


@staff_page(RoleKind.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def new_code(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Choose who, read what ends with the old code, then the new sheet, shown this once.

    Nobody replaces their own here: a browser that was left open must not give out a code that lasts.
    """
    if not (request.POST.get(FIELD) or request.GET.get(FIELD)):
        others = [one for one in everybody(asker) if not one.is_reader]
        return drawn(request, "staff/accounts/whose_code.html", {"people": others})
    person = named_person(request, asker)
    if person.is_reader:
        raise Http404
    problems: list[FormProblem] = []
    typed = request.POST.get("email", "").strip()
    if request.method == "POST":
        address = ""
        if settings.REPLENISH_MAIL and typed:
            address, problems = asked_address(request, typed)
        if not problems:
            code = replace_code(asker=asker, account=person.account)
            kinds = {part.held.kind for part in person.parts}
            return hand_over(
                request, asker, person.account, code, name=person.name, address=address,
                parts=[part for kind, part in BY_KIND.items() if kind in kinds], is_new=False,
            )  # fmt: skip
    shown = {"person": person, "has_mail": settings.REPLENISH_MAIL, "email": typed, "problems": problems}
    return drawn(request, "staff/accounts/new_code.html", shown, status=400 if problems else 200)
