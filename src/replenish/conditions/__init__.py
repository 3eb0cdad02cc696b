"""Rounds, the gate through which aggregates pass, and what was released."""
