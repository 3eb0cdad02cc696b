"""Offers of a debrief and of time to reflect, made to a whole team; nobody can tell whether anybody asked."""
