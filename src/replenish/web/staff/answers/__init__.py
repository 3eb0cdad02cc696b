"""Pages about the answers of leaders."""
