"""How the card is kept on this device: after how long the screen hides itself, and a code to open it."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from replenish.sealing.device_lock import lock
from replenish.sealing.secret import Secret
from replenish.voices.rate_limit import card_attempt_allowed
from replenish.web.carer.card_cookie import keep, kept_card
from replenish.web.carer.door import card_page
from replenish.web.carer.kept_card import MINUTES, NEVER, USUAL_MINUTES, Device, KeptCard
from replenish.web.carer.open_again import LONGEST_CODE
from replenish.web.shared.problems import FormProblem

SHORTEST_CODE = 6


@require_http_methods(["GET", "HEAD", "POST"])
@card_page
def this_device(request: HttpRequest, secret: Secret) -> HttpResponse:  # noqa: ARG001 - the card itself is enough
    """Show how the card is kept here, and change it."""
    kept = kept_card(request)
    if kept is None or kept.secret is None:
        return redirect("come-back")
    step = request.POST.get("step", "")
    if request.method != "POST" or kept.device is Device.SHARED or step not in ("minutes", "lock", "unlock"):
        return _page(request, kept)
    problems: list[FormProblem] = []
    if step == "minutes":
        changed = replace(kept, minutes=_minutes(request, kept))
    elif step == "unlock":
        changed = replace(kept, device=Device.PRIVATE, locked="")
    else:
        problems = _wrong_codes(request)
        changed = kept if problems else _locked(request, kept)
    if problems:
        return _page(request, kept, problems)
    response = _page(request, changed, done=True)
    keep(response, changed)
    return response


def _locked(request: HttpRequest, kept: KeptCard) -> KeptCard:
    """The card locked with the code of the form; a lock always ends the time it is open."""
    minutes = USUAL_MINUTES if kept.minutes == NEVER else kept.minutes
    code = request.POST.get("new-code", "")
    assert kept.secret is not None  # noqa: S101 - the caller has looked
    return replace(kept, device=Device.LOCKED, minutes=minutes, locked=lock(kept.secret, code))


def _minutes(request: HttpRequest, kept: KeptCard) -> int:
    """The time chosen, or the one so far for a form that was tampered with."""
    allowed = {str(minutes): minutes for minutes in _choices(kept)}
    return allowed.get(request.POST.get("minutes", ""), kept.minutes)


def _choices(kept: KeptCard) -> tuple[int, ...]:
    return tuple(minutes for minutes in MINUTES if minutes != NEVER or kept.device is not Device.LOCKED)


def _wrong_codes(request: HttpRequest) -> list[FormProblem]:
    code, again = request.POST.get("new-code", "").strip(), request.POST.get("code-again", "").strip()
    if not SHORTEST_CODE <= len(code) <= LONGEST_CODE:
        between = {"least": SHORTEST_CODE, "most": LONGEST_CODE}
        return [FormProblem("new-code", _("A code has %(least)d to %(most)d letters or digits.") % between)]
    if len(set(code)) == 1:
        return [FormProblem("new-code", _("All characters of this code are the same. Choose another one."))]
    if code != again:
        return [FormProblem("code-again", _("The two codes differ. Type the same one twice."))]
    if not card_attempt_allowed(request):
        return [
            FormProblem("new-code", _("Many people are doing this at this moment. Try again in a minute."))
        ]
    return []


def _page(
    request: HttpRequest, kept: KeptCard, problems: list[FormProblem] | None = None, *, done: bool = False
) -> HttpResponse:
    said = {
        "shared": kept.device is Device.SHARED,
        "locked": kept.device is Device.LOCKED,
        "minutes": kept.minutes,
        "choices": [(minutes, _in_words(minutes), minutes == kept.minutes) for minutes in _choices(kept)],
        "least": SHORTEST_CODE,
        "most": LONGEST_CODE,
        "problems": problems or [],
        "wrong": {problem.field.replace("-", "_"): problem.sentence for problem in problems or []},
        "done": done,
    }
    return render(request, "carer/device.html", said, status=400 if problems else 200)


def _in_words(minutes: int) -> str:
    if minutes == NEVER:
        return _("Never")
    return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}
