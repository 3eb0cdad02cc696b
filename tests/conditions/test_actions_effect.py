"""What became of an action: from releases alone, with five words, and a reason where nothing can be told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.conditions import worlds
from tests.conditions.actions_world import LARGE, LEVELS, VOICES, lived, planned, running
from tests.conditions.instances import Instance, instance, prepared
from tests.web.rounds_world import RoundsWorld, begin_rounds_world
from tests.web.staff_world import quick

from replenish.basis import clock
from replenish.conditions.actions import effect as effect_module
from replenish.conditions.actions.effect import Effect, Why, Word, effect_of
from replenish.conditions.actions.judging import judge_actions
from replenish.conditions.actions.reading import action_of
from replenish.conditions.actions.told import Acting
from replenish.conditions.actions.writing import stop_action
from replenish.conditions.models import Action
from replenish.conditions.queries import releases

__all__ = ["instance", "prepared", "quick"]

HALF = tuple(LARGE["Surgery"])


@pytest.fixture
def large(instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch) -> RoundsWorld:
    return begin_rounds_world(monkeypatch, "Large House", LARGE)


def effect(world: RoundsWorld, acting: Acting) -> Effect:
    return effect_of(
        world.organisation, action_of(world.organisation, acting.action), releases(world.organisation)
    )


def test_before_there_is_anything_the_reason_is_said(
    large: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = running(large, "Fir")
    assert effect(large, early).why is Why.NO_ROUND_SINCE
    lived(monkeypatch, large)
    assert effect(large, early).why is Why.NO_ROUND_SINCE
    lived(monkeypatch, large)
    assert effect(large, early).why is Why.NO_ROUND_BEFORE


def test_an_action_that_lifts_half_of_the_groups_is_seen_with_its_interval(
    large: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        lived(monkeypatch, large)
    made = running(large, *HALF, in_days=0)
    for _ in range(3):
        lived(monkeypatch, large, lifted=HALF, by=25.0)
    found = effect(large, made)
    assert found.word is Word.HELPED
    assert found.why is None
    assert found.measured is not None
    assert (found.measured.groups_with, found.measured.groups_without) == (5, 5)
    assert found.measured.rounds_since == 3
    assert found.measured.low is not None
    assert found.measured.high is not None
    assert 8 < found.measured.low < 25 < found.measured.high < 45
    expected_lower = running(large, *HALF, in_days=0, expects="lower")
    assert effect(large, expected_lower).word is Word.CANNOT_TELL


def test_an_action_that_does_nothing_is_not_praised(
    large: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        lived(monkeypatch, large)
    made = running(large, *HALF, in_days=0)
    for _ in range(2):
        lived(monkeypatch, large)
    assert effect(large, made).word not in (Word.HELPED, Word.WORSE)


def test_few_groups_have_a_word_and_no_interval(large: RoundsWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        lived(monkeypatch, large)
    made = running(large, "Fir", "Yew", in_days=0)
    for _ in range(2):
        lived(monkeypatch, large, lifted=("Fir", "Yew"), by=30.0)
    found = effect(large, made)
    assert found.measured is not None
    assert found.measured.low is found.measured.high is found.measured.estimate is None
    assert [one.name for one in found.measured.cautions] == ["FEW_GROUPS"]


def test_rounds_in_which_it_begins_or_is_stopped_belong_to_neither_side(
    large: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived(monkeypatch, large)
    worlds.set_day(monkeypatch, clock.today() + timedelta(days=1))
    made = running(large, *HALF, in_days=7)
    lived(monkeypatch, large, lifted=HALF, by=25.0)
    assert effect(large, made).why is Why.NO_ROUND_SINCE
    stop_action(asker=large.staffed.steward, action=made.action, words="No cover")
    lived(monkeypatch, large, lifted=HALF, by=25.0)
    assert effect(large, made).why is Why.NEVER_BOTH


def test_groups_that_are_put_together_anew_are_a_gap(
    large: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The group with the action keeps its composition; the other four of its service shrink and merge."""
    for _ in range(3):
        lived(monkeypatch, large)
    large.staffed.declare(dict.fromkeys(("Yew", "Box", "Nut", "Gum"), 6))
    made = running(large, "Fir", in_days=0)
    voices = {**VOICES, **dict.fromkeys(("Yew", "Box", "Nut", "Gum"), 5)}
    lived(monkeypatch, large, voices=voices)
    found = effect(large, made)
    assert found.measured is not None
    assert (found.measured.groups_with, found.measured.groups_without) == (1, 5)


def test_groups_chosen_for_standing_low_come_back_by_themselves(
    large: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        lived(monkeypatch, large)
    low = sorted(LEVELS, key=LEVELS.__getitem__)[:4]
    release = releases(large.organisation)[-1].release.hash[:32]
    made = running(large, *low, in_days=0, because_low=True, release=release)
    lived(monkeypatch, large)
    found = effect(large, made)
    assert found.measured is not None
    assert found.measured.by_itself is not None
    assert 0 < found.measured.by_itself < 20


def test_the_night_works_it_out_and_a_page_reads_it_there(
    large: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        lived(monkeypatch, large)
    made = running(large, *HALF, in_days=0)
    planned(large, "Fir", in_days=3)
    for _ in range(5):
        lived(monkeypatch, large, lifted=HALF, by=25.0)
        judge_actions()
        judge_actions()
    assert len(Action.objects.get(id=made.action).judged) == 4
    by_day = effect(large, made)
    monkeypatch.setattr(effect_module, "judged_now", lambda _asked: None)
    assert effect(large, made) == by_day
    assert effect(large, made).word is Word.HELPED
    earlier = releases(large.organisation)[:-1]
    known = action_of(large.organisation, made.action)
    assert effect_of(large.organisation, known, earlier).word is Word.HELPED, "who reads later finds it too"
