"""Reflective supervision: how two or more people agree to work, meet, and keep a record that is theirs.

That a meeting was due, held or moved is a fact about what the organisation provides. What was said is sealed.
"""
