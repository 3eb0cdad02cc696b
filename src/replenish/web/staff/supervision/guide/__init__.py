"""A guide for the session itself: recognised cycles in our own words, with times."""
