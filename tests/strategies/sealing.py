"""Secrets and names for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from replenish.sealing.secret import SECRET_BYTES, Secret

tokens = st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES)
secrets = tokens.map(Secret)
readable = st.text(min_size=1, max_size=40).filter(str.isprintable)
"""Names of seasons and rounds."""
