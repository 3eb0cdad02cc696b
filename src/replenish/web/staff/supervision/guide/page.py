"""The guide for a session: a cycle to choose, then its questions with their times."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from replenish.people.askers import Asker
from replenish.supervision.comes_next import my_meeting
from replenish.supervision.rhythms import REFLECTIVE, limits
from replenish.web.shared.problems import FormProblem
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.supervision.guide.cycle import cycle, cycles, frame
from replenish.web.staff.supervision.guide.timed import LEAST_MINUTES, MOST_MINUTES, session
from replenish.web.staff.supervision.meeting.one import ASKED
from replenish.web.staff.supervision.said import title_of

USUAL_MINUTES = 60
LEAST_SHARE, MOST_SHARE = 10, 100
MOST_DIGITS = 3
WHOM = {"individual": "pair", "external": "pair", "group": "group", "peer": "peers"}
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


@staff_page()
@require_safe
def guide(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The cycles to choose from; those that fit the meeting first."""
    meeting = request.GET.get(ASKED, "")
    fits = WHOM[my_meeting(asker, meeting)[0].kind] if meeting else ""
    every = cycles()
    shown = {
        "fitting": [one for one in every if not fits or fits in one.sessions],
        "others": [one for one in every if fits and fits not in one.sessions],
        "meeting": meeting,
    }
    return drawn(request, "staff/supervision/guide.html", shown)


@staff_page()
@require_safe
def session_guide(request: HttpRequest, asker: Asker) -> HttpResponse:
    """One cycle with its times; without one, the first of the list."""
    meeting = request.GET.get(ASKED, "")
    about: dict[str, object] = {"meeting": meeting}
    minutes, share, starts = USUAL_MINUTES, limits()[REFLECTIVE].number, ""
    if meeting:
        mine, one = my_meeting(asker, meeting)
        minutes, share, starts = mine.minutes, mine.reflective_share, one.begins
        about |= {"mine": mine, "one": one, "title": title_of(mine)}
    chosen = cycle(request.GET.get("cycle", "")) or cycles()[0]
    form = {
        "minutes": request.GET.get("minutes", str(minutes)),
        "share": request.GET.get("share", str(share)),
        "starts": request.GET.get("starts", starts),
    }
    problems = _problems(form)
    if not problems:
        minutes, share, starts = int(form["minutes"]), int(form["share"]), form["starts"]
    timed = session(chosen, frame(), minutes=max(minutes, LEAST_MINUTES), share=share, starts=starts)
    about |= {
        "cycle": chosen,
        "timed": timed,
        "slots": [(slot, timed.at(slot.begins), timed.at(slot.ends)) for slot in timed.slots],
        "cycles": cycles(),
        "form": form,
        "problems": problems,
        "fields": {problem.field: problem.sentence for problem in problems},
    }
    return drawn(request, "staff/supervision/session.html", about, status=400 if problems else 200)


def _problems(form: Mapping[str, str]) -> list[FormProblem]:
    problems = []
    for name, least, most in (("minutes", LEAST_MINUTES, MOST_MINUTES), ("share", LEAST_SHARE, MOST_SHARE)):
        typed = form[name]
        # Digits of other scripts are none that a form here is filled in with.
        is_number = typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS
        if not (is_number and least <= int(typed) <= most):
            said = _("Write a whole number from %(least)s to %(most)s.") % {"least": least, "most": most}
            problems.append(FormProblem(name, said))
    if form["starts"] and not _TIME.fullmatch(form["starts"]):
        problems.append(FormProblem("starts", _("Write the time as 14:30.")))
    return problems
