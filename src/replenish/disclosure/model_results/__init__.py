"""Effects and shares over the whole organisation: rounded so coarsely that nobody's row shows."""

from replenish.disclosure.model_results.result import ModelResult

__all__ = ["ModelResult"]
