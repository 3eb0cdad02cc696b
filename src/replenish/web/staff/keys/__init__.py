"""Pages about headcounts and slips, under two keys."""
