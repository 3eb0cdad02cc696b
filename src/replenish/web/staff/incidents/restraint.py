"""What laws want recorded after a restraint, for one's own case records; nothing is asked for here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from replenish.debrief.incidents.recording import RecordingPlace, recording_places
from replenish.debrief.incidents.rules import INCIDENT_READERS
from replenish.people.askers import Asker
from replenish.people.queries import organisation_summary
from replenish.web.public.sources import MEANINGS
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.incidents.words import recording_words


@dataclass(frozen=True)
class PlaceShown:
    """What one law wants recorded, in words."""

    place: RecordingPlace
    setting: str
    points: Sequence[str]
    duties: Sequence[str]
    country: str
    source: str
    meaning: str


@staff_page(*INCIDENT_READERS)
@require_safe
def restraint(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Every place there is an entry for, the reader's own kind of place first."""
    words, own = recording_words(), organisation_summary(asker.organisation).setting
    places = sorted(recording_places(), key=lambda place: place.setting != own)
    shown = [
        PlaceShown(
            place,
            words.settings.get(place.setting, place.setting),
            [words.points[code] for code in place.points],
            [words.duties[duty.code] for duty in place.duties],
            gettext(place.country),
            gettext(place.source),
            str(MEANINGS[place.mark]),
        )
        for place in places
    ]
    return drawn(request, "staff/incidents/restraint.html", {"laws": shown})
