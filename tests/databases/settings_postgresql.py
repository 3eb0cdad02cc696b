"""The settings of the tests on PostgreSQL: `pytest --ds tests.databases.settings_postgresql tests/voices`.

A server of its own is started before anything connects and stopped when the run ends. Workers of one run
inherit its address and share it, each with a database of its own.
"""

import atexit
import os

import pytest
from tests.databases.postgresql import PostgresqlMissing, start_server

if not os.environ.get("REPLENISH_DATABASE"):
    try:
        _server = start_server()
    except PostgresqlMissing as missing:
        raise pytest.UsageError(f"No PostgreSQL for this run: {missing}") from missing
    os.environ["REPLENISH_DATABASE"] = _server.address
    atexit.register(_server.stop)

from tests.settings import *  # noqa: F403
