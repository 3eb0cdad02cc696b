"""Pages about hard incidents: what followed them, who is asked again, and what laws want recorded."""
