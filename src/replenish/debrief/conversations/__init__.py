"""Conversations after something hard: what was held, what leaves the room, and who is trained."""
