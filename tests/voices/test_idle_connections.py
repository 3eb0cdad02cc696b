"""The server keeps its connections; the night passes beside idle ones, which then see its work."""

from __future__ import annotations

from threading import Event, Thread

from django.db import connections
from tests.conditions.instances import Instance
from tests.voices.cards import House, week, weekly

from replenish.voices.actions import check_in, visit
from replenish.voices.contributing import Contributed
from replenish.voices.nightly import rewrite

PATIENCE = 30


def test_the_night_passes_beside_a_connection_that_is_kept(instance: Instance, house: House) -> None:
    card = house.join()
    house.open_round(1)
    check_in(card, weekly(), week())
    served, night_over = Event(), Event()
    after: list[object] = []

    def thread_of_the_server() -> None:
        connections["default"] = instance.open_elsewhere()
        try:
            check_in(card, weekly(1), week())
            visit(card)
            served.set()
            night_over.wait(PATIENCE)
            after.append(check_in(card, weekly(2), week()).contributed)
        finally:
            connections["default"].close()

    thread = Thread(target=thread_of_the_server)
    thread.start()
    assert served.wait(PATIENCE)
    try:
        rewrite()
    finally:
        night_over.set()
        thread.join(PATIENCE)
    assert after == [Contributed.YES]
