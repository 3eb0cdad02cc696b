"""Pages about actions on conditions."""
