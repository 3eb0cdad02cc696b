"""Pages about how often supervision is expected, and where that is written."""
