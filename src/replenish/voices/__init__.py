"""Slips, seats, sealed boxes and contributions: the carers' side of the wall."""
