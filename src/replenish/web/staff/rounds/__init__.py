"""Pages about seasons, rounds and holidays."""
