"""Contributions pause where leaders left two rounds without an answer: by the calendar and their acts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.conditions import worlds
from tests.conditions.instances import Instance, instance, prepared
from tests.web.rounds_world import RoundsWorld, begin_rounds_world, live_round
from tests.web.staff_world import quick

from replenish.conditions.models import Round, Season
from replenish.conditions.queries import releases, rounds
from replenish.conditions.response import Promise, Standing, answers_for, respond
from replenish.conditions.rounds import cancel, open_due, plan_season
from replenish.conditions.unanswered import paused_groups
from replenish.ledger.events import Event
from replenish.ledger.models import Entry
from replenish.people.actions import add_unit
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind
from replenish.sealing.secret import Secret
from replenish.voices.actions import check_in, spend_slip, visit
from replenish.voices.contributing import Contributed
from replenish.voices.models import Contribution
from replenish.voices.slips import make_slips
from replenish.voices.weeks import week_of

__all__ = ["instance", "prepared", "quick"]

pytestmark = pytest.mark.patient
WORDS = (Promise("I will keep an hour for supervision each week."),)
ANSWERS = {"replenish-weekly": {"sign.flatness": 2.0, "sign.patience": 1.0, "sign.cynicism": 1.0,
                                "sign.recovery": 2.0, "sign.motions": 1.0, "sign.dread": 0.0}}  # fmt: skip


@pytest.fixture
def world(instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch) -> RoundsWorld:
    return begin_rounds_world(monkeypatch)


def lived(patch: pytest.MonkeyPatch, world: RoundsWorld, count: int) -> list[Round]:
    """So many rounds, with a next season where one is over; nobody answers any."""
    found = []
    for _ in range(count):
        if not any(one.state in {"planned", "open"} for one in rounds(world.organisation)):
            plan_season(asker=world.staffed.steward)
        found.append(live_round(patch, world))
    return found


def opened(patch: pytest.MonkeyPatch, world: RoundsWorld) -> Round:
    """The next round, on its first day."""
    if not any(one.state in {"planned", "open"} for one in rounds(world.organisation)):
        plan_season(asker=world.staffed.steward)
    planned = next(one for one in rounds(world.organisation) if one.state == "planned")
    worlds.set_day(patch, planned.starts_on)
    open_due()
    return Round.objects.select_related("season").get(id=planned.round)


def answer(world: RoundsWorld, row: Round, unit: str | None = None, asker: Asker | None = None) -> str:
    """An answer for a part, by the steward of everything."""
    steward = asker or world.staffed.steward
    return respond(asker=steward, round_id=row.id, unit=unit, promises=WORDS)


def all_groups(row: Round) -> tuple[str, ...]:
    return tuple(sorted(row.season.group_codes))


def member(season: Season, unit: str) -> Secret:
    """A card with a seat in a unit, by its name."""
    code = next(code for code, path in season.unit_paths.items() if path[-1] == unit)
    secret = Secret.new()
    spend_slip(secret, make_slips(season=season.id, counts={code: 1})[0].code)
    return secret


def test_nothing_pauses_before_two_rounds_are_left_without_an_answer_for_two_weeks(
    world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Round 2 closes on the day on which round 3 opens: its leaders have their two weeks still."""
    lived(monkeypatch, world, 2)
    opened(monkeypatch, world)
    assert paused_groups(world.organisation) == ()


