"""A database that can be emptied after a journey: the ledger, which lets nobody do it, goes first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.live_server_helper import LiveServer
from tests.ledger.writing import sql, without_triggers


@pytest.fixture
def emptied_ledger(live_server: LiveServer) -> Iterator[None]:
    """For journeys whose people are appointed; their entries go before the tables are emptied."""
    yield
    with without_triggers():
        sql("DELETE FROM ledger_entry")
