"""Software of an earlier day: releases made under a rule that is no longer in force."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from replenish.disclosure.bands import band_of
from replenish.disclosure.release import chain, making


@contextmanager
def in_force(rule: str) -> Iterator[None]:
    """Make releases as the software did while this rule was in force."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "RULE", rule)
        patch.setattr(making, "band_of", partial(band_of, rule=rule))
        patch.setattr(chain, "RULE", rule)
        yield
