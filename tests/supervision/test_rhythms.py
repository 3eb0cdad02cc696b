"""Rhythms of supervision: each number has a source, a mark and a day; a changed file changes what is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from replenish.basis.errors import Refused
from replenish.supervision import rhythms
from replenish.supervision.due import due_days, next_due, working_days_after
from replenish.supervision.rhythms import (
    LIMIT_CODES,
    LIMITS,
    SHIPPED,
    Length,
    Stage,
    limits,
    read_limits,
    read_rhythms,
    rhythm,
    rhythm_files,
)

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
LENGTHS = st.one_of(
    st.builds(Length, weeks=st.integers(1, 30)),
    st.builds(Length, months=st.integers(1, 12)),
    st.builds(Length, days=st.integers(1, 200)),
)
STAGES = st.builds(
    lambda first, last: (*first, last),
    st.lists(st.builds(Stage, every=LENGTHS, lasts=LENGTHS), max_size=2),
    st.builds(Stage, every=LENGTHS),
)


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """The folder of an installation with files of its own."""
    settings.REPLENISH_INSTANCE = tmp_path
    (tmp_path / rhythms.OWN_RHYTHMS).mkdir(parents=True)
    forget()
    yield tmp_path / rhythms.OWN_RHYTHMS
    forget()


def forget() -> None:
    rhythm_files.cache_clear()
    limits.cache_clear()


def broken(name: str, **changes: object) -> dict[str, object]:
    file = yaml.safe_load((SHIPPED / name).read_text("utf-8"))
    file["rhythms"][0] |= changes
    return dict(file)


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_each_shipped_rhythm_says_where_it_is_written(path: Path) -> None:
    for one in read_rhythms(path).rhythms:
        assert {source.about for source in one.sources} >= {"rhythm"}
        for source in one.sources:
            assert source.checked_on <= date(2026, 11, 30)
            assert (source.mark == "A") == source.source.startswith("No source")


def test_the_facts_of_newly_qualified_social_workers_stand_as_in_their_source() -> None:
    found = rhythm("england-social-work-newly-qualified")
    assert found is not None
    assert found.minutes == 90
    days = due_days(found.stages, date(2027, 1, 4), date(2027, 12, 31))
    gaps = [(later - day).days for day, later in pairwise(days)]
    assert days[0] == date(2027, 1, 11)
    assert gaps[:5] == [7] * 5, "weekly for six weeks"
    assert gaps[5:17] == [14] * 12, "every two weeks for six months"
    assert all(28 <= gap <= 31 for gap in gaps[17:]), "then monthly"


def test_every_limit_is_there_and_has_its_source() -> None:
    found = read_limits(LIMITS)
    assert set(found) == set(LIMIT_CODES)
    assert found[rhythms.REBOOK].number == 10


@pytest.mark.parametrize(
    "changes",
    [
        {"minutes": 60},
        {"sources": []},
        {"sources": [{"about": "length", "source": "x", "mark": "S", "checked_on": "2026-11-23"}]},
        {"sources": [{"about": "rhythm", "source": "x", "mark": "Z", "checked_on": "2026-11-23"}]},
        {"sources": [{"about": "rhythm", "source": "x", "mark": "S"}]},
        {"stages": [{"every": {"weeks": 1}, "lasts": {"weeks": 6}}]},
        {"stages": [{"every": {"weeks": 1}}, {"every": {"months": 1}}]},
        {"stages": [{"every": {"weeks": 1, "months": 1}}]},
        {"stages": [{"every": {"days": 0}}]},
        {"stages": [{"every": {}}]},
        {"streak": 3},
    ],
)
def test_an_entry_without_its_source_or_its_end_is_refused(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(yaml.safe_dump(broken("england-early-years.yaml", **changes)), "utf-8")
    with pytest.raises(Refused, match="cannot be used"):
        read_rhythms(path)


def test_a_changed_file_of_the_installation_changes_what_is_due(own: Path) -> None:
    shipped = rhythm("england-social-work")
    changed = broken("england-social-work.yaml")
    changed["rhythms"][1]["stages"] = [{"every": {"weeks": 2}}]  # type: ignore[index]
    (own / "england-social-work.yaml").write_text(yaml.safe_dump(changed), "utf-8")
    forget()
    found = rhythm("england-social-work")
    assert shipped is not None
    assert found is not None
    assert shipped.stages != found.stages == (Stage(every=Length(weeks=2)),)


def test_a_further_file_is_read_beside_the_others_but_no_code_stands_twice(own: Path) -> None:
    further = broken("england-early-years.yaml", code="our-hostel")
    (own / "ours.yaml").write_text(yaml.safe_dump(further), "utf-8")
    forget()
    assert rhythm("our-hostel") is not None
    assert rhythm("england-early-years") is not None
    (own / "ours.yaml").write_text(yaml.safe_dump(broken("england-early-years.yaml")), "utf-8")
    forget()
    with pytest.raises(Refused, match="another file"):
        rhythm_files()


@given(stages=STAGES, begins=DAYS, days=st.integers(0, 1500), cut=st.integers(0, 1500))
def test_due_days_rise_and_a_later_look_takes_none_back(
    stages: tuple[Stage, ...], begins: date, days: int, cut: int
) -> None:
    until = begins + timedelta(days)
    found = due_days(stages, begins, until)
    assert list(found) == sorted(set(found))
    assert all(begins < day <= until for day in found)
    earlier = begins + timedelta(min(days, cut))
    assert due_days(stages, begins, earlier) == tuple(day for day in found if day <= earlier)


@given(stages=STAGES, begins=DAYS, days=st.integers(-60, 1200))
def test_the_next_due_day_is_the_first_after_the_day(
    stages: tuple[Stage, ...], begins: date, days: int
) -> None:
    after = begins + timedelta(days)
    found = next_due(stages, begins, after)
    assert found is not None
    assert found > after
    assert [day for day in due_days(stages, begins, found) if day > after] == [found]


def test_the_last_day_of_a_month_comes_back_after_a_shorter_one() -> None:
    monthly = (Stage(every=Length(months=1)),)
    found = due_days(monthly, date(2027, 1, 31), date(2027, 4, 30))
    assert found == (date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30))


def test_a_rhythm_without_a_time_has_no_due_days() -> None:
    found = rhythm("england-early-years")
    assert found is not None
    assert due_days(found.stages, date(2027, 1, 1), date(2030, 1, 1)) == ()
    assert next_due(found.stages, date(2027, 1, 1), date(2027, 1, 1)) is None


@given(day=DAYS, number=st.integers(0, 60))
def test_working_days_leave_weekends_out(day: date, number: int) -> None:
    found = working_days_after(day, number)
    between = [day + timedelta(step) for step in range(1, (found - day).days + 1)]
    assert sum(one.weekday() < 5 for one in between) == number
