"""Letters about what waits for oneself: none, once a week, or on the day. Nobody chooses for anybody else."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.conditions.telling.words import language_of_reader
from replenish.people.actions.notices import choose_notices
from replenish.people.askers import Asker
from replenish.people.telling import Rhythm, notices_of
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn

OFF = "off"


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Choose; a choice that is no choice leaves all as it was."""
    if not settings.REPLENISH_MAIL:
        raise Http404
    problems: list[FormProblem] = []
    asked = request.POST.get("rhythm", "")
    if request.method == "POST" and asked in (OFF, *Rhythm.values):
        rhythm = None if asked == OFF else Rhythm(asked)
        try:
            choose_notices(asker=asker, rhythm=rhythm, language=language_of_reader())
        except Refused as refused:
            problems = problems_of(refused, "rhythm")
        else:
            return redirect("staff-account")
    chosen = notices_of(asker)
    shown = {"problems": problems, "rhythm": chosen.rhythm or OFF, "email": chosen.email}
    return drawn(request, "staff/telling/notices.html", shown, status=409 if problems else 200)
