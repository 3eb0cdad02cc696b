"""The pages of named people: the door, signing in, and what holds for every page behind it."""
