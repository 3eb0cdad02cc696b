"""Replenish: notice compassion fatigue early, and change the conditions that cause it."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("replenish")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+source"
