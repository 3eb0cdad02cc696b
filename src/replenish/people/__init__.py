"""Organisations, their units, and the people who act for them."""
