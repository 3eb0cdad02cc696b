"""Pages about what is sealed: shared notes, who else may read one, and one's own notebook."""
