"""The organisation as a whole: the kind of place, what that brings, and how many voices a figure needs."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from replenish.basis.errors import Refused
from replenish.people import rules
from replenish.people.actions import change_setting, raise_floor, try_out
from replenish.people.askers import Asker
from replenish.people.presets import Preset, every_preset, preset_named
from replenish.people.queries import organisation_summary
from replenish.people.roles import RoleKind
from replenish.web.public.sources import MEANINGS
from replenish.web.public.understanding.page import Expectation, stretches
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn


@dataclass(frozen=True)
class KindOfPlace:
    """A preset as one chooses among them."""

    preset: Preset

    @property
    def people_called(self) -> str:
        """What the people are called whom one supports there."""
        return gettext(self.preset.people.many)

    @property
    def encounters(self) -> int:
        """How many examples of hard moments it brings."""
        return len(self.preset.hard_encounters)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.preset.title

    @property
    def setting(self) -> object:
        """Its short name."""
        return self.preset.setting


@staff_page()
@require_safe
def organisation(request: HttpRequest, asker: Asker) -> HttpResponse:
    """What holds for the whole organisation."""
    about = organisation_summary(asker.organisation)
    found = preset_named(about.setting)
    shown = {
        "about": about,
        "floor": max(about.floor, settings.REPLENISH_FLOOR),
        "preset": found,
        "stretches": stretches(found) if found else [],
        "expectations": [Expectation(one, str(MEANINGS[one.mark])) for one in found.supervision]
        if found
        else [],
        "calendar_meaning": MEANINGS[found.calendar.mark] if found else "",
        "may_change": rules.acts_as_operator(asker),
    }
    return drawn(request, "staff/units/organisation.html", shown)


@staff_page(RoleKind.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def setting(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Choose another kind of place."""
    chosen, problems = organisation_summary(asker.organisation).setting, list[FormProblem]()
    if request.method == "POST":
        chosen = request.POST.get("setting", "")
        if preset_named(chosen) is None:
            problems = [FormProblem("setting", _("Choose one of them."))]
        else:
            change_setting(asker=asker, setting=chosen)
            return redirect("staff-organisation")
    shown = {
        "presets": [KindOfPlace(one) for one in every_preset()],
        "chosen": chosen,
        "problems": problems,
    }
    return drawn(request, "staff/units/setting.html", shown, status=400 if problems else 200)


@staff_page(RoleKind.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def floor(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Ask for more voices behind each figure: type the number, read what it means, then raise it."""
    least = max(organisation_summary(asker.organisation).floor, settings.REPLENISH_FLOOR)
    typed = request.POST.get("floor", "").strip()
    shown: dict[str, object] = {"least": least, "typed": typed}
    if request.method != "POST":
        return drawn(request, "staff/units/floor.html", shown)
    problems = _problems(asker, typed, least)
    if problems:
        return drawn(request, "staff/units/floor.html", {**shown, "problems": problems}, status=400)
    if request.POST.get("step") != "do":
        return drawn(request, "staff/units/floor.html", {**shown, "asked": int(typed)})
    raise_floor(asker=asker, floor=int(typed))
    return redirect("staff-organisation")


def _problems(asker: Asker, typed: str, least: int) -> list[FormProblem]:
    """A number that is none, or not above the one that holds; the action decides what is refused."""
    if not (typed.isascii() and typed.isdecimal()):
        return [FormProblem("floor", _("Write a whole number, such as 10."))]
    try:
        try_out(lambda: raise_floor(asker=asker, floor=int(typed)))
    except Refused as refused:
        return problems_of(refused, "floor")
    if int(typed) < least:
        return [FormProblem("floor", _("A figure already needs more voices than that."))]
    return []
