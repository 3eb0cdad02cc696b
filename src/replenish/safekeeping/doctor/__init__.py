"""The doctor: finds what could let answers be read, or be lost, and says what to do about it."""
