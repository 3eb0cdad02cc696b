"""Half a year of a small organisation, lived through the real application, and what a thief finds of it.

The people, the days on which they answer and their answers are drawn; everything else is the application:
slips, seats, boxes, contributions, nights, backups and closes, on a database of its own. The thief gets every
backup, the whole database once in each round and once at the end, the releases and the log, and knows the
roster and every moment at which anybody was seen answering.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from tests.conditions import worlds

from replenish.basis import clock
from replenish.cli.instance_reading import database_bytes, read_archives, read_tables, tables_of_archive
from replenish.conditions import gate
from replenish.conditions.models import PublishedRelease, Round, Season
from replenish.disclosure.attack.at_rest.confidential import Answers
from replenish.disclosure.attack.at_rest.dump import Owners
from replenish.disclosure.attack.at_rest.knowledge import Knowledge, Member
from replenish.disclosure.attack.at_rest.snapshot import Snapshot
from replenish.safekeeping.backup import write_backup
from replenish.safekeeping.places import Places
from replenish.sealing import names
from replenish.sealing.secret import Secret
from replenish.site.quiet_logging import PlaceOnly
from replenish.voices import actions, nightly, slips
from replenish.voices.asked import asked_round, possible_answers
from replenish.voices.contributing import scores_of_round
from replenish.voices.models import GroupOfUnit, SeatSeason
from replenish.voices.rounds import OWN_PACKS
from replenish.voices.seats import known_seasons
from replenish.voices.stored_boxes import read_box

UNIT = ("Home", "Willow")
SEASON_ROUNDS = 3
EPOCH = date(1970, 1, 1)
FIRST_DAY = date(2026, 1, 5)
SURNAMES = (
    "Abel",
    "Brook",
    "Carver",
    "Dale",
    "Ellis",
    "Frost",
    "Grove",
    "Hale",
    "Irwin",
    "Joyce",
    "Keane",
    "Lowe",
)


@dataclass(frozen=True)
class Story:
    """What is drawn.

    Attributes:
        seed: of everything that is drawn, the secrets too.
        people: how many.
        rounds: how many rounds of four weeks.
        answering: chance that somebody checks in in a given week.
        night_every: days between nights; each night is followed by a backup.
        joining_days: days over which people draw their slips and come for the first time; 1 is the same day.
    """

    seed: int
    people: int = 12
    rounds: int = 6
    answering: float = 0.7
    night_every: int = 1
    joining_days: int = 1


@dataclass
class Person:
    """Somebody with a card, and the moments at which they were seen."""

    name: str
    secret: Secret
    joined: datetime
    seen: list[datetime] = field(default_factory=list)


@dataclass
class Lived:
    """What happened, and what the thief has of it."""

    story: Story
    people: list[Person]
    seasons: list[Season] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    copies: list[Snapshot] = field(default_factory=list)
    backups: list[Snapshot] = field(default_factory=list)
    truth: list[Answers] = field(default_factory=list)
    so_far: list[dict[str, int]] = field(default_factory=list)
    archives: dict[str, dict[str, bytes]] = field(default_factory=dict)
    round_keys: list[str] = field(default_factory=list)
    log: io.StringIO = field(default_factory=io.StringIO)

    @property
    def everything(self) -> tuple[Snapshot, ...]:
        """Backups and copies in the order of time."""
        return tuple(sorted([*self.copies, *self.backups], key=lambda copy: copy.moment))

    def knowledge(self) -> Knowledge:
        """What the thief knows besides."""
        # One unit, which is one group: everything the plans call it means the same people.
        groups = frozenset(
            str(cell)
            for copy in self.everything
            if (table := copy.table("voices_groupofunit")) is not None
            for column in ("unit", "group")
            for cell in table.column(column)
        )
        members = tuple(
            Member(each.name, groups, days(each.joined), tuple(days(moment) for moment in each.seen))
            for each in self.people
        )
        periods = {row.id: (day_number(row.starts_on), day_number(row.closes_on)) for row in self.rounds}
        for at, season in enumerate(self.seasons):
            first, last = (
                self.rounds[SEASON_ROUNDS * at],
                self.rounds[min(SEASON_ROUNDS * at + 2, len(self.rounds) - 1)],
            )
            periods[season.id] = (day_number(first.starts_on), day_number(last.closes_on))
        return Knowledge(members, periods, (groups,))

    def owners(self) -> Owners:
        """The truth, from the secrets: the names of rows as the running code derives them."""
        return {
            "seat": {
                (season.id, names.seat_name(each.secret, season.id)): each.name
                for each in self.people
                for season in self.seasons
            },
            "box": {("", names.box_name(each.secret)): each.name for each in self.people},
            "voice": {
                (row.id, names.voice_name(each.secret, row.id)): each.name
                for each in self.people
                for row in self.rounds
            },
        }


def days(moment: datetime) -> float:
    """A moment in days since 1970."""
    return moment.timestamp() / 86_400.0


def day_number(day: date) -> float:
    """A day in days since 1970."""
    return float((day - EPOCH).days)


def live(
    story: Story,
    folder: Path,
    patch: pytest.MonkeyPatch,
    *,
    each_night: Callable[[Lived], None] | None = None,
) -> Lived:
    """Live through the story on the database that is connected, and collect what a thief finds.

    Args:
        story: what is drawn.
        folder: where backups go.
        patch: sets the clock.
        each_night: called after each night and backup.
    """
    draw = np.random.default_rng(story.seed)
    lived = Lived(story, _people(story, draw))
    begins = FIRST_DAY - timedelta(days=2 + story.joining_days)
    with _logging_to(lived.log):
        _begin_season(lived, 1, FIRST_DAY, patch)
        _join(lived, begins, draw, patch)
        for number in range(story.rounds):
            _live_round(lived, number, folder, draw, patch, each_night)
        _set(
            patch, datetime.combine(lived.rounds[-1].closes_on + timedelta(days=2), datetime.min.time(), UTC)
        )
        nightly.rewrite()
        _copy(lived)
    return lived


def _people(story: Story, draw: np.random.Generator) -> list[Person]:
    """Names in the alphabet, cards in no order."""
    return [
        Person(
            f"{chr(65 + at % 26)}da {SURNAMES[at % len(SURNAMES)]}",
            Secret(draw.bytes(16)),
            datetime(2026, 1, 1, tzinfo=UTC),
        )
        for at in range(story.people)
    ]


def _set(patch: pytest.MonkeyPatch, moment: datetime) -> None:
    patch.setattr(clock, "now", lambda: moment)


def _begin_season(lived: Lived, number: int, starts_on: date, patch: pytest.MonkeyPatch) -> None:
    _set(patch, datetime.combine(starts_on - timedelta(days=7), datetime.min.time(), UTC))
    season = worlds.make_season({UNIT: lived.story.people}, number=number, starts_on=starts_on)
    if lived.seasons:
        SeatSeason.objects.filter(id=season.id).update(follows=lived.seasons[-1].id)
    lived.seasons.append(season)
    lived.rounds += list(Round.objects.filter(season=season).order_by("number_in_season"))[
        : lived.story.rounds - len(lived.rounds)
    ]


def _join(lived: Lived, begins: date, draw: np.random.Generator, patch: pytest.MonkeyPatch) -> None:
    season = lived.seasons[0]
    unit = next(iter(season.headcount))
    _set(patch, datetime.combine(begins, datetime.min.time(), UTC))
    codes = [slip.code for slip in slips.make_slips(season=season.id, counts={unit: len(lived.people)})]
    moments = sorted(
        datetime.combine(begins, datetime.min.time(), UTC) + timedelta(days=float(at))
        for at in draw.random(len(lived.people)) * lived.story.joining_days
    )
    for person, code, moment in zip(
        draw.permutation(np.array(lived.people, dtype=object)), codes, moments, strict=True
    ):
        _set(patch, moment)
        person.joined = moment
        actions.spend_slip(person.secret, code)
    _set(patch, moments[-1] + timedelta(hours=1))
    nightly.rewrite()


def _live_round(
    lived: Lived,
    number: int,
    folder: Path,
    draw: np.random.Generator,
    patch: pytest.MonkeyPatch,
    each_night: Callable[[Lived], None] | None,
) -> None:
    row = lived.rounds[number]
    _set(patch, datetime.combine(row.starts_on, datetime.min.time(), UTC))
    worlds.open_planned(row.season, row.number_in_season)
    lived.round_keys.append(_private_key(row.id))
    check_ins = sorted(_check_ins(lived, row, draw), key=lambda planned: planned[0])
    for day in range((row.closes_on - row.starts_on).days):
        today = row.starts_on + timedelta(days=day)
        for moment, person in check_ins:
            if moment.date() == today:
                _set(patch, moment)
                person.seen.append(moment)
                actions.check_in(person.secret, _answers(draw), iso_week(today))
        last = today == row.closes_on - timedelta(days=1)
        if last or day % lived.story.night_every == lived.story.night_every - 1:
            _set(patch, datetime.combine(today, datetime.max.time(), UTC))
            _night(lived, row, folder)
            if last:
                lived.truth.append(_truth(lived, row))
                _copy(lived)
            if each_night:
                each_night(lived)
    _close(lived, number, row, patch)


def _close(lived: Lived, number: int, row: Round, patch: pytest.MonkeyPatch) -> None:
    if (number + 1) % SEASON_ROUNDS == 0 and number + 1 < lived.story.rounds:
        _begin_season(lived, len(lived.seasons) + 1, row.closes_on, patch)
    _set(patch, datetime.combine(row.closes_on, datetime.min.time(), UTC) + timedelta(hours=1))
    gate.close(row.id)


def _check_ins(lived: Lived, row: Round, draw: np.random.Generator) -> Iterator[tuple[datetime, Person]]:
    midnight = datetime.combine(row.starts_on, datetime.min.time(), UTC)
    for week in range((row.closes_on - row.starts_on).days // 7):
        for person in lived.people:
            if draw.random() < lived.story.answering:
                yield midnight + timedelta(days=7 * week + 6 * float(draw.random())), person


def iso_week(day: date) -> str:
    """The week of a day, as 2026-W03."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def _answers(draw: np.random.Generator) -> dict[str, dict[str, float]]:
    return {
        pack: {item: float(draw.choice(list(allowed))) for item, allowed in possible_answers(pack).items()}
        for pack in OWN_PACKS
    }


