"""Pages about one meeting: planned, prepared, moved or called off."""
