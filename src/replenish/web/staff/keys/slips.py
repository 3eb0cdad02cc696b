"""Proposing slips for a season: one for each person, or a few in place of lost cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.conditions.composition import all_units, groups_of
from replenish.conditions.queries import SeasonSummary
from replenish.conditions.rounds import most_replacements, propose_slips
from replenish.people.askers import Asker
from replenish.people.queries import headcount, slips_agreed
from replenish.people.roles import KEY_HOLDERS
from replenish.people.two_keys import units_answered_for
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.keys.told import not_a_number, read_number, seasons_for_slips


@dataclass(frozen=True)
class SlipsField:
    """A unit in the form.

    Attributes:
        name: of the field, and its id.
        id: of the unit.
        unit: its names from the top down.
        group: the reporting group it is in.
        people: its declared headcount.
        agreed: how many slips were agreed on before for this season.
        most: how many replacements its group can have in the season.
        sent: what stands in the field.
    """

    name: str
    id: str
    unit: str
    group: str
    people: int
    agreed: int
    most: int
    sent: str


@staff_page(*KEY_HOLDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def slips(request: HttpRequest, asker: Asker) -> HttpResponse:
    """A slip for each person who has none yet."""
    return _proposing(request, asker, replacements=False)


@staff_page(*KEY_HOLDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def replacements(request: HttpRequest, asker: Asker) -> HttpResponse:
    """A few beyond the headcount, for people who lost their card."""
    return _proposing(request, asker, replacements=True)


def _proposing(request: HttpRequest, asker: Asker, *, replacements: bool) -> HttpResponse:
    seasons = seasons_for_slips(asker.organisation)
    season = _chosen(request, seasons)
    problems: list[FormProblem] = []
    sent: Mapping[str, str] | None = None
    if request.method == "POST":
        if season is None:
            return redirect("staff-keys-slips")
        sent = {name: str(request.POST.get(name, "")) for name in request.POST}
    fields = _fields(asker, season, sent, replacements=replacements) if season else []
    if sent is not None and season is not None:
        asked = _asked(fields, problems)
        if not asked and not problems:
            problems.append(FormProblem("units", _("Say for at least one unit how many slips.")))
        if not problems:
            try:
                propose_slips(asker=asker, season=season.season, slips=asked, replacements=replacements)
            except Refused as refused:
                problems = problems_of(refused, "units")
            else:
                return redirect("staff-keys")
    shown = {
        "problems": problems,
        "season": season,
        "seasons": seasons,
        "fields": fields,
        "replacements": replacements,
    }
    return drawn(request, "staff/keys/slips.html", shown, status=400 if problems else 200)


def _chosen(request: HttpRequest, seasons: list[SeasonSummary]) -> SeasonSummary | None:
    named = (request.POST if request.method == "POST" else request.GET).get("season", "")
    if not named:
        return seasons[0] if seasons else None
    found = next((one for one in seasons if one.season == named), None)
    if found is None:
        raise Http404
    return found


def _fields(
    asker: Asker, season: SeasonSummary, sent: Mapping[str, str] | None, *, replacements: bool
) -> list[SlipsField]:
    """The units of the season that still stand and that the reader answers for."""
    mine = {unit.unit: " / ".join(unit.path) for unit in units_answered_for(asker)}
    declared = headcount(asker.organisation)
    agreed = slips_agreed(asker.organisation, season.season)
    fields = []
    groups = groups_of(asker.organisation, season.season)
    for group in groups or (all_units(asker.organisation, season.season),):
        most = most_replacements(sum(declared.get(unit.unit, 0) for unit in group.units))
        for unit in group.units:
            if unit.unit not in mine:
                continue
            people, before = declared.get(unit.unit, 0), agreed.get(unit.unit, 0)
            left = 0 if replacements else max(0, people - before)
            name = f"slips-{unit.unit}"
            stands = sent.get(name, "") if sent is not None else (str(left) if left else "")
            fields.append(
                SlipsField(name, unit.unit, mine[unit.unit], group.label, people, before, most, stands)
            )
    return fields


def _asked(fields: list[SlipsField], problems: list[FormProblem]) -> dict[str, int]:
    asked = {}
    for one in fields:
        number = read_number(one.sent)
        if number is None and one.sent.strip():
            problems.append(FormProblem(one.name, not_a_number(one.unit)))
        elif number:
            asked[one.id] = number
    return asked
