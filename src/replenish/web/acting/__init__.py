"""Actions on conditions in words, for the pages of named people and for the report that everybody reads."""
