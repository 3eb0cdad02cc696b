"""What every test may ask for: the real data sets, and calm, repeatable property tests."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, settings

settings.register_profile(
    "fast", max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "full", max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "thorough", max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))

ROOT = Path(__file__).resolve().parent.parent


def realdata_folder() -> Path:
    """The folder of real data sets, which is never part of the project."""
    return Path(os.environ.get("REPLENISH_REALDATA", ROOT.parent / "shared" / "data"))


@pytest.fixture
def realdata() -> Callable[[str], Path]:
    """Find a real data set by name, or skip the test and say why."""

    def find(name: str) -> Path:
        path = realdata_folder() / name
        if not path.exists():
            pytest.skip(f"real data set {name} is not on this machine (set REPLENISH_REALDATA to its folder)")
        return path

    return find


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix(request: pytest.FixtureRequest) -> None:
    """A database for each process: in memory each has its own already, on a server each needs a name."""
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    held: dict[str, object] = django_settings.DATABASES["default"]
    if worker and held["ENGINE"] == "django.db.backends.postgresql":
        others = cast("dict[str, object]", held.get("TEST", {}))
        held["TEST"] = {**others, "NAME": f"test_{held['NAME']}_{worker}"}
