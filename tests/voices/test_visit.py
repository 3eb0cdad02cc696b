"""A visit to one's own page, and how few statements each action sends to the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.voices.cards import FIRST_DAY, GROUPS, SEASON, House, week, weekly
from tests.voices.conftest import SetDay

from replenish.basis.errors import Refused
from replenish.sealing.secret import Secret
from replenish.voices.actions import (
    Visit,
    check_in,
    contribute_again,
    edit_box,
    renew_seat,
    spend_slip,
    visit,
)
from replenish.voices.box_content import BoxContent
from replenish.voices.models import Contribution
from replenish.voices.nightly import rewrite
from replenish.voices.queries import my_box, my_seat, slip_counts_of_my_group
from replenish.voices.rounds import begin_season, move_close, open_round, replace_key, stop_accepting
from replenish.voices.slips import make_slips

# Those that begin and end the transaction are counted, and so is what SQLite reads ahead.
STATEMENTS = {"check in": 5, "first check in": 12, "join": 5, "visit": 2, "box": 1, "seat": 1}


def test_a_visit_shows_what_the_single_questions_show(house: House) -> None:
    card = house.join()
    house.open_round(1)
    check_in(card, weekly(), week())
    assert visit(card) == Visit(my_box(card), my_seat(card), slip_counts_of_my_group(card))
    assert visit(Secret.new()) == Visit(None, None, ())


def test_a_visit_renews_and_contributes_again(house: House, on_day: SetDay) -> None:
    card = house.join()
    second = FIRST_DAY + timedelta(days=84)
    on_day(second)
    begin_season("season-2", groups=GROUPS, follows=SEASON, renew_until=second + timedelta(days=14))
    name = house.open_round(1, season="season-2", starts_on=second)
    seen = visit(card)
    assert seen.seat is not None
    assert seen.seat.season == "season-2"
    check_in(card, weekly(), week(12))
    house.keys.destroy(name)
    replace_key(name, house.keys.create(name))
    assert visit(card).box is not None
    assert Contribution.objects.count() == 1


def test_each_action_sends_few_statements(house: House) -> None:
    card, fresh = house.join(), house.join()
    house.open_round(1)
    check_in(card, weekly(), week())
    rewrite()
    (slip,) = make_slips(season=SEASON, counts={"oak": 1})
    sent = {}
    for name, action in (
        ("check in", lambda: check_in(card, weekly(), week())),
        ("first check in", lambda: check_in(fresh, weekly(), week())),
        ("join", lambda: spend_slip(Secret.new(), slip.code)),
        ("visit", lambda: visit(card)),
        ("box", lambda: my_box(card)),
        ("seat", lambda: my_seat(card)),
    ):
        with CaptureQueriesContext(connection) as queries:
            action()
        sent[name] = len(queries)
    for name, most in STATEMENTS.items():
        assert sent[name] <= most, (name, sent[name])


def test_an_edit_that_makes_no_content_is_refused(house: House) -> None:
    card = Secret.new()
    with pytest.raises(ValueError, match="settings"):
        edit_box(card, lambda box: box.model_copy(update={"settings": {"theme": object()}}))
    assert my_box(card) is None
    assert edit_box(card, lambda box: box) == BoxContent()
    assert my_box(card) is None, "an edit that changes nothing writes nothing"


def test_opening_twice_is_harmless_and_opening_otherwise_is_refused(house: House) -> None:
    name = house.open_round(1)
    house.open_round(1)
    with pytest.raises(Refused, match="open already"):
        house.open_round(1, starts_on=FIRST_DAY + timedelta(days=7))
    with pytest.raises(Refused, match="has not begun"):
        open_round(
            "r",
            season="unknown",
            number=1,
            recipient="",
            starts_on=FIRST_DAY,
            closes_on=FIRST_DAY + timedelta(9),
        )
    with pytest.raises(Refused, match="begun already"):
        begin_season(SEASON, groups={"oak": "another"}, renew_until=FIRST_DAY + timedelta(days=14))
    begin_season(SEASON, groups=GROUPS, renew_until=FIRST_DAY + timedelta(days=14))
    assert stop_accepting(name)
    assert not stop_accepting(name)
    for action in (stop_accepting, lambda r: replace_key(r, ""), lambda r: move_close(r, FIRST_DAY)):
        with pytest.raises(Refused, match="no open round"):
            action("another")


def test_a_round_that_closes_later_counts_the_weeks_in_between(house: House, on_day: SetDay) -> None:
    card = house.join()
    name = house.open_round(1)
    on_day(FIRST_DAY + timedelta(days=30))
    check_in(card, weekly(), week(4))
    assert not Contribution.objects.exists()
    move_close(name, FIRST_DAY + timedelta(days=35))
    assert contribute_again(card) is not None
    assert Contribution.objects.count() == 1
    assert not renew_seat(card)
