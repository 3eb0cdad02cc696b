"""What the tests of this room may ask for."""

from tests.conditions.instances import instance, prepared

__all__ = ["instance", "prepared"]
