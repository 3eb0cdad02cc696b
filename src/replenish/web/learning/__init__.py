"""Pages to learn from, the same for everybody: offers, texts, and plans for whoever leads a session."""
