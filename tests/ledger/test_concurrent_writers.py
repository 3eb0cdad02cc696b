"""Writers at the same time make one chain, on either database."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from tests.ledger.concurrent_writing import EACH, WRITERS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def fresh_database(tmp_path: Path, db: None) -> Iterator[dict[str, str]]:
    """The environment of an installation with an empty database of its own."""
    place = {"REPLENISH_INSTANCE": str(tmp_path)}
    if connection.vendor != "postgresql":
        yield place
        return
    import psycopg

    address, name = os.environ["REPLENISH_DATABASE"], f"writers_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        yield {**place, "REPLENISH_DATABASE": address.replace("/postgres?", f"/{name}?")}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_writers_at_the_same_time_make_one_chain(fresh_database: dict[str, str]) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.ledger.concurrent_writing"],
        cwd=ROOT,
        env={
            **os.environ,
            **fresh_database,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout == f"{WRITERS * EACH * 4 // 5} 0 0\n"
