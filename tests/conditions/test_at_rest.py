"""After a close nothing remains that depends on the answers, but the published bands and size classes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.db import connection, transaction
from tests.conditions import worlds
from tests.conditions.instances import Instance, Prepared, copied

from replenish.conditions import gate
from replenish.conditions.models import Round
from replenish.sealing.signing import InstanceSigner
from replenish.voices.models import Contribution
from replenish.voices.night_key import key_for_writing


def _everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    found = {}
    for table in sorted(connection.introspection.table_names()):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            found[table] = sorted(map(tuple, cursor.fetchall()), key=repr)
    return found


def _scores(rng: np.random.Generator, groups: list[str]) -> dict[str, Any]:
    """Answers whose mean lies well inside the band from 50 to 62.5, whoever gives them."""
    return {
        name: np.round(rng.uniform(54.0, 59.0, len(groups)), 3)
        for name in sorted(scale["name"] for scale in Round.objects.get(number=1).asked)
    }


def test_other_answers_and_other_numbers_of_them_leave_the_same_database(
    instance: Instance,
    prepared: Prepared,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,  # noqa: ANN401
) -> None:
    """Same bands and same size classes, and not one byte of any table differs: nothing else is kept."""
    season = worlds.make_season()
    row = worlds.open_planned(season)
    InstanceSigner(instance.keys).public_key()
    with transaction.atomic():
        key_for_writing()
    connection.close()
    kept: list[dict[str, list[tuple[object, ...]]]] = []
    for name, voices in (("one", {"Ash": 9, "Yew": 8}), ("other", {"Ash": 12, "Yew": 7})):
        folder = instance.folder / name
        folder.mkdir()
        shutil.copytree(instance.keys, folder / "keys")
        with copied(Prepared(instance.database, prepared.vendor), folder) as made:
            settings.REPLENISH_KEYS = made.keys
            groups = worlds.groups_of(season, voices)
            scores = _scores(np.random.default_rng(len(kept)), groups)
            worlds.contribute(row, groups, scores, salt=name)
            worlds.set_day(monkeypatch, row.closes_on)
            gate.close(row.id)
            kept.append(_everything())
    assert kept[0].keys() == kept[1].keys()
    assert kept[0]["conditions_publishedrelease"]
    for table, rows in kept[0].items():
        assert rows == kept[1][table], table


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the files of SQLite")
def test_no_contribution_is_left_in_the_files_of_the_database(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = worlds.ready_to_close(monkeypatch)
    sealed = [bytes(one) for one in Contribution.objects.values_list("sealed", flat=True)]
    voices = list(Contribution.objects.values_list("voice", flat=True))

    def found() -> int:
        content = b"".join(path.read_bytes() for path in Path(instance.folder).glob("replenish.sqlite3*"))
        return sum(one[20:60] in content for one in sealed) + sum(one.encode() in content for one in voices)

    assert found() == 2 * len(sealed), "the search finds them while they are there"
    gate.close(row.id)
    assert found() == 0
