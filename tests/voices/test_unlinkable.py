"""At rest nothing connects a seat, a box and a voice, nor two rounds of one person, nor any with a time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

import pytest
from django.apps import apps
from django.db import connection, models
from tests.voices.cards import FIRST_DAY, House, everything, week, weekly
from tests.voices.conftest import SetDay

from replenish.sealing.names import box_name, seat_name, voice_name
from replenish.sealing.secret import Secret
from replenish.voices.actions import check_in, edit_box, spend_slip
from replenish.voices.box_content import Reflection
from replenish.voices.models import Box, Contribution, Seat
from replenish.voices.nightly import rewrite
from replenish.voices.rounds import remove_round
from replenish.voices.slips import make_slips

TABLES = list(apps.get_app_config("voices").get_models())
ALLOWED = {
    models.CharField, models.BinaryField, models.IntegerField, models.BooleanField, models.DateField,
    models.JSONField, models.ForeignKey, models.TextField,
}  # fmt: skip
# The whole list of what is not a name, a seal or opaque text: a new field must be argued for here.
NUMBERS = {
    "ArrivingSeat.counts_from", "ArrivingSeat.moves_from", "Seat.counts_from", "Seat.moves_from",
    "OpenRound.number", "SlipDraw.made", "SlipDraw.used", "SlipDraw.withdrawn",
}  # fmt: skip
DATES = {
    "NightState.mixed_on", "OpenRound.starts_on", "OpenRound.closes_on", "SeatSeason.renew_until",
    "SlipDraw.expires_on",
}  # fmt: skip
OPAQUE = {"season", "unit", "group", "round_id", "moves_to", "follows", "draw_id"}
ABOUT_A_PERSON = {"ArrivingBox", "ArrivingSeat", "Box", "Contribution", "ErasedBox", "Seat", "Slip"}


def fields() -> Iterator[tuple[str, models.Field[object, object]]]:
    for table in TABLES:
        for field in table._meta.get_fields():
            if isinstance(field, models.Field):
                yield f"{table.__name__}.{field.name}", field


@pytest.mark.parametrize(
    ("name", "field"), list(fields()), ids=lambda part: part if isinstance(part, str) else ""
)
def test_a_field_is_of_a_kind_that_tells_no_time_and_no_order(
    name: str, field: models.Field[object, object]
) -> None:
    assert type(field) in ALLOWED
    assert not field.primary_key or type(field) is models.CharField, "no running numbers"
    assert not isinstance(field, models.IntegerField) or name in NUMBERS
    assert not isinstance(field, models.DateField) or name in DATES
    if isinstance(field, models.ForeignKey):
        assert field.related_model in TABLES, "no foreign key leaves the room"
    assert not getattr(field, "auto_now", False)


def test_nothing_outside_points_into_the_room() -> None:
    for table in apps.get_models():
        if table not in TABLES:
            for field in table._meta.get_fields():
                assert getattr(field, "related_model", None) not in TABLES, f"{table.__name__}.{field.name}"


def values() -> dict[tuple[str, str], set[object]]:
    """All values of every column of every table, as they lie in the database."""
    found: dict[tuple[str, str], set[object]] = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            columns = [str(field.column) for field in table._meta.local_concrete_fields]
            quoted = ", ".join(f'"{column}"' for column in columns)
            cursor.execute(f"SELECT {quoted} FROM {table._meta.db_table}")  # noqa: S608
            rows = cursor.fetchall()
            for at, column in enumerate(columns):
                cells = {bytes(row[at]) if isinstance(row[at], memoryview) else row[at] for row in rows}
                found[table.__name__, column] = cells
    return found


def live_two_months(house: House, on_day: SetDay) -> list[Secret]:
    """People who join, check in, write, move and stay away over two rounds, with a night after each day."""
    chance = random.Random(7)  # noqa: S311
    cards = [house.join(chance.choice(["oak", "elm", "ash"])) for _ in range(12)]
    for number in (1, 2):
        house.open_round(number)
        for day in range(28):
            today = FIRST_DAY + timedelta(days=28 * (number - 1) + day)
            on_day(today)
            for card in cards:
                if chance.random() < 0.15:
                    in_week = week((today - FIRST_DAY).days // 7)
                    check_in(card, chance.choice([weekly, everything])(chance.randint(0, 3)), in_week)
                    note = Reflection(week=in_week, topic="a", text="b" * chance.randint(1, 9))
                    edit_box(card, lambda box, note=note: box.with_reflection(note))  # type: ignore[misc]
            if day % 7 == 3:
                rewrite()
        if number == 1:
            cards += [house.join() for _ in range(3)]
            spend_slip(cards[0], make_slips(season=house.season, counts={"ash": 1})[0].code)
    return cards


def test_after_two_months_no_two_tables_share_a_value(house: House, on_day: SetDay) -> None:
    cards = live_two_months(house, on_day)
    remove_round("season-1-round-1")
    columns = values()
    personal = {
        key: cells for key, cells in columns.items() if key[0] in ABOUT_A_PERSON and key[1] not in OPAQUE
    }
    personal = {key: cells - {None, "", 1, 2, 3} for key, cells in personal.items()}
    assert {key[0] for key, cells in personal.items() if cells} >= {"Seat", "Box", "Contribution"}
    for one, other in combinations(personal, 2):
        assert not personal[one] & personal[other], f"{one} and {other} share a value"
    text = {key: {cell for cell in cells if isinstance(cell, str)} for key, cells in personal.items()}
    sealed = [cell for cells in columns.values() for cell in cells if isinstance(cell, bytes)]
    for key, names in text.items():
        for name in names:
            assert not any(name.encode() in blob or bytes.fromhex(name) in blob for blob in sealed), key
    assert Box.objects.count() == len(cards)
    shared = {"season", "unit", "group", "round_id"}
    assert {field.column for field in Contribution._meta.local_concrete_fields} & shared == {
        "group",
        "round_id",
    }
    assert {field.column for field in Seat._meta.local_concrete_fields} & shared == {"season", "unit"}


def test_two_rounds_of_a_person_have_names_that_only_the_secret_connects(house: House) -> None:
    cards = [Secret.new() for _ in range(50)]
    names = {name for card in cards for name in (
        seat_name(card, "season-1"), seat_name(card, "season-2"), box_name(card),
        voice_name(card, "season-1"), voice_name(card, "round-1"), voice_name(card, "round-2"),
    )}  # fmt: skip
    assert len(names) == 300


def test_a_box_tells_neither_unit_nor_round(house: House, on_day: SetDay) -> None:
    """Somebody who takes part in every round and somebody without a seat: rows of one size and one kind."""
    card, alone = house.join(), Secret.new()
    house.open_round(1)
    for person in (card, alone):
        check_in(person, everything(2), week())
    rewrite()
    assert len({len(bytes(row.wrapped)) for row in Box.objects.all()}) == 1


def test_no_day_of_writing_is_kept(house: House, on_day: SetDay) -> None:
    """Whatever happens on the nineteenth day of a round, its date is nowhere."""
    nineteenth = FIRST_DAY + timedelta(days=18)
    house.open_round(1)
    on_day(nineteenth)
    check_in(house.join(), everything(1), week(2))
    rewrite()
    # The day on which arrivals were last moved is the night's own, and the same whoever came.
    kept = {column: cells for column, cells in values().items() if column != ("NightState", "mixed_on")}
    dates = {cell for cells in kept.values() for cell in cells if isinstance(cell, date)}
    assert nineteenth not in dates
    allowed = {FIRST_DAY, FIRST_DAY + timedelta(days=28), FIRST_DAY + timedelta(days=14)}
    assert dates - allowed == {nineteenth + timedelta(days=14)}, "the last day of the slips made that day"
