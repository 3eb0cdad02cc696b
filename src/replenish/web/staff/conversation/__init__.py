"""Pages about the conversation of a small team."""
