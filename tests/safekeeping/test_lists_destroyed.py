"""The night destroys sealed lists and counts on their day; neither artefact of a backup ever held one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from tests.debrief.incident_world import begin_incidents
from tests.safekeeping.household import Household

from replenish.basis import clock
from replenish.debrief.incidents.asking import Line, keep_list
from replenish.debrief.models import AnswerTally, AskingList
from replenish.safekeeping.nightly import nightly
from replenish.safekeeping.places import Places


def everything_in(folder: Path) -> bytes:
    """All bytes of all files, unpacked where they are archives."""
    whole = b""
    for path in sorted(folder.rglob("*")):
        if is_zipfile(path):
            with ZipFile(path) as archive:
                whole += b"".join(archive.read(name) for name in archive.namelist())
        elif path.is_file():
            whole += path.read_bytes()
    return whole


def test_a_night_destroys_what_is_over_and_backs_up_none_of_it(household: Household, places: Places) -> None:
    household.day(28)
    house = begin_incidents("Harbour House")
    incident = house.happened(day=clock.today() - timedelta(days=3))
    keep_list(
        asker=house.facilitator.asker,
        incident=incident,
        secret=house.facilitator.secret,
        lines=[Line("Jo", "yes")],
    )
    kept = AskingList.objects.get()
    counted = AnswerTally.objects.get()
    nightly(lambda _: None, places=places)
    assert AskingList.objects.filter(id=kept.id).exists()
    copies = everything_in(places.data) + everything_in(places.keys)
    assert incident.encode() in copies
    for row in (kept, counted):
        assert row.id.encode() not in copies
        assert bytes(row.sealed)[-32:] not in copies
    household.day(28 + 28)
    nightly(lambda _: None, places=places)
    assert not AskingList.objects.exists()
    assert AnswerTally.objects.exists()
