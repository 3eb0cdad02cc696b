"""Pages about facts of provision."""
