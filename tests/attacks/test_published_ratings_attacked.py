"""The attack on an installation reads the chain of ratings as it reads the chain of rounds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from pytest_django import Settings
from tests.attacks.test_supervision_ratings import OTHERS, OWN, published

from replenish.cli.instance_published import doubts_about_published, proofs_of
from replenish.cli.instance_reading import read_tables
from replenish.conditions.ratings.published import row_of
from replenish.disclosure.attack.at_rest.snapshot import Snapshot

SEASONS = 3
TABLE = "conditions_publishedrating"


@pytest.fixture
def snapshot(db: None, settings: Settings, tmp_path: Path) -> Snapshot:
    settings.REPLENISH_KEYS = tmp_path / "keys"
    settings.REPLENISH_KEYS.mkdir(mode=0o700)
    said = np.array([25.0, 75.0] * ((OWN + sum(OTHERS.values())) // 2))
    for season, release in enumerate(published([said] * SEASONS, {"sue": OWN, **OTHERS}), 1):
        day = date(2026, season, 1)
        row_of(
            release, organisation="willow", round_id=f"round {season}", season=season, visible_from=day
        ).save()
    return Snapshot(0.0, tuple(read_tables()))


def test_the_chain_of_ratings_is_attacked_and_holds(snapshot: Snapshot) -> None:
    proofs = proofs_of(snapshot)
    assert list(proofs) == ["willow, each release about supervision"]
    assert all(report.holds for report in proofs.values())
    assert list(doubts_about_published(snapshot)) == []


@pytest.mark.parametrize(
    ("column", "value", "wrong"),
    [
        ("body", '{"hash": "other"}', "its signature does not fit"),
        ("number", 5, "it does not follow the release before it"),
        ("public_key", "ab" * 32, "they were signed with more than one key"),
    ],
)
def test_what_was_changed_in_it_is_found(
    snapshot: Snapshot, column: str, value: str | int, wrong: str
) -> None:
    table = snapshot.table(TABLE)
    assert table is not None
    place = table.columns.index(column)
    last = table.rows[-1]
    rows = (*table.rows[:-1], (*last[:place], value, *last[place + 1 :]))
    changed = tuple(replace(one, rows=rows) if one.name == TABLE else one for one in snapshot.tables)
    found = list(doubts_about_published(Snapshot(0.0, changed)))
    assert any(wrong in each.wrong and "about supervision" in each.place for each in found), found
