"""Log lines that say what went wrong and where in the code, and nothing about who or what was there.

A traceback shows values (an address in a message, an answer in a query's parameters), a request line shows
a path and an address. Both are left out: the kind of an error and the places it passed are enough to mend it.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path


class PlaceOnly(logging.Formatter):
    """Formats a record as its level, its logger and, for errors, the kind and the places in the code."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; the record's own message and its arguments are not written."""
        said = f"{record.levelname} {record.name} at {record.module}:{record.lineno}"
        kind, _, trace = record.exc_info or (None, None, None)
        if kind is None:
            return said
        places = (f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(trace))
        return f"{said}: {kind.__name__} through {' > '.join(places)}"
