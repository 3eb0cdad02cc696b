"""The running system: its settings, the root of its addresses, its database engines."""
