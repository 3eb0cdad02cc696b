"""The dump attack on the real application: twelve people, six rounds, and everything a thief can carry away.

The thief has every backup, the whole database once in each round and once at the end, the log and the
releases, and was there whenever anybody answered.
"""

from __future__ import annotations

import os
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from tests.attacks.dump_repetitions import in_processes, repeat, schema_read_once
from tests.attacks.running_world import Story, live
from tests.attacks.thief import linked
from tests.conditions.instances import Instance, instance, prepared

from replenish.disclosure.attack.at_rest.dump import DumpReport, report_of
from replenish.voices import nightly

__all__ = ["instance", "prepared"]

REPETITIONS = 1_000
OF_ANSWERS = [("voice", "person"), ("voice", "box"), ("voice", "voice"), ("voice", "seat")]
OF_PLACES = [("box", "person"), ("seat", "person"), ("seat", "box"), ("seat", "seat")]


def attacked(story: Story, patch: pytest.MonkeyPatch, folders: Any) -> DumpReport:  # noqa: ANN401
    with schema_read_once():
        return linked(live(story, folders.mktemp("backups"), patch))


@pytest.mark.patient
def test_half_a_year_of_backups_names_nobody(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    report = attacked(Story(seed=11, night_every=28), monkeypatch, tmp_path_factory)
    assert report.holds, report.found
    answers = report.all_together("voice", "person")
    assert answers is not None
    assert answers.tried > 60
    assert len(report.links) > 150


@cache
def repeated() -> DumpReport:
    return in_processes(REPETITIONS, os.cpu_count() or 1)


@pytest.mark.thorough
@pytest.mark.parametrize(("left", "right"), OF_ANSWERS)
def test_in_a_thousand_half_years_no_answer_is_named_more_often_than_by_chance(left: str, right: str) -> None:
    report = repeated()
    told = report.all_together(left, right)
    assert told is not None
    low, high = told.interval
    print(f"\n{REPETITIONS} repetitions: {told}; most telling trace: {report.best(left, right)}")  # noqa: T201
    assert [link for link in report.found if (link.left, link.right) == (left, right)] == []
    assert low - 0.005 < told.expected < high + 0.005


@pytest.mark.thorough
def test_a_thief_of_every_nights_backup_cannot_tell_whose_box_is_new(
    django_db_blocker: Any,  # noqa: ANN401 - untyped in pytest-django
) -> None:
    with django_db_blocker.unblock():
        report = report_of([tried for tried, _ in repeat(first=1, count=5, rounds=1, night_every=1)], 29)
    told = [link for link in report.found if (link.left, link.right) in OF_PLACES]
    print("", *told, sep="\n")  # noqa: T201
    assert told == []


@pytest.mark.thorough
def test_seeded_fault_without_the_waiting_a_thief_can_tell(
    django_db_blocker: Any,  # noqa: ANN401 - untyped in pytest-django
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nightly, "MIXED_EVERY", timedelta(0))
    with django_db_blocker.unblock():
        report = report_of([tried for tried, _ in repeat(first=1, count=5, rounds=1, night_every=1)], 29)
    told = {(link.left, link.right) for link in report.found}
    assert ("box", "person") in told
