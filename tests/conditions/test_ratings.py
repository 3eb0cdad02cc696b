"""Ratings of sessions: one release a season over everybody, for three supervisors at least, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from django.db import DatabaseError, connection
from hypothesis import given
from hypothesis import strategies as st
from tests.conditions import worlds
from tests.conditions.instances import Instance
from tests.conditions.organisations import Staffed, staffed
from tests.conditions.supervised_world import pair

from replenish.basis.errors import Refused
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions import rounds
from replenish.conditions.models import PublishedRating, PublishedRelease, Round
from replenish.conditions.ratings.pooling import Floats, Terms, may_be_told, pool
from replenish.conditions.ratings.published import rated_seasons, ratings_of
from replenish.disclosure.release import Release, to_plain
from replenish.ledger.queries import entries
from replenish.sealing.secret import Secret
from replenish.voices import actions
from replenish.voices.asked import POOLED_PACK
from replenish.voices.models import Contribution
from replenish.voices.weeks import week_of

BEGINS = worlds.BEGINS
WEEKLY = "replenish-weekly"
TERMS = Terms(
    season=1, supervisors={"sue": 4, "una": 4, "vi": 3}, people={"a": 9, "b": 9}, floor=7, earlier=()
)


def told(
    safe: Sequence[float], terms: Terms = TERMS, groups: Sequence[str] = (), set_aside: Sequence[str] = ()
) -> Release | None:
    return pool(terms, groups or place(len(safe)), columns(safe), set_aside)


def place(rows: int) -> list[str]:
    return [("a", "b")[row % 2] for row in range(rows)]


def columns(safe: Sequence[float]) -> Mapping[str, Floats]:
    values = np.array(safe, dtype=np.float64)
    return {"session_safe": values, "session_reflecting": 100 - values, "workload": np.zeros(len(safe))}


def size(release: Release | None) -> str | None:
    assert release is not None
    cell = release.groups[0].cells["session_safe"] if release.groups else None
    return cell.size.label if cell is not None and cell.size is not None else None


def test_everybody_is_one_group_and_seven_are_needed() -> None:
    release = told([75.0] * 12)
    assert release is not None
    assert [group.label for group in release.groups] == ["The whole organisation"]
    assert {scale.name for scale in release.scales} == {"session_safe", "session_reflecting"}
    assert size(release) == "7-12"
    assert size(told([75.0] * 6)) is None
    assert size(told([75.0] * 6 + [np.nan] * 5)) is None


@pytest.mark.parametrize(
    ("supervisors", "may"),
    [
        ({}, False),
        ({"sue": 20}, False),
        ({"sue": 5, "una": 5}, False),
        ({"sue": 4, "una": 4, "vi": 4}, True),
        ({"sue": 8, "una": 4, "vi": 4}, True),
        ({"sue": 9, "una": 4, "vi": 4}, False),
    ],
)
def test_three_supervisors_are_needed_and_none_makes_up_most_of_it(
    supervisors: Mapping[str, int], may: bool
) -> None:
    assert may_be_told(supervisors) == may
    assert (told([50.0] * 14, replace(TERMS, supervisors=supervisors)) is not None) == may


def test_a_round_that_did_not_ask_gives_nothing() -> None:
    assert pool(TERMS, place(9), {"workload": np.zeros(9)}, ()) is None


def test_more_voices_than_people_and_groups_set_aside_count_for_nothing() -> None:
    groups = ["a"] * 10 + ["b"] * 8
    assert size(told([50.0] * 18, groups=groups)) == "7-12"
    assert size(told([50.0] * 17, groups=["a"] * 9 + ["b"] * 8)) == "13-24"
    assert size(told([50.0] * 17, groups=["a"] * 9 + ["b"] * 8, set_aside=["a"])) == "7-12"


@given(st.lists(st.sampled_from([0.0, 25.0, 50.0, 75.0, 100.0]), min_size=7, max_size=18), st.randoms())
def test_who_said_what_changes_no_byte(safe: list[float], random: object) -> None:
    turned = list(safe)
    random.shuffle(turned)  # type: ignore[attr-defined]
    one, other = told(safe), told(turned)
    assert one is not None
    assert other is not None
    assert to_plain(one) == to_plain(other)


def test_seasons_follow_one_another_in_a_chain() -> None:
    first = told([25.0] * 9)
    assert first is not None
    second = told([75.0] * 9, replace(TERMS, season=2, earlier=(first,)))
    assert second is not None
    assert second.previous == first.hash


# Through the gate, with cards, seats and rounds.


def lived(monkeypatch: pytest.MonkeyPatch, supervisors: int = 3) -> tuple[Staffed, list[Secret]]:
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed({"Care": {"Ash": 12, "Elm": 12}})
    season = rounds.plan_season(asker=made.steward)
    drawn = rounds.draw_slips(
        asker=made.steward, proposal=made.agree_on_slips(season.id, {"Ash": 10, "Elm": 10})
    )
    cards = [Secret.new() for _ in drawn]
    for card, slip in zip(cards, drawn, strict=True):
        actions.spend_slip(card, slip.code)
    for number in range(8):
        supervisor = f"supervisor {number % supervisors}"
        pair(made.id, made.units["Ash"], since=BEGINS, name=f"person {number}", supervisor=supervisor)
    rounds.open_due()
    return made, cards


def rate(card: Secret, day: date, safe: float, reflecting: float = 2.0) -> None:
    answers = {POOLED_PACK: {"session.safe": safe, "session.reflecting": reflecting}}
    actions.check_in(card, answers, week_of(day))


def close_season(made: Staffed, monkeypatch: pytest.MonkeyPatch, *, until: int = 3) -> date:
    for row in Round.objects.filter(season__organisation=made.id, number__lte=until).order_by("number"):
        worlds.set_day(monkeypatch, row.closes_on)
        outcomes = rounds.close_due()
        assert [outcome.refused for outcome in outcomes] == [None] * len(outcomes)
        rounds.open_due()
    return row.closes_on


def test_what_was_said_in_all_of_a_season_is_told_once_at_its_end(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, cards = lived(monkeypatch)
    for card in cards[:6]:
        rate(card, BEGINS, safe=4)
    close_season(made, monkeypatch, until=2)
    assert not PublishedRating.objects.exists()
    day = Round.objects.get(number=3).starts_on
    for card in cards[6:9]:
        rate(card, day, safe=0)
    # The answers of the first round come with a visit in the last.
    for card in cards[:6]:
        actions.visit(card)
    closed = close_season(made, monkeypatch)
    (release,) = ratings_of(made.id)
    cell = release.groups[0].cells["session_safe"]
    assert cell.size is not None
    assert cell.band is not None
    assert cell.size.label == "7-12"
    # Six of nine said 100 and three 0: the mean of 67 lies above the cut at 65.
    assert (cell.band.low, cell.band.high) == (65, 100)
    assert not Contribution.objects.exists()
    assert PublishedRelease.objects.count() == 3
    assert [one.event for one in entries(made.id)].count("ratings_published") == 1
    worlds.set_day(monkeypatch, closed + timedelta(days=1))
    assert rated_seasons(made.steward) == ()
    worlds.set_day(monkeypatch, closed + timedelta(days=2))
    assert [one.season for one in rated_seasons(made.steward)] == [1]


def test_the_releases_of_rounds_are_the_same_with_and_without_ratings(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, cards = lived(monkeypatch)
    close_season(made, monkeypatch, until=2)
    day = Round.objects.get(number=3).starts_on
    for card in cards[:9]:
        rate(card, day, safe=3)
    close_season(made, monkeypatch)
    body = PublishedRelease.objects.get(number=3).body
    assert "session_safe" not in body
    assert '"voices":' not in body


def test_two_supervisors_give_no_release(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    made, cards = lived(monkeypatch, supervisors=2)
    close_season(made, monkeypatch, until=2)
    for card in cards[:9]:
        rate(card, Round.objects.get(number=3).starts_on, safe=3)
    close_season(made, monkeypatch)
    assert not PublishedRating.objects.exists()


def test_what_was_published_is_neither_changed_nor_believed_when_it_was(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, cards = lived(monkeypatch)
    close_season(made, monkeypatch, until=2)
    for card in cards[:9]:
        rate(card, Round.objects.get(number=3).starts_on, safe=3)
    close_season(made, monkeypatch)
    for change in (
        lambda: PublishedRating.objects.update(season=9),
        lambda: PublishedRating.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError):
            change()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER published_rating_keeps")
            cursor.execute("UPDATE conditions_publishedrating SET body = replace(body, '7-12', '25+')")
        with pytest.raises(Refused) as refused:
            ratings_of(made.id)
        assert refused.value.fault is RoundFault.RELEASE_CHANGED_AT_REST
