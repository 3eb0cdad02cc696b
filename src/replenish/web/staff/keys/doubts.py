"""Doubts about the number of slips, without a name; the answer takes both keys."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions.doubts import (
    LONGEST_ANSWER,
    DoubtShown,
    agree_on_answer,
    doubts_of,
    groups_answered_for,
    propose_answer,
)
from replenish.people.askers import Asker
from replenish.people.roles import KEY_HOLDERS, RoleKind
from replenish.people.two_keys import key_holders
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.parts import NAMES


@dataclass(frozen=True)
class DoubtTold:
    """A doubt, and what the reader can do about it.

    Attributes:
        doubt: as everybody with a key reads it.
        field: the id of the field for its answer.
        waits_for: whose key a proposed answer waits for, in words.
        may_agree: whether it is the reader's.
        may_propose: whether the reader holds a key for the whole group.
        sent: what stands in the field.
    """

    doubt: DoubtShown
    field: str
    waits_for: str
    may_agree: bool
    may_propose: bool
    sent: str = ""


@staff_page(*KEY_HOLDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def doubts(request: HttpRequest, asker: Asker) -> HttpResponse:
    """One person proposes words, the other agrees, and the whole group reads them."""
    found = doubts_of(asker.organisation)
    problems: list[FormProblem] = []
    if request.method == "POST":
        group = request.POST.get("group", "")
        place = next((place for place, one in enumerate(found) if one.group == group), None)
        if place is None:
            raise Http404
        try:
            _answer(request, asker, group)
        except Refused as refused:
            if refused.fault is RoundFault.DOUBT_KEY:
                raise Http404 from None
            problems = problems_of(refused, f"words-{place}")
        else:
            return redirect("staff-keys-doubts")
    shown = {
        "doubts": _told(asker, found, request.POST.get("group", ""), request.POST.get("words", "")),
        "problems": problems,
        "longest": LONGEST_ANSWER,
    }
    return drawn(request, "staff/keys/doubts.html", shown, status=400 if problems else 200)


def _answer(request: HttpRequest, asker: Asker, group: str) -> None:
    if request.POST.get("step") == "agree":
        agree_on_answer(asker=asker, group=group, seen=request.POST.get("seen", ""))
    else:
        propose_answer(asker=asker, group=group, words=request.POST.get("words", ""))


def _told(asker: Asker, found: tuple[DoubtShown, ...], sent_for: str, sent: str) -> list[DoubtTold]:
    answered_for = groups_answered_for(asker)
    kinds = {one.kind for one in key_holders(asker.organisation) if one.account == asker.account}
    return [
        DoubtTold(
            one,
            f"words-{place}",
            str(NAMES[RoleKind(one.waits_for)]) if one.waits_for else "",
            one.group in answered_for and one.waits_for in kinds,
            one.group in answered_for,
            sent if one.group == sent_for else one.proposed,
        )
        for place, one in enumerate(found)
    ]
