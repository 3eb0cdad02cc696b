"""Numbers that guides and rules of law say to everybody alike: minutes, years of sources, hours of a law."""

from __future__ import annotations

from tests.report.test_crawl import numbers_in

from replenish.debrief.incidents.recording import recording_places
from replenish.supervision.rhythms import REFLECTIVE, limits
from replenish.web.staff.debriefs.guides import guides
from replenish.web.staff.documents.texts import data_protection_words
from replenish.web.staff.supervision.guide.cycle import cycles, frame
from replenish.web.staff.supervision.guide.page import USUAL_MINUTES
from replenish.web.staff.supervision.guide.timed import session


def of_guides() -> set[float]:
    """What the texts of guides say, and the minutes that follow from them."""
    said = [str(place) for place in recording_places()]
    said += [one.source for one in cycles()]
    said += [one.until for one in data_protection_words().holdings]
    return numbers_in("\n".join(said)) | _minutes_of_debriefs() | _minutes_of_sessions()


def _minutes_of_debriefs() -> set[float]:
    steps = [step for guide in guides().values() for step in guide.steps]
    return {float(minute) for step in steps for minute in (step.since, step.since + step.minutes)}


def _minutes_of_sessions() -> set[float]:
    share = limits()[REFLECTIVE].number
    slots = [
        slot
        for cycle in cycles()
        for slot in session(cycle, frame(), minutes=USUAL_MINUTES, share=share).slots
    ]
    return {float(minute) for slot in slots for minute in (slot.begins, slot.ends, slot.minutes)}
