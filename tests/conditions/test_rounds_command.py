"""`replenish rounds`, from planning to the release, as an operator types it."""

from __future__ import annotations

import argparse
import json
from datetime import timedelta
from pathlib import Path

import pytest
from tests.conditions import worlds
from tests.conditions.instances import Instance
from tests.conditions.organisations import staffed

from replenish.basis.errors import Refused
from replenish.basis.faults import PeopleFault
from replenish.basis.faults.rounds import RoundFault
from replenish.cli import rounds as command
from replenish.conditions import queries

BEGINS = worlds.BEGINS


def run(*arguments: object) -> int:
    """Run the command alone."""
    parser = argparse.ArgumentParser()
    command.add_command(parser.add_subparsers())
    chosen = parser.parse_args(["rounds", *map(str, arguments)])
    code: int = chosen.run(chosen)
    return code


def test_a_season_is_planned_paused_opened_closed_and_shown(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed()
    assert run("plan", "--pause", "2026-02-16..2026-02-22") == 0
    assert "Medicine: Elm and Oak" in capsys.readouterr().out
    assert run("open") == 0
    assert run("pause", "2026-01-12..2026-01-18") == 0
    assert run("close") == 0, "nothing is due"
    worlds.set_day(monkeypatch, queries.rounds(made.id)[0].closes_on)
    assert run("close") == 0
    capsys.readouterr()
    assert run("status", "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert [row["state"] for row in shown["rounds"]] == ["closed", "planned", "planned"]
    closes_on = BEGINS + timedelta(weeks=5)
    assert shown["rounds"][0]["closes_on"] == closes_on.isoformat()
    assert shown["rounds"][0]["visible_from"] == (closes_on + timedelta(days=1)).isoformat()
    assert run("cancel", shown["rounds"][1]["round"]) == 0
    assert run("status") == 0
    assert "cancelled" in capsys.readouterr().out


def test_slips_are_written_once_to_a_new_file(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    worlds.set_day(monkeypatch, BEGINS)
    made = staffed()
    run("plan")
    proposal = made.agree_on_slips(queries.seasons(made.id)[0].season, {"Ash": 3})
    taken = tmp_path / "taken.pdf"
    taken.write_bytes(b"")
    with pytest.raises(Refused) as refused:
        run("draw-slips", proposal, "--out", taken)
    assert refused.value.fault is RoundFault.SLIPS_FILE
    sheet = tmp_path / "slips.pdf"
    assert run("draw-slips", proposal, "--out", sheet) == 0
    assert sheet.read_bytes().startswith(b"%PDF")
    assert sheet.stat().st_mode & 0o077 == 0, "whoever reads the codes can take every seat"
    with pytest.raises(Refused) as refused:
        run("draw-slips", proposal, "--out", tmp_path / "again.pdf")
    assert refused.value.fault is PeopleFault.PROPOSAL_UNKNOWN
    assert not (tmp_path / "again.pdf").exists()
    with pytest.raises(Refused) as refused:
        run("draw-slips", proposal, "--out", tmp_path / "absent" / "slips.pdf")
    assert refused.value.fault is RoundFault.SLIPS_FILE