def test_after_two_rounds_without_an_answer_the_next_one_but_one_opens_paused(
    world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived(monkeypatch, world, 3)
    row = opened(monkeypatch, world)
    assert paused_groups(world.organisation) == all_groups(row)
    entry = Entry.objects.get(event=Event.CONTRIBUTIONS_PAUSED.value)
    assert entry.content["groups"] == list(all_groups(row))
    assert entry.actor == "timetable"


@pytest.mark.parametrize("answered", [2, 3])
def test_an_answer_to_either_of_the_last_rounds_keeps_everybody_counting(
    world: RoundsWorld, monkeypatch: pytest.MonkeyPatch, answered: int
) -> None:
    found = lived(monkeypatch, world, 3)
    answer(world, found[answered - 1])
    opened(monkeypatch, world)
    assert paused_groups(world.organisation) == ()


def test_an_answer_for_one_service_keeps_that_service_counting(
    world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The head of one service answers, and the leader of the other is silent."""
    found = lived(monkeypatch, world, 3)
    answer(world, found[1], world.staffed.units["Medicine"], Asker(world.organisation, world.head.account))
    row = opened(monkeypatch, world)
    paused = paused_groups(world.organisation)
    assert paused
    assert all(label.startswith("Surgery") for label in paused)
    assert set(paused) == {label for label in all_groups(row) if label.startswith("Surgery")}


def test_an_answer_for_one_unit_of_a_merged_group_keeps_the_group(
    world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = lived(monkeypatch, world, 3)
    answer(world, found[1], world.staffed.units["Oak"])
    row = opened(monkeypatch, world)
    merged = next(label for label in all_groups(row) if "Oak" in label)
    assert "Elm" in merged
    assert set(paused_groups(world.organisation)) == set(all_groups(row)) - {merged}


def test_a_cancelled_round_is_none_of_the_two(world: RoundsWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    lived(monkeypatch, world, 1)
    given_up = opened(monkeypatch, world)
    cancel(given_up.id, asker=world.staffed.operator)
    worlds.set_day(monkeypatch, given_up.closes_on)
    lived(monkeypatch, world, 1)
    opened(monkeypatch, world)
    assert paused_groups(world.organisation) == ()


def test_a_group_that_was_put_together_since_does_not_pause(
    world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two units become one group in the new season: nobody left that group without an answer."""
    lived(monkeypatch, world, 3)
    staffed = world.staffed
    new = add_unit(asker=staffed.operator, name="Bay", parent=staffed.units["Surgery"])
    staffed.units["Bay"] = new  # type: ignore[index]
    staffed.declare({"Bay": 3})
    row = opened(monkeypatch, world)
    changed = next(label for label in all_groups(row) if "Bay" in label)
    assert set(paused_groups(world.organisation)) == set(all_groups(row)) - {changed}


def test_pausing_ends_at_once_and_the_box_contributes_what_it_kept(
    world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way of one person: kept while paused, counted by the visit after the answer."""
    found = lived(monkeypatch, world, 3)
    plan_season(asker=world.staffed.steward)
    season = Season.objects.order_by("-number").first()
    assert season is not None
    secret, other = member(season, "Ash"), member(season, "Yew")
    row = opened(monkeypatch, world)
    week = week_of(row.starts_on)
    assert check_in(secret, ANSWERS, week).contributed is Contributed.PAUSED
    assert check_in(other, ANSWERS, week).contributed is Contributed.PAUSED
    found_there = visit(secret)
    assert found_there.box is not None
    assert found_there.box.check_ins[0].answers == ANSWERS["replenish-weekly"]
    assert found_there.seat is not None
    assert found_there.seat.round is not None
    assert found_there.seat.round.paused
    assert not Contribution.objects.exists()
    worlds.set_day(monkeypatch, row.starts_on + timedelta(days=9))
    answer(world, found[2], world.staffed.units["Medicine"])
    assert all(label.startswith("Surgery") for label in paused_groups(world.organisation))
    assert Entry.objects.filter(event=Event.CONTRIBUTIONS_RESUMED.value).count() == 1
    visit(secret)
    visit(other)
    assert set(Contribution.objects.values_list("group", flat=True)) == {
        code for label, code in row.season.group_codes.items() if "Ash" in label
    }
    assert (
        check_in(secret, ANSWERS, week_of(row.starts_on + timedelta(days=9))).contributed is Contributed.YES
    )


def test_a_round_in_which_everybody_pauses_closes_and_is_published(
    world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leaders' silence must not stop the calendar: the release says that there were not enough voices."""
    lived(monkeypatch, world, 3)
    opened(monkeypatch, world)
    live_round(monkeypatch, world, voices={})
    row = opened(monkeypatch, world)
    assert paused_groups(world.organisation) == all_groups(row)
    worlds.set_day(monkeypatch, row.starts_on + timedelta(days=2))
    published = releases(world.organisation)
    assert len(published) == 4
    assert all(cell.band is None for group in published[-1].release.groups for cell in group.cells.values())
    assert paused_groups(world.organisation) == all_groups(row)
    assert answers_for(world.organisation)[-1].standing is Standing.NO_ANSWER


def test_it_says_nothing_about_how_many_answered(world: RoundsWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """A group that was shown in no release pauses like the others: a pause tells nothing about voices."""
    for _ in range(3):
        live_round(monkeypatch, world, voices={"Ash": 12, "Elm": 10, "Fir": 18})
    row = opened(monkeypatch, world)
    assert paused_groups(world.organisation) == all_groups(row)


def test_the_steward_of_another_organisation_ends_nothing_here(
    world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = begin_rounds_world(monkeypatch, "Elsewhere")
    found = []
    for _ in range(3):
        mine = live_round(monkeypatch, world)
        found.append(next(row for row in Round.objects.filter(season__organisation=other.organisation,
                                                               number=mine.number)))  # fmt: skip
    plan_season(asker=other.staffed.steward)
    row = opened(monkeypatch, world)
    answer(other, found[2])
    assert paused_groups(world.organisation) == all_groups(row)
    assert paused_groups(other.organisation) == ()
    with pytest.raises(Exception, match="no such round"):
        respond(asker=other.asker(RoleKind.DEPUTY), round_id=row.id, unit=None, promises=WORDS)


def test_no_share_of_everybody_is_told_where_groups_paused(
    world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With all groups but one paused, a quarter of everybody would say that all nine of that one answered.

    An answer during the round ends the pause, and changes nothing about this: who came afterwards may be few.
    """
    found = lived(monkeypatch, world, 3)
    assert all(one.release.response_quarter is not None for one in releases(world.organisation))
    answer(world, found[1], world.staffed.units["Medicine"], Asker(world.organisation, world.head.account))
    row = opened(monkeypatch, world)
    answer(world, found[2])
    assert paused_groups(world.organisation) == ()
    live_round(monkeypatch, world)
    worlds.set_day(monkeypatch, row.closes_on + timedelta(days=1))
    newest = releases(world.organisation)[-1]
    assert newest.round == row.number
    assert newest.release.response_quarter is None
    assert any(cell.band for group in newest.release.groups for cell in group.cells.values())
