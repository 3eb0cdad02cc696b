"""Attacks on everything at rest: who is whose row, what can still be computed, which setting opens a door."""
