"""The command that serves: what it prepares, what it refuses, and a real server that starts and stops."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

import pytest
from pytest_django import Settings

from replenish.basis.errors import Refused
from replenish.basis.faults import WebFault
from replenish.cli.main import main
from replenish.cli.serve import first_night, night_is_due, prepare_folders, server_command
from replenish.site.checks import require_fit_to_serve
from replenish.web.public.help_lines import directory


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_folders_and_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    instance, keys = tmp_path / "instance", tmp_path / "elsewhere" / "keys"
    instance.mkdir(mode=0o755)
    prepare_folders(instance, keys)
    assert (mode(instance), mode(keys), mode(keys / "forms.key")) == (0o700, 0o700, 0o600)
    written = (keys / "forms.key").read_text()
    assert len(written) >= 50
    prepare_folders(instance, keys)
    assert (keys / "forms.key").read_text() == written, "a key that changed would refuse every open form"
    assert [path.name for path in keys.iterdir()] == ["forms.key"]


@pytest.mark.parametrize(("database", "threads"), [("sqlite", "1"), ("postgresql", "4")])
def test_the_server_writes_no_line_about_requests(database: str, threads: str) -> None:
    command = server_command("127.0.0.1", 8410, database)
    assert "--no-access-log" in command
    assert command[command.index("--interface") + 1] == "wsgi"
    assert command[command.index("--workers") + 1] == "2"
    assert command[command.index("--blocking-threads") + 1] == threads


def test_an_open_network_without_https_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--host", "0.0.0.0"]) == 2  # noqa: S104 - that this is refused is the point
    assert "others on the network could read what people send" in capsys.readouterr().err


def fault_of_serving() -> object:
    with pytest.raises(Refused) as refused:
        require_fit_to_serve()
    return refused.value.fault


def test_a_server_that_would_be_unsafe_does_not_start(settings: Settings, tmp_path: Path) -> None:
    settings.REPLENISH_KEYS = tmp_path
    assert fault_of_serving() is WebFault.FORMS_KEY_MISSING
    prepare_folders(tmp_path, tmp_path)
    require_fit_to_serve()
    settings.DEBUG = True
    assert fault_of_serving() is WebFault.DEBUGGING
    settings.DEBUG = False
    settings.REPLENISH_INSTANCE = tmp_path
    (tmp_path / "help-lines.yaml").write_text("nothing", "utf-8")
    directory.cache_clear()
    assert fault_of_serving() is WebFault.HELP_LINES


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, 30, tzinfo=UTC)


def test_the_night_comes_once_a_day_and_never_at_once() -> None:
    begun = at(1, 0).date()
    started_by_day = first_night(at(1, 14), last=None, begun=begun)
    assert not night_is_due(at(1, 15), started_by_day)
    assert night_is_due(at(2, 2), started_by_day)
    assert not night_is_due(at(2, 3), at(2, 2).date())
    started_before_it = first_night(at(1, 1), last=None, begun=begun)
    assert not night_is_due(at(1, 1), started_before_it)
    assert night_is_due(at(1, 2), started_before_it)


def test_a_night_that_was_missed_is_made_up_for() -> None:
    """A machine that is off at night would otherwise keep every round open, and its key."""
    begun = at(1, 0).date()
    assert night_is_due(at(2, 8), first_night(at(2, 8), last=None, begun=begun))
    assert night_is_due(at(9, 8), first_night(at(9, 8), last=at(8, 0).date(), begun=begun))
    assert not night_is_due(at(9, 8), first_night(at(9, 8), last=at(9, 0).date(), begun=begun))
    assert night_is_due(at(10, 2), first_night(at(9, 8), last=at(9, 0).date(), begun=begun))


@pytest.mark.patient
def test_an_installation_is_prepared_without_serving(tmp_path: Path) -> None:
    """What set-up needs on a new machine: afterwards every other command finds its database."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("REPLENISH", "DJANGO"))}
    environment["REPLENISH_INSTANCE"] = str(tmp_path / "new")
    environment["REPLENISH_DATABASE"] = str(tmp_path / "elsewhere.sqlite3")

    def replenish(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "replenish.cli", *arguments],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    before = replenish("organisation", "list")
    assert before.returncode == 2
    assert "serve --prepare-only" in before.stderr
    assert replenish("serve", "--prepare-only").returncode == 0
    assert replenish("organisation", "list").returncode == 0
    assert (tmp_path / "new" / "keys").stat().st_mode & 0o777 == 0o700
    assert mode(tmp_path / "elsewhere.sqlite3") == 0o600, "others can enter this folder"


@pytest.mark.journey
def test_a_real_server_starts_serves_and_stops(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    port = 18_410 + os.getpid() % 1000
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("REPLENISH", "DJANGO"))
    }
    serving = subprocess.Popen(
        [sys.executable, "-m", "replenish.cli", "serve", "--port", str(port), "--no-nightly"],
        env=environment | {"REPLENISH_INSTANCE": str(instance), "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        page, headers = first_page(port)
        assert "A quiet place for people who care for people" in page
        assert "default-src 'self'" in headers["content-security-policy"]
        _, form, headers = answer(port, "GET", "/my/join/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
        assert token is not None
        sent = {
            "Cookie": headers["set-cookie"].split(";")[0],
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = f"csrfmiddlewaretoken={token[1]}&code=ABC"
        # Both processes share the key of forms: whichever answers, the form is taken.
        statuses = [answer(port, "POST", "/my/join/", body, sent)[0] for _ in range(6)]
        assert statuses == [400] * 6
    finally:
        serving.send_signal(signal.SIGTERM)
        said = serving.communicate(timeout=30)[1]
    assert serving.returncode == 0
    assert "Stopped. What people sent is kept." in said
    assert "/my/" not in said
    assert mode(instance) == 0o700
    assert not [path for path in instance.rglob("*") if path.suffix == ".log"]


def answer(
    port: int, method: str, path: str, body: str = "", sent: Mapping[str, str] | None = None
) -> tuple[int, str, dict[str, str]]:
    """Status, page and headers of one request on a connection of its own."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request(method, path, body or None, dict(sent or {}))
        got = connection.getresponse()
        headers = {name.casefold(): value for name, value in got.getheaders()}
        return got.status, got.read().decode(), headers


def first_page(port: int) -> tuple[str, dict[str, str]]:
    for _ in range(120):
        time.sleep(0.25)
        try:
            _, page, headers = answer(port, "GET", "/")
        except ConnectionError:
            continue
        return page, headers
    raise AssertionError("the server did not answer")