def _night(lived: Lived, row: Round, folder: Path) -> None:
    nightly.rewrite()
    data = folder / "data"
    write_backup(Places(data, folder / "keys", keep=1), lambda _line: None)
    for name, entries in read_archives(data):
        copy = tables_of_archive(entries)
        lived.backups.append(Snapshot(days(clock.now()), copy.tables))
        lived.archives[name] = entries
    lived.so_far.append(
        {row.id: sum(any(row.starts_on <= at.date() for at in each.seen) for each in lived.people)}
    )


def _copy(lived: Lived) -> None:
    releases = "\n".join(PublishedRelease.objects.order_by("number").values_list("body", flat=True))
    texts = {"log": lived.log.getvalue(), "releases": releases}
    lived.copies.append(Snapshot(days(clock.now()) + 1e-6, tuple(read_tables()), database_bytes(), texts))


def _private_key(round_id: str) -> str:
    name = hashlib.sha256(round_id.encode()).hexdigest()
    text = (Path(settings.REPLENISH_KEYS) / "rounds" / f"{name}.key").read_text()
    return str(json.loads(text)["private"])


def _truth(lived: Lived, row: Round) -> Answers:
    """What each person contributes, from the boxes that only their secrets open."""
    known = next(each for season in known_seasons().values() for each in season.rounds if each.id == row.id)
    asked = asked_round(known.scales, known.packs)
    boxes = {person.name: read_box(person.secret) for person in lived.people}
    scored = {
        name: scores
        for name, box in boxes.items()
        if box is not None and (scores := scores_of_round(box, known, asked, known.starts_on)) is not None
    }
    columns = np.array(list(scored.values()))
    group = str(GroupOfUnit.objects.get(season=row.season_id).group)
    by_scale = {name: columns[:, at] for at, name in enumerate(asked.names)}
    return Answers(row.id, tuple(scored), (group,) * len(scored), by_scale)


@contextmanager
def _logging_to(log: io.StringIO) -> Iterator[None]:
    handler = logging.StreamHandler(log)
    handler.setFormatter(PlaceOnly())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
