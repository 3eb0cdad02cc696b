"""A page costs the server less than 50 milliseconds, a year of answers included."""

from __future__ import annotations

import time
from datetime import timedelta
from statistics import median

import pytest
from tests.web.carer_world import WEEKLY_ANSWERS, begin_world, client_with, open_first_round

from replenish.basis import clock
from replenish.sealing.secret import Secret
from replenish.voices.actions import check_in, spend_slip
from replenish.voices.weeks import week_of

MOST_SECONDS = 0.050
PAGES = ("/", "/who-can-see-what/", "/help-now/", "/my/", "/my/check-in/", "/my/check-in/more/", "/my/data/")


@pytest.mark.django_db
def test_every_page_is_quick() -> None:
    world = begin_world(open_now=False)
    secret = Secret.new()
    spend_slip(secret, world.codes[0])
    open_first_round(world)
    answers = {code: float(value) for code, value in WEEKLY_ANSWERS.items() if value}
    for number in range(52):
        check_in(secret, {"replenish-weekly": answers}, week_of(clock.today() - timedelta(weeks=number)))
    client = client_with(secret)
    seconds = {}
    for page in PAGES:
        times = []
        for _ in range(7):
            begun = time.perf_counter()
            assert client.get(page).status_code == 200
            times.append(time.perf_counter() - begun)
        seconds[page] = median(times)
    times = []
    for _ in range(7):
        begun = time.perf_counter()
        assert client.post("/my/check-in/", WEEKLY_ANSWERS).status_code == 200
        times.append(time.perf_counter() - begun)
    seconds["post"] = median(times)
    assert {page: spent for page, spent in seconds.items() if spent > MOST_SECONDS} == {}
