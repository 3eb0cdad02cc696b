"""Half a year of invented organisations, week by week: nights, seasons, slips, and people at their pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from replenish.basis.clock import standing_at
from replenish.cli.demo.answers import WEEKS_IN_ROUND, Provided, Voice, draw
from replenish.cli.demo.carers import Carer, Pages
from replenish.cli.demo.changing import learn_together, say_what_was_kept, try_a_change
from replenish.cli.demo.debriefing import Incidents, set_up_register, write_down_incidents
from replenish.cli.demo.founding import Founded, TeamName, found, hand_out, plan
from replenish.cli.demo.happening import incidents_in
from replenish.cli.demo.invented import FAMILIES, ORGANISATIONS, Invented
from replenish.cli.demo.leading import agree_on_points, answer_rounds, set_up_accounts
from replenish.cli.demo.providing import enter
from replenish.cli.demo.supervising import supervise
from replenish.safekeeping.nightly import nightly

Tell = Callable[[str], None]

ROUNDS_CLOSED, ROUNDS_IN_SEASON = 6, 3
WEEKS_IN_SEASON = ROUNDS_IN_SEASON * WEEKS_IN_ROUND
WEEKS_WITHOUT_ROOMS = 12
RENEWED_IN = 2
"""The weeks in which a visit renews a seat of last season."""
BEFORE = timedelta(days=12)
JOINED_BEFORE = timedelta(days=5)
NIGHT, MORNING = time(2, 30), time(8, 10)
CHECKED_IN_TWICE = 0.35
"""So many of the invented carers check in twice in a round; the others once, so that it takes seconds."""


@dataclass(frozen=True)
class Calendar:
    """The days of a demo.

    Attributes:
        begins: the first day of the first round, a Monday.
        until: the last day that is invented; nothing happens on it yet.
    """

    begins: date
    until: date

    @classmethod
    def up_to(cls, today: date) -> Calendar:
        """Six rounds that are closed, the last of them a week or two ago, and a seventh that runs."""
        monday = today - timedelta(days=today.weekday())
        return cls(monday - timedelta(weeks=ROUNDS_CLOSED * WEEKS_IN_ROUND + 1), today)

    @property
    def rooms_from(self) -> date:
        """From this day on, the first of a month, supervision and debriefs are counted by their own pages."""
        week = self.monday(WEEKS_WITHOUT_ROOMS)
        return week if week.day == 1 else (week.replace(day=1) + timedelta(days=31)).replace(day=1)

    @property
    def weeks(self) -> range:
        """The weeks with at least one day before today, from 0."""
        return range(((self.until - self.begins).days + 6) // 7)

    def monday(self, week: int) -> date:
        """The first day of a week."""
        return self.begins + timedelta(weeks=week)


@dataclass
class Person:
    """An invented carer: what they say, and their browser."""

    voice: Voice
    carer: Carer
    is_shown: bool
    first_season: int

    @property
    def team(self) -> TeamName:
        """The service and the team."""
        return self.voice.service, self.voice.team


@dataclass(frozen=True)
class Lived:
    """An organisation after its half year.

    Attributes:
        shown: the one carer whose card is given away.
    """

    founded: Founded
    shown: Person


def live(calendar: Calendar, *, seed: int, tell: Tell) -> tuple[Lived, ...]:
    """Invent every organisation and let it live until today, one day after the other.

    The same seed and the same day publish the same; cards, codes and names of rows are made by chance.
    """
    pages = Pages()
    lives = [
        _Life(invented, calendar, pages, seed + 100 * place) for place, invented in enumerate(ORGANISATIONS)
    ]
    for life in lives:
        life.begin()
    for week in calendar.weeks:
        number, inside = divmod(week, WEEKS_IN_ROUND)
        if inside == 0 and number < ROUNDS_CLOSED:
            tell(f"round {number + 1} of {ROUNDS_CLOSED}")
        with standing_at(_at(calendar.monday(week), NIGHT)):
            nightly(lambda _: None)
        for life in lives:
            life.week(week)
    return tuple(life.lived() for life in lives)


class _Life:
    """One organisation on its way through the weeks."""

    def __init__(self, invented: Invented, calendar: Calendar, pages: Pages, seed: int) -> None:
        self.calendar, self.pages, self.random = calendar, pages, Random(seed)  # noqa: S311 - a replay
        drawn = draw(invented, rounds=ROUNDS_CLOSED + 1, seed=seed)
        voices, self.provided = drawn.voices, drawn.provided
        has_rooms = invented is FAMILIES
        self.rooms_from = calendar.rooms_from if has_rooms else date.max
        drawn_here = self.provided if has_rooms else ()
        self.incidents = Incidents(incidents_in(drawn_here, calendar.begins, self.rooms_from, seed))
        shown = _shown(invented, voices)
        self.people = [
            Person(voice, Carer(place), place == shown, _first_season(voice))
            for place, voice in enumerate(voices)
        ]
        with standing_at(_at(calendar.begins - BEFORE, MORNING)):
            self.founded = found(invented)

    def begin(self) -> None:
        with standing_at(_at(self.calendar.begins - BEFORE, time(9))):
            plan(self.founded, self.calendar.begins)
            set_up_accounts(self.founded)
            set_up_register(self.founded, self.rooms_from)
        self._join(0, _at(self.calendar.begins - JOINED_BEFORE, time(12)))

    def week(self, week: int) -> None:
        """What happens in a week after its first night."""
        season, inside = divmod(week, WEEKS_IN_SEASON)
        monday = self.calendar.monday(week)
        if inside == WEEKS_IN_SEASON - 1:
            with standing_at(_at(monday, time(10))):
                plan(self.founded, monday + timedelta(weeks=1))
            self._join(season + 1, _at(monday + timedelta(days=1), time(12)))
        self._lead(week, _at(monday + timedelta(days=1), time(10)))
        for moment, person in sorted(self._visits(week), key=lambda one: (one[0], one[1].carer.place)):
            with standing_at(moment):
                self._visit(person, week)
        # The last of a week, so that a demo that is opened has nothing late but what was left open.
        last = min(monday + timedelta(days=6), self.calendar.until - timedelta(days=1))
        with standing_at(_at(last, time(23))):
            write_down_incidents(self.founded, self.incidents, last)

    def lived(self) -> Lived:
        return Lived(self.founded, next(person for person in self.people if person.is_shown))

    def _lead(self, week: int, moment: datetime) -> None:
        """The day after a close is the leaders': they say what they will do before anybody reads a band."""
        if moment.date() < self.calendar.until:
            with standing_at(moment):
                if week and week % WEEKS_IN_ROUND == 0:
                    number = week // WEEKS_IN_ROUND - 1
                    enter(self.founded, self._by_hand(week), number, self.calendar.monday(week), self.random)
                answer_rounds(self.founded, moment.date())
                agree_on_points(self.founded, week, moment.date())
                say_what_was_kept(self.founded)
                try_a_change(self.founded, week, moment.date())
                learn_together(self.founded, week, moment.date())
                supervise(self.founded, self.rooms_from, moment.date())

    def _by_hand(self, week: int) -> tuple[Provided, ...]:
        """What was drawn for the teams, up to the month from which on pages count it by themselves."""
        return self.provided if self.calendar.monday(week) <= self.rooms_from else ()

    def _join(self, season: int, moment: datetime) -> None:
        """Those who begin with a season draw a slip; where there are none, one of them goes alone."""
        joining = [one for one in self.people if one.first_season == season]
        if moment.date() >= self.calendar.until:
            return
        with standing_at(moment):
            slips = hand_out(self.founded, Counter(one.team for one in joining))
            for person in joining:
                if slips:
                    self.pages.join(person.carer, slips[person.team].pop())
                elif person.is_shown:
                    self.pages.begin_alone(person.carer)

    def _visits(self, week: int) -> Iterator[tuple[datetime, Person]]:
        """Who opens their page in this week, and when."""
        for person in self.people:
            if not person.carer.has_card or not (self._checks_in(person, week) or self._renews(person, week)):
                continue
            day = self.random.choices(range(7), weights=(4, 4, 3, 3, 3, 1, 1))[0]
            moment = _at(self.calendar.monday(week) + timedelta(days=day), time(self.random.randrange(7, 22)))
            if moment.date() < self.calendar.until:
                yield moment, person

    def _checks_in(self, person: Person, week: int) -> bool:
        if week not in person.voice.weekly:
            return False
        return person.is_shown or week in _chosen_weeks(person, week // WEEKS_IN_ROUND)

    def _renews(self, person: Person, week: int) -> bool:
        season, inside = divmod(week, WEEKS_IN_SEASON)
        return inside == RENEWED_IN - 2 and season > person.first_season

    def _visit(self, person: Person, week: int) -> None:
        if not self._checks_in(person, week):
            self.pages.come_by(person.carer)
            return
        self.pages.check_in(person.carer, person.voice.weekly[week])
        number = week // WEEKS_IN_ROUND
        if week == _longer_in(person, number):
            self.pages.check_in(person.carer, person.voice.longer.get(number, {}), longer=True)


def _chosen_weeks(person: Person, number: int) -> list[int]:
    """The weeks of a round in which somebody checks in here: one or two of those in which they would."""
    weeks = [week for week in sorted(person.voice.weekly) if week // WEEKS_IN_ROUND == number]
    chance = Random(1_000 * person.carer.place + number)  # noqa: S311 - a replay
    return sorted(chance.sample(weeks, min(len(weeks), 1 + (chance.random() < CHECKED_IN_TWICE))))


def _longer_in(person: Person, number: int) -> int | None:
    """The week in which the longer set is answered: with the first check-in of the round."""
    if person.is_shown:
        weeks = [week for week in sorted(person.voice.weekly) if week // WEEKS_IN_ROUND == number]
    else:
        weeks = _chosen_weeks(person, number)
    return weeks[0] if weeks else None


def _first_season(voice: Voice) -> int:
    """The season in which somebody first has something to say; they draw their slip before it."""
    return min(voice.weekly, default=0) // WEEKS_IN_SEASON


def _shown(invented: Invented, voices: tuple[Voice, ...]) -> int:
    """The carer of the chosen team with the most to look back on."""
    those = [place for place, voice in enumerate(voices) if voice.team == invented.carer_team]
    return max(those, key=lambda place: (_first_season(voices[place]) == 0, len(voices[place].weekly)))


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, UTC)
