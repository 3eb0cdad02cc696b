"""Seeded faults at rest: each changes the real application, and the attack that should find it does.

The same small story is lived through each time. Without a fault no attack finds anything.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.sqlite3 import schema as plain_schema
from tests.attacks.dump_repetitions import schema_read_once
from tests.attacks.running_world import Lived, Story, live
from tests.attacks.thief import found_by, found_by_all, linked
from tests.conditions.instances import Instance, connected, instance, prepared

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.conditions import computing, gate, published
from replenish.disclosure.attack.at_rest.confidential import figures_of, kept_figures
from replenish.disclosure.attack.at_rest.leftovers import keys_of_closed_rounds
from replenish.disclosure.attack.at_rest.stored_sets import StoredSum, solve_for_everybody
from replenish.disclosure.release import to_plain
from replenish.safekeeping import backup, installation_keys
from replenish.sealing import names
from replenish.sealing.round_key import RoundKeys
from replenish.sealing.secret import Secret
from replenish.sealing.wrap_keys import WrapKeys
from replenish.site.quiet_logging import PlaceOnly
from replenish.site.sqlite.base import DatabaseSchemaEditor
from replenish.voices import actions, nightly, seats

pytestmark = pytest.mark.patient

__all__ = ["instance", "prepared"]

SMALL = Story(seed=5, rounds=1, answering=1.0, night_every=7)
Live = Callable[..., Lived]


@pytest.fixture
def lived(instance: Instance, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: Any) -> Iterator[Live]:  # noqa: ANN401
    """Live through a story, with whatever was seeded before; arrivals do not wait, a small story is short."""
    monkeypatch.setattr(nightly, "MIXED_EVERY", timedelta(0))

    def now(story: Story = SMALL, each_night: Callable[[Lived], None] | None = None) -> Lived:
        return live(story, tmp_path_factory.mktemp("backups"), monkeypatch, each_night=each_night)

    with schema_read_once():
        yield now


def run(statement: str, *parameters: str | float) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def after_check_in(patch: pytest.MonkeyPatch, also: Callable[[Secret], None]) -> None:
    """Let every check-in do something more."""
    check_in = actions.check_in

    def more(secret: Secret, *rest: Any) -> actions.CheckedIn:  # noqa: ANN401
        out = check_in(secret, *rest)
        also(secret)
        return out

    patch.setattr(actions, "check_in", more)


def test_without_a_fault_nothing_is_found(lived: Live, instance: Instance) -> None:
    story = lived()
    assert found_by_all(story) == {}
    files = [path.name for path in (instance.keys / "rounds").glob("*")]
    assert list(keys_of_closed_rounds(story.copies[-1], files)) == []


def test_insertion_order_kept_is_found(monkeypatch: pytest.MonkeyPatch, lived: Live, tmp_path: Path) -> None:
    """SQLite: tables with the hidden `rowid`, which rises with each insertion; PostgreSQL: no rewrite."""
    if connection.vendor == "sqlite":
        monkeypatch.setattr(DatabaseSchemaEditor, "table_sql", plain_schema.DatabaseSchemaEditor.table_sql)
        with connected(str(tmp_path / "numbered.sqlite3")):
            call_command("migrate", verbosity=0)
            story = lived()
    else:
        without_nights(monkeypatch)
        story = lived()
    hidden = "rowid" if connection.vendor == "sqlite" else "ctid"
    assert any(f"voices_contribution, {hidden}" in each for each in found_by("walk", story))
    # A row of PostgreSQL moves when it is written again: it then tells the last answer.
    told = "first answer" if hidden == "rowid" else "last answer"
    assert any(hidden in each and told in each for each in found_by("linked", story))


def without_nights(patch: pytest.MonkeyPatch) -> None:
    """A night that writes nothing anew, and a backup that does not mind."""
    patch.setattr(nightly, "_rewrap", lambda *_, **__: "")
    for step in ("_forget_older_keys", "_name_tonights_key", "clean_disk"):
        patch.setattr(nightly, step, lambda: None)
    patch.setattr(backup, "_fresh_wrap_keys", lambda used, _: installation_keys.wrap_keys(used))


def test_a_hidden_last_seen_column_is_found(monkeypatch: pytest.MonkeyPatch, lived: Live) -> None:
    run("ALTER TABLE voices_seat ADD COLUMN last_seen text")

    def note(secret: Secret) -> None:
        for season in _seasons():
            name = names.seat_name(secret, season)
            run("UPDATE voices_seat SET last_seen = %s WHERE name = %s", clock.now().isoformat(), name)

    after_check_in(monkeypatch, note)
    story = lived()
    assert any("last_seen: a column that nobody" in each for each in found_by("walk", story))
    assert any("last_seen: it tells a time of day" in each for each in found_by("walk", story))
    assert any("seat - person through" in each and "last_seen" in each for each in found_by("linked", story))


def _seasons() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM voices_seatseason")
        return [str(row[0]) for row in cursor.fetchall()]


def test_a_date_finer_than_the_round_is_found(monkeypatch: pytest.MonkeyPatch, lived: Live) -> None:
    run("ALTER TABLE voices_contribution ADD COLUMN made_on text")
    put = "UPDATE voices_contribution SET made_on = %s WHERE made_on IS NULL"
    after_check_in(monkeypatch, lambda _: run(put, clock.today().isoformat()))
    story = lived()
    assert any("made_on: it tells a date on a carer's row" in each for each in found_by("walk", story))


def test_a_seat_and_a_box_that_share_a_value_are_found(monkeypatch: pytest.MonkeyPatch, lived: Live) -> None:
    purpose = names._purpose

    def one_for_both(what: str, which: str | None = None) -> bytes:
        return b"member" if what in ("seat", "box") else purpose(what, which)

    monkeypatch.setattr(names, "_purpose", one_for_both)
    story = lived()
    assert any("voices_box.name and voices_seat.name" in each for each in found_by("walk", story))
    assert any("seat - box through the same words" in each for each in found_by("linked", story))


def test_a_voice_that_is_the_same_in_every_round_is_found(
    monkeypatch: pytest.MonkeyPatch, lived: Live
) -> None:
    purpose = names._purpose
    monkeypatch.setattr(
        names, "_purpose", lambda what, which=None: b"voice" if what == "voice" else purpose(what, which)
    )
    report = linked(lived(Story(seed=5, rounds=2, answering=1.0, night_every=14)))
    assert any(
        (link.left, link.right, link.trace) == ("voice", "voice", "the same words or numbers")
        for link in report.found
    )


def test_a_unit_beside_answers_is_found(monkeypatch: pytest.MonkeyPatch, lived: Live) -> None:
    monkeypatch.setattr(seats.FoundSeat, "group_in", lambda seat, _number: seat.unit)
    story = lived()
    assert any("voices_contribution.group: answers stand beside" in each for each in found_by("walk", story))


def test_a_key_that_is_not_destroyed_is_found(
    monkeypatch: pytest.MonkeyPatch,
    lived: Live,
    instance: Instance,
) -> None:
    monkeypatch.setattr(RoundKeys, "destroy", lambda *_: True)
    story = lived()
    files = [path.name for path in (instance.keys / "rounds").glob("*")]
    assert len(list(keys_of_closed_rounds(story.copies[-1], files))) == 1


def test_contributions_that_stay_are_found(monkeypatch: pytest.MonkeyPatch, lived: Live) -> None:
    monkeypatch.setattr(gate, "delete_contributions", lambda _: 0)
    monkeypatch.setattr(gate, "remove_round", lambda _: False)
    story = lived()
    assert any("answers of a closed round are still there" in each for each in found_by("left behind", story))


def test_a_backup_with_the_key_of_a_round_is_found(
    monkeypatch: pytest.MonkeyPatch,
    lived: Live,
    instance: Instance,
) -> None:
    """Under a harmless name, so that only its content can betray it."""
    write = backup._write_data

    def with_keys(archive: Any, *rest: Any) -> Any:  # noqa: ANN401
        for at, path in enumerate((instance.keys / "rounds").glob("*.key")):
            archive.writestr(f"notes/{at}.txt", path.read_bytes())
        return write(archive, *rest)

    monkeypatch.setattr(backup, "_write_data", with_keys)
    story = lived()
    assert any(
        "notes/0.txt: the key of a round lies in a backup" in each
        for each in found_by("keys in backups", story)
    )


def test_a_log_line_with_the_name_of_a_box_is_found(monkeypatch: pytest.MonkeyPatch, lived: Live) -> None:
    """Two faults are needed: the line, and a format that writes what lines say."""
    log = logging.getLogger("replenish.voices")
    after_check_in(monkeypatch, lambda secret: log.warning("saved /my/box/%s", names.box_name(secret)))
    monkeypatch.setattr(PlaceOnly, "format", logging.Formatter.format)
    story = lived()
    assert any("the random name of a row" in each for each in found_by("log", story))
    assert any("a page of one person" in each for each in found_by("log", story))


def test_a_log_line_with_a_name_is_not_written_by_the_quiet_format(
    monkeypatch: pytest.MonkeyPatch, lived: Live
) -> None:
    log = logging.getLogger("replenish.voices")
    after_check_in(monkeypatch, lambda secret: log.warning("saved /my/box/%s", names.box_name(secret)))
    story = lived(Story(seed=5, rounds=1, answering=0.3, night_every=28))
    assert "WARNING replenish.voices" in story.log.getvalue()
    assert found_by("log", story) == []


def test_a_live_count_is_found(monkeypatch: pytest.MonkeyPatch, lived: Live) -> None:
    run("ALTER TABLE voices_openround ADD COLUMN answered integer")
    count = "UPDATE voices_openround SET answered = (SELECT COUNT(*) FROM voices_contribution)"
    after_check_in(monkeypatch, lambda _: run(count))
    story = lived(Story(seed=6, rounds=1, answering=0.4, night_every=4))
    assert any("voices_openround.answered" in each for each in found_by("live counts", story))


def test_an_exact_n_in_a_release_is_found(monkeypatch: pytest.MonkeyPatch, lived: Live) -> None:
    def with_n(release: Any) -> Any:  # noqa: ANN401
        out: Any = to_plain(release)
        for group in out["groups"]:
            group["n"] = 12
        return out

    monkeypatch.setattr(published, "to_plain", with_n)
    assert any("exact n printed" in each for each in found_by("proved", lived()))


def test_a_second_sum_over_all_but_one_is_found_and_gives_that_answer(
    monkeypatch: pytest.MonkeyPatch, lived: Live
) -> None:
    """The backup refuses a table that nobody decided about; here somebody decided wrongly."""

    def keeping(terms: Any, groups: Any, scores: Any) -> Any:  # noqa: ANN401
        run("CREATE TABLE conditions_sums (what text PRIMARY KEY, total real)")
        for name, column in scores.items():
            for what, rows in ((f"{name} all", column), (f"{name} without the newest", column[1:])):
                run("INSERT INTO conditions_sums VALUES (%s, %s)", what, float(np.nansum(rows)))
        return computing.compute(terms, groups, scores)

    monkeypatch.setattr(gate, "compute", keeping)
    story = lived()
    assert any("conditions_sums: a table that nobody" in each for each in found_by("walk", story))
    kept = kept_figures(story.copies[-1:], list(figures_of(story.truth[0])))
    sums = [
        StoredSum(one.place, one.figure.question, one.figure.people, one.figure.value, one.figure.value)
        for one in kept
        if one.figure.what == "sum" and one.place.startswith("conditions_sums")
    ]
    solved = solve_for_everybody(sums, 0.0, 100.0, floor=7)
    assert solved.differences
    truth = story.truth[0]
    for difference in solved.differences:
        (person,) = difference.people
        own = truth.scores[difference.question][truth.people.index(person)]
        assert difference.low == pytest.approx(own, abs=1e-6)


def test_a_night_without_a_rewrite_is_found(monkeypatch: pytest.MonkeyPatch, lived: Live) -> None:
    """Three defences must fail: the rewrite, the night's own count, and the backup's look at the keys."""
    monkeypatch.setattr(nightly, "_rewrap", lambda *_, **__: "")
    with pytest.raises(Refused):
        lived()


def test_boxes_that_change_only_when_used_are_found(monkeypatch: pytest.MonkeyPatch, lived: Live) -> None:
    without_nights(monkeypatch)
    story = lived(Story(seed=5, rounds=1, answering=0.5, night_every=7))
    assert any("the nightly rewrite did not happen" in each for each in found_by("unchanged", story))


def test_a_wrap_key_used_twice_is_found(monkeypatch: pytest.MonkeyPatch, lived: Live) -> None:
    new = WrapKeys.new
    monkeypatch.setattr(WrapKeys, "new", lambda keys: keys.current() if keys.ids() else new(keys))
    monkeypatch.setattr(backup, "_fresh_wrap_keys", lambda used, _: installation_keys.wrap_keys(used))
    story = lived()
    assert any("both nights used the same key" in each for each in found_by("unchanged", story))
