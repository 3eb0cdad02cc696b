"""How days are written, where Django's own way is shorter than a page should be."""
