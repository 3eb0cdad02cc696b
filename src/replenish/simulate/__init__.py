"""Organisations with known truth: for the demo, the tests, the attacks and the planner."""
