"""Structured reflection and free notes, kept in the own box."""
