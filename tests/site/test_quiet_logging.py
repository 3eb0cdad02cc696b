"""Log lines hold the kind and the place of an error, and nothing that was there."""

from __future__ import annotations

import io
import logging

from replenish.site.quiet_logging import PlaceOnly

CANARY = "canary-17 from 203.0.113.9"


def _logged(logger: logging.Logger) -> io.StringIO:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PlaceOnly())
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.DEBUG)
    return stream


def _fail() -> None:
    raise LookupError(CANARY)


def test_an_error_is_logged_by_kind_and_place_without_its_message() -> None:
    logger = logging.getLogger("replenish.tests.quiet")
    stream = _logged(logger)
    try:
        _fail()
    except LookupError:
        logger.exception("GET /my/%s failed", CANARY)
    said = stream.getvalue()
    assert "LookupError" in said
    assert "test_quiet_logging.py:" in said
    assert "canary" not in said
    assert "203.0.113.9" not in said


def test_a_message_and_its_arguments_are_not_written() -> None:
    logger = logging.getLogger("replenish.tests.quiet")
    stream = _logged(logger)
    logger.warning("seen %s", CANARY, extra={"request": CANARY})
    assert stream.getvalue().startswith("WARNING replenish.tests.quiet at test_quiet_logging:")
    assert "canary" not in stream.getvalue()
