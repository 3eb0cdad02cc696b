"""The lane itself: the same tests meet SQLite by default and PostgreSQL when asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from tests.databases import postgresql

EXPECTED = "postgresql" if settings.SETTINGS_MODULE.endswith("settings_postgresql") else "sqlite"


@pytest.mark.django_db
def test_the_run_meets_the_database_it_asked_for() -> None:
    assert connection.vendor == EXPECTED
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 + 1")
        assert cursor.fetchone() == (2,)


def test_a_missing_server_is_said_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(postgresql, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(postgresql.PostgresqlMissing, match="initdb is not on this machine: install"):
        postgresql.start_server()
