"""From the address of a database to Django's description of it, and what the engines promise."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from replenish.basis.errors import Refused
from replenish.basis.faults import SiteFault
from replenish.site.databases import database


def test_without_an_address_the_database_lies_in_the_instance(tmp_path: Path) -> None:
    assert database("", tmp_path)["NAME"] == str(tmp_path / "replenish.sqlite3")


def test_an_address_of_postgresql_is_taken_apart(tmp_path: Path) -> None:
    chosen = database("postgresql://ann:s%40cret@db.example:5433/replenish", tmp_path)
    assert [chosen[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "replenish",
        "ann",
        "s@cret",
        "db.example",
        "5433",
    ]


def test_a_socket_folder_is_a_host(tmp_path: Path) -> None:
    assert database("postgresql:///replenish?host=/run/pg", tmp_path)["HOST"] == "/run/pg"


@pytest.mark.parametrize("address", ["mysql://a/b", "postgresql://host", "sqlite:///a.db"])
def test_another_kind_of_database_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        database(address, tmp_path)
    assert refused.value.fault is SiteFault.DATABASE_ADDRESS


@pytest.mark.django_db
@isolate_apps("replenish.site")
def test_a_table_with_a_key_of_text_has_no_hidden_row_number() -> None:
    """Seen from SQL: the hidden number does not exist, so no order of insertion can be read."""
    if connection.vendor != "sqlite":
        pytest.skip("hidden row numbers are SQLite's; PostgreSQL's order is the nightly rewrite's work")

    class Name(models.Model):
        name = models.CharField(primary_key=True, max_length=8)

        class Meta:
            app_label = "site"

    statement, _ = connection.schema_editor().table_sql(Name)
    with sqlite3.connect(":memory:") as plain:
        plain.execute(statement)
        plain.executemany("INSERT INTO site_name VALUES (?)", [("b",), ("a",)])
        assert plain.execute("SELECT name FROM site_name").fetchall() == [("a",), ("b",)]
        with pytest.raises(sqlite3.OperationalError, match="no such column"):
            plain.execute("SELECT rowid FROM site_name")
