"""A database that can be emptied after a journey: what lets nobody delete it goes first."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.db import connection
from django.db.models import Model
from pytest_django.live_server_helper import LiveServer
from tests.ledger.writing import sql, without_triggers

from replenish.conditions.models import PublishedRelease
from replenish.leadership.models import Commitment, LogEntry, Response

KEPT_FOR_EVER: dict[str, tuple[type[Model], ...]] = {
    "replenish.conditions.migrations.0002_publish_once": (PublishedRelease,),
    "replenish.leadership.migrations.0003_log": (LogEntry,),
    "replenish.leadership.migrations.0002_said_once": (Commitment, Response),
}


@pytest.fixture
def emptied_ledger(live_server: LiveServer) -> Iterator[None]:
    """For journeys whose people are appointed; their entries go before the tables are emptied."""
    yield
    with without_triggers():
        sql("DELETE FROM ledger_entry")


@pytest.fixture
def emptied_releases(live_server: LiveServer) -> Iterator[None]:
    """For journeys with releases and answers to them: a test takes their triggers away for a moment."""
    yield
    for once, tables in KEPT_FOR_EVER.items():
        found = import_module(once)
        with connection.cursor() as cursor:
            for statement in getattr(found, f"{connection.vendor.upper()}_BACK"):
                cursor.execute(statement)
            for table in tables:
                table._default_manager.all().delete()
            for statement in getattr(found, connection.vendor.upper()):
                cursor.execute(statement)
