"""An installation of one's own for a test: a prepared database and a folder of keys, thrown away afterwards.

Closing a round commits, destroys keys, and leaves rows that nobody may delete, so a database that is rolled
back or emptied between tests will not do. One is prepared once and copied for each test.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend


@dataclass(frozen=True)
class Prepared:
    """A migrated database that is copied and never used: a file, or the name of a template."""

    name: str
    vendor: str


@dataclass(frozen=True)
class Instance:
    """Where an installation lives."""

    folder: Path
    keys: Path
    database: str

    def open_elsewhere(self) -> BaseDatabaseWrapper:
        """A second connection to the same database."""
        return _wrapper(self.database)


@pytest.fixture(scope="session")
def prepared(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: Any,  # noqa: ANN401 - untyped in pytest-django
) -> Iterator[Prepared]:
    """The database to copy."""
    vendor = connections["default"].vendor
    with django_db_blocker.unblock():
        name = f"prepared_{secrets.token_hex(4)}"
        if vendor == "sqlite":
            name = str(tmp_path_factory.mktemp("prepared") / "replenish.sqlite3")
        else:
            _on_server(f"CREATE DATABASE {name}")
        with connected(name):
            call_command("migrate", verbosity=0)
        yield Prepared(name, vendor)
        if vendor != "sqlite":
            _on_server(f"DROP DATABASE {name}")


@pytest.fixture
def instance(
    prepared: Prepared,
    tmp_path: Path,
    settings: Any,  # noqa: ANN401 - untyped in pytest-django
    django_db_blocker: Any,  # noqa: ANN401 - untyped in pytest-django
) -> Iterator[Instance]:
    """An installation that this test alone uses."""
    with django_db_blocker.unblock(), copied(prepared, tmp_path) as made:
        settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS = made.folder, made.keys
        yield made


@contextmanager
def copied(prepared: Prepared, folder: Path) -> Iterator[Instance]:
    """A copy of the prepared database, in use while the block runs."""
    if prepared.vendor == "sqlite":
        name = str(folder / "replenish.sqlite3")
        shutil.copyfile(prepared.name, name)
    else:
        name = f"copy_{secrets.token_hex(4)}"
        _on_server(f"CREATE DATABASE {name} TEMPLATE {prepared.name}")
    with connected(name):
        yield Instance(folder, folder / "keys", name)
    if prepared.vendor != "sqlite":
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def connected(name: str) -> Iterator[None]:
    """Let Django's default connection lead to another database."""
    before = connections["default"]
    wrapper = _wrapper(name)
    connections["default"] = wrapper
    try:
        yield
    finally:
        wrapper.close()
        connections["default"] = before


def address_of(name: str) -> str:
    """What `REPLENISH_DATABASE` takes to lead another process to a database of a test."""
    described = connections["default"].settings_dict
    if connections["default"].vendor == "sqlite":
        return name
    return f"postgresql://{described['USER']}@/{name}?host={described['HOST']}"


def _wrapper(name: str) -> BaseDatabaseWrapper:
    described = {**connections["default"].settings_dict, "NAME": name}
    described["OPTIONS"] = {key: value for key, value in described["OPTIONS"].items() if key != "pool"}
    wrapper: BaseDatabaseWrapper = load_backend(described["ENGINE"]).DatabaseWrapper(described, "default")
    return wrapper


def _on_server(statement: str) -> None:
    wrapper = _wrapper("postgres")
    with wrapper.cursor() as cursor:
        cursor.execute(statement)
    wrapper.close()
