"""Pages about the unit tree."""
