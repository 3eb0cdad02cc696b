"""SQLite without a hidden counter of rows: the order in which people came is not kept."""
