"""`replenish attack --instance` on a living installation, as it is and with things that must not be there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from tests.attacks.running_world import Story, live
from tests.conditions.instances import Instance, instance, prepared

from replenish.cli.main import main

pytestmark = pytest.mark.patient

__all__ = ["instance", "prepared"]


@dataclass(frozen=True)
class Installed:
    """An installation that has lived through a season, its backups, and the log of its server."""

    instance: Instance
    backups: Path
    log: Path


@pytest.fixture
def installed(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Installed:
    folder = tmp_path_factory.mktemp("elsewhere")
    live(Story(seed=3, rounds=1, night_every=14, answering=0.9), folder, monkeypatch)
    log = folder / "server.log"
    log.write_text("INFO server at wsgi:12\n", encoding="utf-8")
    return Installed(instance, folder / "data", log)


def attack(installed: Installed, *more: str) -> int:
    return main(
        ["attack", "--instance", "--backups", str(installed.backups), "--log", str(installed.log), *more]
    )


def test_a_sound_installation_gives_a_page_that_can_be_shown(
    installed: Installed, capsys: pytest.CaptureFixture[str]
) -> None:
    page = installed.log.with_name("report.html")
    code = attack(installed, "--report", str(page))
    said = capsys.readouterr().out
    assert code == 0, said
    assert said.startswith("Nothing was found that tells who answered what.")
    assert ("The keys lie on the same volume" in said) == (connection.vendor == "sqlite")
    written = page.read_text(encoding="utf-8")
    assert "What this cannot show" in written
    assert "<script" not in written
    assert "http" not in written.replace("http-equiv", "").replace("no-referrer", "")


def test_what_must_not_be_there_is_found_and_told_in_json(
    installed: Installed, capsys: pytest.CaptureFixture[str]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE voices_seat ADD COLUMN last_seen text")
        cursor.execute("UPDATE voices_seat SET last_seen = '2026-03-01T10:00:00'")
        cursor.execute(f"DROP TRIGGER {trigger_of('ledger_entry', cursor)}")
    installed.log.write_text('203.0.113.9 "GET /my/check-in/" 200 "Mozilla/5.0"\n', encoding="utf-8")
    installed.instance.keys.chmod(0o755)
    (installed.instance.keys / "rounds" / "left.key").write_text("{}", encoding="utf-8")
    (installed.backups / "keys.txt").write_text('{"private": "' + "ab" * 32 + '"}', encoding="utf-8")
    assert attack(installed, "--json") == 1
    checks = {check["name"]: check for check in json.loads(capsys.readouterr().out)["checks"]}
    found = {name: [each["place"] for each in check["found"]] for name, check in checks.items()}
    assert "voices_seat.last_seen" in found["rows"]
    assert found["closed rounds"] == ["left.key"]
    assert any("left.key" in place for place in found["keys"])
    assert found["backups"] == ["keys.txt, keys.txt"]
    assert found["logs"] == ["server.log, line 1"] * 3
    assert found["once"] == ["ledger_entry"]
    assert found["releases"] == []


def trigger_of(table: str, cursor: object) -> str:
    assert hasattr(cursor, "execute")
    assert hasattr(cursor, "fetchall")
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        return str(cursor.fetchall()[0][0])
    cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table])
    return f"{cursor.fetchall()[0][0]} ON {table}"


def test_a_changed_release_and_a_changed_ledger_are_found(
    installed: Installed, capsys: pytest.CaptureFixture[str]
) -> None:
    with connection.cursor() as cursor:
        for table in ("conditions_publishedrelease", "ledger_entry"):
            while True:
                try:
                    cursor.execute(f"DROP TRIGGER {trigger_of(table, cursor)}")
                except IndexError:
                    break
        cursor.execute("UPDATE conditions_publishedrelease SET body = replace(body, '7-12', '13-24')")
        cursor.execute("UPDATE ledger_entry SET actor = 'nobody' WHERE number = 2")
    assert attack(installed, "--json") == 1
    checks = {check["name"]: check for check in json.loads(capsys.readouterr().out)["checks"]}
    wrong = " ".join(each["wrong"] for each in checks["once"]["found"])
    assert "its signature does not fit" in wrong
    assert "it was changed after it was written" in wrong


def test_nothing_named_to_attack_is_refused_calmly(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["attack"]) == 2
    assert "Nothing was named to attack" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_refused(
    installed: Installed, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["attack", "--instance", "--backups", str(installed.backups / "none")]) == 2
    assert "there is no such file or folder" in capsys.readouterr().err.lower()
