"""Pages for anybody: what this is, who can see what, where help is, and a place to be unseen."""
