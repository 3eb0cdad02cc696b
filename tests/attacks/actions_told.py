"""Numbers that pages about actions may say: each follows from a release, a plan, or our own texts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import astuple
from datetime import timedelta

import pytest
from tests.conditions import worlds
from tests.report.test_crawl import numbers_in
from tests.web.rounds_world import RoundsWorld

from replenish.basis import clock
from replenish.conditions.actions.effect import effect_of
from replenish.conditions.actions.foresight import foreseen
from replenish.conditions.actions.library.reading import read_library
from replenish.conditions.actions.reading import actions_of
from replenish.conditions.actions.told import Acting, Plan
from replenish.conditions.actions.writing import (
    finish_action,
    fix_plan,
    note_progress,
    plan_action,
    stop_action,
)
from replenish.conditions.queries import Published, releases
from replenish.disclosure.model_results import most_useful_first

NOTE = "Cover is named on each shift"


def try_something(world: RoundsWorld) -> None:
    """Three actions: for half of the organisation, by lot in all of it, and one that is given up."""
    steward = world.staffed.steward
    assert steward.account is not None
    today = clock.today()
    services = tuple(unit for name, unit in world.staffed.units.items() if name in ("Surgery", "Care"))
    named = Plan("process", steward.account, today, library="ten-minutes-after", units=services)
    lot = Plan("workload", steward.account, today, library="", words="No calls in breaks", kind="redesign")
    plans = [named]
    if "Surgery" in world.staffed.units:
        plans.append(Plan(**{**vars(lot), "waiting": 2, "waves": 2}))
    for plan in plans:
        action = plan_action(asker=steward, plan=plan)
        fix_plan(asker=steward, action=action)
        note_progress(asker=steward, action=action, words=NOTE)
    given_up = plan_action(
        asker=steward, plan=Plan(**{**vars(named), "first_day": today + timedelta(days=9)})
    )
    stop_action(asker=steward, action=given_up, words="There was no cover")


def end_something(patch: pytest.MonkeyPatch, world: RoundsWorld) -> None:
    """What ran longest is in place."""
    known = next(one for one in actions_of(world.organisation) if one.state == "running")
    worlds.set_day(patch, max(clock.today(), known.plan.first_day))
    finish_action(asker=world.staffed.steward, action=known.action)


def of_actions(world: RoundsWorld, silent: Collection[int]) -> set[float]:
    """What follows from the actions of an organisation and its releases.

    Args:
        world: whose they are.
        silent: rounds that some readers do not read yet.
    """
    published = releases(world.organisation)
    found: set[float] = set(range(len(actions_of(world.organisation)) + 1))
    for acting in actions_of(world.organisation):
        found |= _planned(world, acting)
        for read in (published, [one for one in published if one.round not in silent]):
            measured = effect_of(world.organisation, acting, read).measured
            found |= set(_numbers(astuple(measured)[:-1])) if measured is not None else set()
    return found | chances(published)


def _planned(world: RoundsWorld, acting: Acting) -> set[float]:
    promised = acting.promised or foreseen(world.organisation, acting.plan, dict(acting.starts))
    days = [acting.plan.first_day, acting.planned_on, *acting.days()]
    parts = {float(part) for day in days for part in (day.day, day.month, day.year)}
    return {float(acting.seed), *_numbers(astuple(promised)), *parts}


def _numbers(values: Sequence[object]) -> Iterator[float]:
    return (abs(float(one)) for one in values if isinstance(one, int))


def chances(published: Sequence[Published]) -> set[float]:
    """Chances in tenths that follow from the printed results of each release."""
    found: set[float] = set()
    for one in published:
        names = {result.condition for result in one.release.model_results} | {"meaning"}
        for told in most_useful_first(one.release.model_results, higher_is_better=names):
            found |= {float(round(10 * told.probability))} if told.probability is not None else set()
    return found


def without_library(text: str) -> str:
    """A page without the texts of the library, whose figures are those of studies."""
    for words in _LIBRARY:
        text = text.replace(words, " ")
    return text


def _said() -> Iterator[str]:
    for one in read_library():
        yield from (one.evidence.says, one.evidence.source)


_LIBRARY = sorted({words for words in _said() if numbers_in(words)}, key=len, reverse=True)
