"""Pages about the conditions report, as those with a part read it."""
