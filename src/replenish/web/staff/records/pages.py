"""Making a record phrase, opening and closing records with it, and beginning anew when it is lost."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from replenish.basis.errors import Refused
from replenish.people.askers import Asker
from replenish.people.record_keys import change_phrase, make_key, opened_key, own_half, replace_lost_key
from replenish.sealing.record_key import RecordSecret
from replenish.supervision.notebook import begin_notebook
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.records.opened import close_records, keep_open, open_key, opened
from replenish.web.staff.tries import may_try_for

LATER = {
    "supervision": "staff-notes",
    "notebook": "staff-notebook",
}
"""Where somebody can be led on to after opening, by the word a page sends along."""


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def records(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Whether records are open here, and the form to open them."""
    half = own_half(asker)
    if half is None:
        return drawn(request, "staff/records/none_yet.html")
    later = request.POST.get("later", request.GET.get("later", ""))
    if request.method == "POST":
        problems = _opening(request, asker)
        if isinstance(problems, HttpResponse):
            return problems
    else:
        problems = []
    shown = {
        "half": half,
        "is_open": open_key(request, asker) is not None,
        "later": later if later in LATER else "",
        "next": LATER.get(later, ""),
        "problems": problems,
        "fields": {one.field: one.sentence for one in problems},
    }
    return drawn(request, "staff/records/records.html", shown, status=400 if problems else 200)


def _opening(request: HttpRequest, asker: Asker) -> HttpResponse | list[FormProblem]:
    """Open with what was typed; nothing of it is shown again or kept."""
    if not may_try_for(request, asker.actor):
        return [FormProblem("phrase", _("There were many tries. Wait a minute, then try again."))]
    try:
        secret = RecordSecret.of_words(request.POST.get("phrase", ""))
        opened_key(asker, secret)
    except Refused as refused:
        return problems_of(refused, "phrase")
    response = redirect(LATER.get(request.POST.get("later", ""), "staff-records"))
    keep_open(response, asker, secret)
    return response


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, asker: Asker) -> HttpResponse:
    """What a record phrase is and what it cannot do; then the phrase, shown once."""
    if own_half(asker) is not None:
        return redirect("staff-records")
    if request.method != "POST":
        return drawn(request, "staff/records/make.html")
    secret = RecordSecret.new()
    make_key(asker=asker, secret=secret)
    begin_notebook(asker)
    return _shown_once(request, secret)


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def lost(request: HttpRequest, asker: Asker) -> HttpResponse:
    """What is lost with a phrase and what is not; then a new one, shown once."""
    half = own_half(asker)
    if half is None:
        return drawn(request, "staff/records/none_yet.html")
    if request.method != "POST":
        return drawn(request, "staff/records/lost.html", {"half": half})
    if request.POST.get("sure") != "yes":
        problem = FormProblem("sure", _("Say first that you know what stays closed."))
        shown = {"half": half, "problems": [problem], "fields": {"sure": problem.sentence}}
        return drawn(request, "staff/records/lost.html", shown, status=400)
    secret = RecordSecret.new()
    replace_lost_key(asker=asker, secret=secret)
    begin_notebook(asker)
    return _shown_once(request, secret)


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def new_words(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Other words for the same key, where somebody else may have seen the old ones."""
    old = opened(request, asker)
    if old is None or open_key(request, asker) is None:
        return records(request) if request.method != "POST" else redirect("staff-records")
    if request.method != "POST":
        return drawn(request, "staff/records/new_words.html")
    secret = RecordSecret.new()
    change_phrase(asker=asker, old=old, new=secret)
    return _shown_once(request, secret)


@staff_page()
@require_POST
def close(request: HttpRequest, asker: Asker) -> HttpResponse:  # noqa: ARG001 - everybody may close theirs
    """Close records in this browser."""
    response = redirect("staff-records")
    close_records(response)
    return response


def _shown_once(request: HttpRequest, secret: RecordSecret) -> HttpResponse:
    """The words, and records closed: typing them once shows that the paper is right."""
    response = drawn(request, "staff/records/phrase.html", {"words": secret.words()})
    close_records(response)
    return response
