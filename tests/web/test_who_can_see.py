"""The page "Who can see what" names everything there is, and says of backups what backups do."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.test import Client

from replenish.disclosure.attack.at_rest.doors import ON_A_DEVICE
from replenish.safekeeping import policy
from replenish.web.public import what_there_is
from replenish.web.public.what_there_is import TOLD_ELSEWHERE, WHAT_THERE_IS


def told(client: Client) -> dict[str, tuple[str, str]]:
    page = client.get("/who-can-see-what/").text.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = re.findall(r'<th scope="row">([^<]*)</th><td>([^<]*)</td><td>([^<]*)</td>', page)
    return {what: (who, in_backup) for what, who, in_backup in rows}


def test_every_table_of_the_carers_side_has_a_row_or_is_told_elsewhere() -> None:
    there = {
        table._meta.db_table
        for room in ("voices", "debrief")
        for table in apps.get_app_config(room).get_models()
    }
    named = {table for row in WHAT_THERE_IS for table in row.tables}
    assert there - named == set(TOLD_ELSEWHERE)


def test_notes_asking_doubts_and_what_waits_are_told(client: Client) -> None:
    rows = told(client)
    assert len(rows) == len(WHAT_THERE_IS)
    for what in ("Your notes", "That you doubt the number of slips", "A check-in that waits on your device"):
        assert what in rows
    assert rows["Your notes"][1] == rows["Your answers, week by week"][1] == "Yes, locked"
    assert rows["That you asked for something for your team"][1] == "No"
    assert rows["How many slips were made and used"][1] == "Yes"
    assert "database replenish/waiting" in ON_A_DEVICE


def test_what_backups_keep_is_what_the_page_says(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(client)["That you doubt the number of slips"][1] == "No"
    monkeypatch.setattr(what_there_is, "KEPT", (*policy.KEPT, "voices_groupdoubt"))
    assert told(client)["That you doubt the number of slips"][1] == "Yes"
